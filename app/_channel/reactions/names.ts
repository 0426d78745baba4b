// What an emoji is called, for those who hear it: the quick ones by name, others as they are.
"use client";

import { useWords } from "@/app/_words/words.ts";

/** The ones that are asked for most, in the order in which they are offered. */
export const QUICK = ["👍", "❤️", "😂", "🎉", "👀", "🙏", "✅", "😮", "😢", "🔥", "👏", "🚀"] as const;

export function useEmojiName(): (emoji: string) => string {
  const names: Readonly<Record<string, string>> = useWords().message.reactions.names;
  return (emoji) => (Object.hasOwn(names, emoji) ? (names[emoji] ?? emoji) : emoji.replaceAll(":", ""));
}
