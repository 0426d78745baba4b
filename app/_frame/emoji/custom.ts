// The workspace's own emoji on this screen, by name.
"use client";

import { useMemo } from "react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import type { CustomEmoji } from "@/lib/client/api/daily/emoji.ts";

const NONE: readonly CustomEmoji[] = [];

export function useCustomEmoji(): readonly CustomEmoji[] {
  const { ws } = useFrame().view;
  return useTopic(`emoji:${ws}`)?.emoji ?? NONE;
}

/** `:party:` → "party"; undefined for an emoji of Unicode. */
export function customName(emoji: string): string | undefined {
  return /^:([a-z0-9][a-z0-9_-]{0,31}):$/.exec(emoji)?.[1];
}

export function useCustomByName(): ReadonlyMap<string, CustomEmoji> {
  const all = useCustomEmoji();
  return useMemo(() => new Map(all.map((one) => [one.name, one])), [all]);
}
