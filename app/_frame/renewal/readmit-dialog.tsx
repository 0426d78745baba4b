// Before somebody with new keys is let back into a private channel or DM: who did it, and to make sure of him (A4, L8).
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ReadmitWait } from "@/lib/client/api/renewal.ts";
import type { ChannelItem } from "@/lib/client/api.ts";

interface ReadmitDialogProps {
  wait: ReadmitWait;
  channel: ChannelItem;
  onClose: () => void;
}

export function ReadmitDialog({ wait, channel, onClose }: ReadmitDialogProps) {
  const words = useWords().renewal.readmit;
  const formats = useFormats();
  const { view, nameOf, titleOf } = useFrame();
  const history = useTopic(`channel:${view.ws}:${channel.id}`)?.history;
  const readmit = useCommand("readmitMember");
  const name = nameOf(wait.user);
  const act = async () => {
    const done = await readmit.run({ ws: view.ws, channel: wait.channel, user: wait.user });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={channel.kind === "dm" ? words.titleDm(name) : words.title(name, titleOf(channel))}
      act={words.act}
      pending={readmit.pending}
      fault={readmit.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      {wait.why === "rekey" && <p>{words.who(nameOf(wait.by), formats.full(wait.at))}</p>}
      <p>{words.says(name)}</p>
      <p>{history === "since-join" ? words.sinceJoin : words.full}</p>
    </AskDialog>
  );
}
