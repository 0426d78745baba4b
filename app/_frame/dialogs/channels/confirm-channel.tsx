// Leaving and archiving a channel: what it means, then the act.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";

export interface ChannelDialogProps {
  channel: ChannelId;
  onClose: () => void;
}

export function LeaveDialog({ channel, onClose }: ChannelDialogProps) {
  const words = useWords().dialogs.leave;
  const { view } = useFrame();
  const leave = useCommand("leaveChannel");
  const item = view.channels.find((one) => one.id === channel);
  const act = async () => {
    const done = await leave.run({ ws: view.ws, channel });
    if (!done.ok) return;
    onClose();
    const next = view.channels.find((one) => one.name === "general" && one.id !== channel);
    if (next === undefined) go({ t: "home", ws: view.ws, list: "all" });
    else go({ t: "channel", ws: view.ws, channel: next.id, panel: null });
  };
  return (
    <AskDialog
      title={words.title(item?.name ?? "")}
      act={words.submit}
      pending={leave.pending}
      fault={leave.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{item?.kind === "private" ? words.private : words.public}</p>
    </AskDialog>
  );
}

export function ArchiveDialog({ channel, onClose }: ChannelDialogProps) {
  const words = useWords().dialogs.archive;
  const { view } = useFrame();
  const archive = useCommand("archiveChannel");
  const item = view.channels.find((one) => one.id === channel);
  const act = async () => {
    const done = await archive.run({ ws: view.ws, channel });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={words.title(item?.name ?? "")}
      act={words.submit}
      pending={archive.pending}
      fault={archive.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.says}</p>
    </AskDialog>
  );
}
