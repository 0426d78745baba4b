// The one dialog that is open, by what was asked for.
"use client";

import type { DialogRequest } from "@/app/_frame/context.tsx";
import { BrowseChannels } from "@/app/_frame/dialogs/channels/browse-channels.tsx";
import { ArchiveDialog, LeaveDialog } from "@/app/_frame/dialogs/channels/confirm-channel.tsx";
import { CreateChannel } from "@/app/_frame/dialogs/channels/create-channel.tsx";
import { TopicDialog } from "@/app/_frame/dialogs/channels/topic-dialog.tsx";
import { InviteDialog } from "@/app/_frame/dialogs/invites/invite-dialog.tsx";
import { AddPeople } from "@/app/_frame/dialogs/people/add-people.tsx";
import {
  ForgetWorkspaceDialog,
  LeaveWorkspaceDialog,
  TransferDialog,
} from "@/app/_frame/dialogs/people/member-dialogs.tsx";
import { RemoveDialog, RemoveFromWorkspaceDialog } from "@/app/_frame/dialogs/people/remove-dialogs.tsx";
import { StartDm } from "@/app/_frame/dialogs/people/start-dm.tsx";
import { JoinWorkspace, RenameWorkspace, SignOut } from "@/app/_frame/dialogs/workspace-dialogs.tsx";
import { ChannelNotifyDialog } from "@/app/_frame/notify/channel-dialog.tsx";
import { BookmarkDialog } from "@/app/_frame/places/bookmark-dialog.tsx";
import { RetentionDialog } from "@/app/_frame/places/retention-dialog.tsx";
import { MoveDialog, SectionsDialog } from "@/app/_frame/places/sections-dialogs.tsx";
import { EntryDialog } from "@/app/_frame/record/entry-dialog.tsx";
import { ReturnDialog } from "@/app/_frame/renewal/return-dialog.tsx";
import { JumpDate } from "@/app/_frame/search/jump-date.tsx";
import { StatusDialog } from "@/app/_frame/status/status-dialog.tsx";
import { VerifyDialog } from "@/app/_frame/verify/verify-dialog.tsx";
import type { ChannelId } from "@/lib/base/ids.ts";
import { AlarmDialog, RestoredDialog } from "./alarm-dialogs.tsx";
import { KeyList } from "./key-list.tsx";
import { SlashHelp } from "./slash-help.tsx";
import { Switcher } from "./switcher.tsx";

export interface DialogHostProps {
  dialog: DialogRequest | null;
  onClose: () => void;
  /** The open channel, which the switcher leaves out. */
  current: ChannelId | null;
}

export function DialogHost(props: DialogHostProps) {
  const { dialog, onClose } = props;
  if (dialog?.t === "slash") return <SlashHelp onClose={onClose} />;
  if (dialog?.t === "status") return <StatusDialog onClose={onClose} />;
  if (dialog?.t === "notify") return <ChannelNotifyDialog channel={dialog.channel} onClose={onClose} />;
  return <OtherDialog {...props} dialog={dialog} />;
}

type Other = Exclude<DialogRequest, { t: "slash" | "status" | "notify" }>;

function OtherDialog({ dialog, onClose, current }: DialogHostProps & { dialog: Other | null }) {
  switch (dialog?.t) {
    case undefined:
      return null;
    case "create-channel":
      return <CreateChannel onClose={onClose} />;
    case "browse":
      return <BrowseChannels onClose={onClose} />;
    case "start-dm":
      return <StartDm onClose={onClose} />;
    case "invite":
      return <InviteDialog onClose={onClose} />;
    case "switcher":
      return <Switcher onClose={onClose} current={current} />;
    case "keys":
      return <KeyList onClose={onClose} />;
    case "rename-workspace":
      return <RenameWorkspace onClose={onClose} />;
    case "sign-out":
      return <SignOut onClose={onClose} />;
    case "restored":
      return <RestoredDialog onClose={onClose} />;
    case "alarm":
      return <AlarmDialog id={dialog.id} onClose={onClose} />;
    case "join-workspace":
      return <JoinWorkspace onClose={onClose} />;
    case "add-people":
      return <AddPeople channel={dialog.channel} onClose={onClose} />;
    case "sections":
      return <SectionsDialog onClose={onClose} />;
    case "retention":
      return <RetentionDialog channel={dialog.channel} onClose={onClose} />;
    case "move":
      return <MoveDialog channel={dialog.channel} onClose={onClose} />;
    case "bookmark":
      return <BookmarkDialog channel={dialog.channel} id={dialog.id} onClose={onClose} />;
    case "topic":
      return <TopicDialog channel={dialog.channel} onClose={onClose} />;
    case "archive":
      return <ArchiveDialog channel={dialog.channel} onClose={onClose} />;
    case "leave":
      return <LeaveDialog channel={dialog.channel} onClose={onClose} />;
    case "jump-date":
      return <JumpDate channel={dialog.channel} onClose={onClose} />;
    case "remove":
      return <RemoveDialog channel={dialog.channel} user={dialog.user} onClose={onClose} />;
    case "entry":
      return <EntryDialog n={dialog.n} onClose={onClose} />;
    case "return":
      return <ReturnDialog user={dialog.user} onClose={onClose} />;
    case "verify":
      return <VerifyDialog user={dialog.user} onClose={onClose} />;
    case "leave-workspace":
      return <LeaveWorkspaceDialog onClose={onClose} />;
    case "forget-workspace":
      return <ForgetWorkspaceDialog onClose={onClose} />;
    case "transfer":
      return <TransferDialog user={dialog.user} onClose={onClose} />;
    case "remove-from-workspace":
      return <RemoveFromWorkspaceDialog user={dialog.user} onClose={onClose} />;
  }
}
