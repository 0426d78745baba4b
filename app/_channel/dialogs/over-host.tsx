// What lies over the open channel: one dialog at a time, about a message, a file, a stored row or a poll.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { ForwardDialog } from "@/app/_channel/conversation/forward-dialog.tsx";
import { VersionsDialog } from "@/app/_channel/conversation/versions-dialog.tsx";
import { ChannelGallery } from "@/app/_channel/files/channel-gallery.tsx";
import { PollDialog } from "@/app/_channel/polls/poll-dialog.tsx";
import { ReactionPicker } from "@/app/_channel/reactions/reaction-picker.tsx";
import { ReactorsDialog } from "@/app/_channel/reactions/reactors-dialog.tsx";
import type { Over } from "@/app/_channel/use-acts.ts";
import { XrayDialog } from "@/app/_channel/xray/xray-dialog.tsx";
import { RemindDialog } from "@/app/_frame/daily/remind-dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { ActionsSheet } from "./actions-sheet.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";

function Reminding({ item, onClose }: { item: MessageItem; onClose: () => void }) {
  const { acts } = useChannel();
  const words = useWords().day.keep;
  return <RemindDialog title={words.remind} onClose={onClose} onPick={(at) => acts.keep(item, at)} />;
}

export function OverHost({ over, close }: { over: Over | null; close: () => void }) {
  if (over === null) return null;
  switch (over.t) {
    case "delete":
      return <DeleteDialog item={over.item} onClose={close} />;
    case "remind":
      return <Reminding item={over.item} onClose={close} />;
    case "menu":
      return <ActionsSheet item={over.item} onClose={close} />;
    case "forward":
      return <ForwardDialog item={over.item} onClose={close} />;
    case "poll":
      return <PollDialog {...over.start} onClose={close} />;
    case "versions":
      return <VersionsDialog item={over.item} onClose={close} />;
    case "xray":
      return <XrayDialog id={over.id} onClose={close} />;
    case "react":
      return <ReactionPicker item={over.item} anchor={over.from} onClose={close} />;
    case "reactors":
      return <ReactorsDialog item={over.item} onClose={close} />;
    case "file":
      return <ChannelGallery file={over.file} onClose={close} />;
  }
}
