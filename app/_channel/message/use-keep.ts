// Keeping a message for later from the message itself: kept or not, with a reminder or without.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";

/** For what is open above one message, not for every row: it follows all that is kept. */
export function useKeep(message: MessageItem) {
  const { ws, acts } = useChannel();
  const words = useWords().day.keep;
  const { run } = useCommand("changeLater");
  const kept = useTopic(`keeps:${ws}`)?.later.find((one) => one.event === message.id && one.state === "open");
  const saved = kept !== undefined;
  const toggle = async () => {
    if (kept === undefined) return acts.keep(message, null);
    if ((await run({ ws, item: kept.item, state: "gone" })).ok) toast(words.unsaved);
  };
  return { saved, toggle: () => void toggle() };
}
