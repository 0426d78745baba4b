// Above what one writes: the message that will stand in it, and the way to leave it out.
"use client";

import { TextQuote, X } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useNamed } from "@/app/_channel/text/use-named.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./quote-draft.module.css";

export function QuoteDraft({ item, onEnd }: { item: MessageItem; onEnd: () => void }) {
  const { people } = useChannel();
  const words = useWords().conversation;
  const text = useNamed()(item.text);
  return (
    <div className={styles.draft}>
      <TextQuote />
      <p className={styles.words} dir="auto">
        <b>{people.nameOf(item.author)}</b> {text === "" ? words.noWords : text.slice(0, 200)}
      </p>
      <IconButton size="sm" label={words.unquote} icon={<X />} onClick={onEnd} />
    </div>
  );
}
