// Removing a person, from a channel or from the workspace: what their keys still open, then the act.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";

export function RemoveDialog({ channel, user, onClose }: { channel: ChannelId; user: UserId; onClose: () => void }) {
  const words = useWords().dialogs.remove;
  const { view, nameOf } = useFrame();
  const remove = useCommand("removeMember");
  const name = nameOf(user);
  const place = view.channels.find((one) => one.id === channel)?.name ?? "";
  const act = async () => {
    const done = await remove.run({ ws: view.ws, channel, user });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={words.title(name, place)}
      act={words.submit}
      pending={remove.pending}
      fault={remove.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.says(name)}</p>
    </AskDialog>
  );
}

export function RemoveFromWorkspaceDialog({ user, onClose }: { user: UserId; onClose: () => void }) {
  const words = useWords().dialogs.remove;
  const { view, nameOf } = useFrame();
  const remove = useCommand("removeFromWorkspace");
  const name = nameOf(user);
  const act = async () => {
    const done = await remove.run({ ws: view.ws, user });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={words.titleAll(name, view.name)}
      act={words.submitAll}
      pending={remove.pending}
      fault={remove.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.saysAll(name)}</p>
    </AskDialog>
  );
}
