// Beside the send button: the same message, at a time. It waits in the self scope until a device of one's own sends it.
"use client";

import { ChevronDown } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";
import { TimeMenu } from "@/app/_frame/daily/time-menu.tsx";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";

export interface LaterMenuProps {
  /** As it would be sent. */
  text: () => string;
  files: boolean;
  onPlanned: () => void;
}

export function LaterMenu({ text, files, onPlanned }: LaterMenuProps) {
  const { ws, channel, thread } = useChannel();
  const { day, faults } = useWords();
  const when = useWhen();
  const { run } = useCommand("scheduleMessage");
  const plan = async (at: number) => {
    if (files) return void toast(day.sent.filesStay);
    const outcome = await run({ ws, channel, thread: thread?.root ?? null, text: text(), at });
    if (!outcome.ok) return void toast(faults[outcome.fault.code]);
    onPlanned();
    toast(day.sent.plannedFor(when(at)), {
      label: day.sent.undo,
      onSelect: () => go({ t: "view", ws, view: "drafts" }),
    });
  };
  return (
    <TimeMenu
      label={day.sent.menu}
      side="top"
      trigger={<IconButton bare size="sm" label={day.sent.menu} icon={<ChevronDown />} />}
      onPick={(at) => void plan(at)}
    />
  );
}
