// The skin tone that this device picks emoji in.
"use client";

import { useSyncExternalStore } from "react";

export const TONES = ["none", "light", "medium-light", "medium", "medium-dark", "dark"] as const;
export type Tone = (typeof TONES)[number];

const KEY = "tacit-skin-tone";
const listeners = new Set<() => void>();
let current: Tone | undefined;

function kept(): Tone {
  try {
    return TONES.find((tone) => tone === localStorage.getItem(KEY)) ?? "none";
  } catch {
    return "none"; // a browser without storage picks them as they are drawn
  }
}

function snapshot(): Tone {
  current ??= kept();
  return current;
}

function follow(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function setTone(tone: Tone): void {
  current = tone;
  try {
    localStorage.setItem(KEY, tone);
  } catch {
    // the choice then lasts as long as the page
  }
  for (const changed of listeners) changed();
}

export function useTone(): Tone {
  return useSyncExternalStore(follow, snapshot, () => "none");
}

/** An emoji in this tone, where it has tones. */
export function inTone(entry: { readonly emoji: string; readonly tones: readonly string[] }, tone: Tone): string {
  return entry.tones[TONES.indexOf(tone) - 1] ?? entry.emoji;
}
