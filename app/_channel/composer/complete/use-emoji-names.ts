// The list behind a colon: emoji by the names that are written between colons, the workspace's own first.
"use client";

import { type RefObject, useEffect, useState } from "react";
import { useCustomEmoji } from "@/app/_frame/emoji/custom.ts";
import { type EmojiEntry, emojiList, matchEmoji } from "@/app/_frame/emoji/data.ts";
import { inTone, useTone } from "@/app/_frame/emoji/tone.ts";
import { useLanguage } from "@/app/_words/words.ts";
import { type Asked, type Completion, useCompletion } from "./use-completion.ts";

const MOST = 8;
/** One letter is a smiley's mouth far more often than an emoji's beginning. */
const FEWEST = 2;

export type EmojiChoice = { readonly name: string; readonly emoji: string; readonly label: string };

/** What is typed behind a colon just before the caret: ":par"; null inside words, times and addresses. */
export function colonBefore(text: string, caret: number): Asked | null {
  const line = text.slice(Math.max(0, caret - 40), caret);
  const query = /(?:^|[\s(«"'“‘)\]}>.,;!?*_~:])?:([\p{L}\p{N}_+-]{2,32})$/u.exec(line)?.[1];
  if (query === undefined || query.length < FEWEST) return null;
  const at = caret - query.length - 1;
  return at > 0 && /[\p{L}\p{N}/]/u.test(text[at - 1] ?? "") ? null : { at, query };
}

export function useEmojiNames(area: RefObject<HTMLTextAreaElement | null>): Completion<EmojiChoice> {
  const custom = useCustomEmoji();
  const language = useLanguage();
  const tone = useTone();
  const [all, setAll] = useState<readonly EmojiEntry[]>([]);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    emojiList(language).then(
      (list) => {
        if (!gone) setAll(list.emoji);
      },
      // without a connection only the workspace's own are offered
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [wanted, language]);
  return useCompletion<EmojiChoice>({
    area,
    ask: (text, caret) => {
      const asked = colonBefore(text, caret);
      if (asked !== null) setWanted(true);
      return asked;
    },
    find: (query) => {
      const word = query.toLowerCase();
      const own = custom.flatMap(({ name }) =>
        name.includes(word) ? [{ name: `:${name}:`, emoji: `:${name}:`, label: "" }] : [],
      );
      const others = matchEmoji(all, word, MOST).map((one) => ({
        name: `:${one.names.find((name) => name.includes(word)) ?? one.names[0] ?? word}:`,
        emoji: inTone(one, tone),
        label: one.label,
      }));
      return [...own, ...others].slice(0, MOST);
    },
    text: ({ emoji }) => `${emoji} `,
  });
}
