// A message in a list outside its channel: its words on a few lines, names and emoji put in, marks taken out.
"use client";

import { useFrame } from "@/app/_frame/context.tsx";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import type { UserId } from "@/lib/base/ids.ts";

const MENTION = /<@([A-Za-z0-9_-]{22})>/g;
const PLACE = /<#([A-Za-z0-9_-]{22})>/g;
const NAME = /(:[a-z0-9][a-z0-9_-]{0,31}:)/;
const MOST = 400;

/** Plain words of a text: for lists, toasts and titles. */
export function usePlain(): (text: string) => string {
  const { nameOf, view } = useFrame();
  return (text) =>
    text
      .slice(0, MOST * 2)
      .replace(MENTION, (_, id: UserId) => `@${nameOf(id)}`)
      .replace(/<!(here|channel)>/g, "@$1")
      .replace(PLACE, (_, id) => `#${view.channels.find((one) => one.id === id)?.name ?? "…"}`)
      .replace(/```[^\n]*\n?|[*`~]+|^>\s?/gm, "")
      .trim()
      .slice(0, MOST);
}

/** The words between and the emoji, each by where it begins. */
function partsOf(text: string): { readonly at: number; readonly part: string; readonly emoji: boolean }[] {
  let at = 0;
  return text.split(NAME).map((part, index) => {
    const begins = at;
    at += part.length;
    return { at: begins, part, emoji: index % 2 === 1 };
  });
}

export function Excerpt({ text }: { text: string }) {
  const plain = usePlain();
  return partsOf(plain(text)).map(({ at, part, emoji }) =>
    emoji ? <EmojiSign key={at} emoji={part} /> : <span key={at}>{part}</span>,
  );
}
