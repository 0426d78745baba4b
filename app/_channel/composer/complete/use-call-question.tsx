// Before a message calls many people at once: how many they are, and a button that sends it all the same.
"use client";

import { useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { callsEverybody } from "@/app/_channel/text/mention-text.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { later } from "@/app/_ui/later.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";

const AskDialog = later(async () => (await import("@/app/_frame/dialogs/ask-dialog.tsx")).AskDialog);

/** In a smaller channel everybody hears everything anyway. */
const MANY = 20;

export function useCallQuestion(send: (text: string) => Promise<void>) {
  const { ws, channel } = useChannel();
  const words = useWords().threads.ask;
  const formats = useFormats();
  const about = useTopic(`channel:${ws}:${channel}`);
  const [asked, setAsked] = useState<string | null>(null);
  const count = about?.members.length ?? 0;
  const question = asked !== null && (
    <AskDialog
      title={words.title(formats.number(count))}
      act={words.act}
      pending={false}
      fault={null}
      onAct={() => {
        setAsked(null);
        void send(asked);
      }}
      onClose={() => setAsked(null)}
    >
      <p>{words.sentence}</p>
    </AskDialog>
  );
  return {
    send: async (text: string): Promise<void> => {
      if (count > MANY && callsEverybody(text)) setAsked(text);
      else await send(text);
    },
    question,
  };
}
