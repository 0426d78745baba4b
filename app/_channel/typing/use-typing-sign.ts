// Tells the engine that somebody writes in the open channel, and that he no longer does.
"use client";

import { useCallback, useEffect } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";

/** To be called with what is in the box at every stroke; an emptied or sent box ends it. */
export function useTypingSign(text: string): (written: string) => void {
  const { ws, channel } = useChannel();
  const { run } = useCommand("noteTyping");
  const empty = text.trim() === "";
  useEffect(() => {
    if (empty) void run({ ws, channel, on: false });
  }, [empty, run, ws, channel]);
  return useCallback(
    (written: string) => {
      if (written.trim() !== "") void run({ ws, channel, on: true });
    },
    [run, ws, channel],
  );
}
