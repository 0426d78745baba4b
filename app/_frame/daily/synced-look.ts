// The look on all devices of a person: chosen on one, taken over by the others; unless a device keeps its own.
"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { type Appearance, TEXT_SIZES, useAppearance } from "@/app/_ui/hooks/use-appearance.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";

const KEY = "tacit-look-own";
const listeners = new Set<() => void>();
let own: boolean | undefined;

function snapshot(): boolean {
  try {
    own ??= localStorage.getItem(KEY) !== null;
  } catch {
    own = false; // a browser without storage takes over what others chose
  }
  return own;
}

function follow(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** Whether this device has a look of its own. */
export function useOwnLook(): boolean {
  return useSyncExternalStore(follow, snapshot, () => false);
}

export function keepOwnLook(on: boolean): void {
  own = on;
  try {
    if (on) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch {
    // the choice then lasts as long as the page
  }
  for (const changed of listeners) changed();
}

const THEMES = ["light", "dark", "system"] as const;

/** What another device wrote; anything else in it is left out. */
export function parseLook(value: string): Partial<Appearance> {
  let read: unknown;
  try {
    read = JSON.parse(value);
  } catch {
    return {};
  }
  if (read === null || typeof read !== "object") return {};
  const { theme, density, motion, text } = read as Record<string, unknown>;
  const size = TEXT_SIZES.find((one) => one === text);
  const paper = THEMES.find((one) => one === theme);
  return {
    ...(paper === undefined ? {} : { theme: paper }),
    ...(density === "roomy" || density === "compact" ? { density } : {}),
    ...(motion === "system" || motion === "still" ? { motion } : {}),
    ...(size === undefined ? {} : { text: size }),
  };
}

const format = ({ theme, density, motion, text }: Appearance) => JSON.stringify({ theme, density, motion, text });

/** Mounted once in a workspace. */
export function useSyncedLook(ws: WorkspaceId): void {
  const [look, change] = useAppearance();
  const kept = useOwnLook();
  const keeps = useTopic(`keeps:${ws}`);
  const { run } = useCommand("setPreference");
  /** what this device last said or took over */
  const known = useRef<string | null>(null);
  const ready = keeps !== undefined;
  const theirs = keeps?.preferences.look;
  const ours = format(look);
  useEffect(() => {
    if (kept || theirs === undefined || theirs === known.current) return;
    known.current = theirs;
    change(parseLook(theirs));
  }, [kept, theirs, change]);
  useEffect(() => {
    if (kept || !ready) return;
    // What was so before anybody chose is no choice.
    const first = known.current === null;
    if (ours === known.current) return;
    if (!first) void run({ ws, key: "look", value: ours });
    known.current = ours;
  }, [kept, ready, ours, run, ws]);
}
