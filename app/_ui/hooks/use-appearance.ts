// The look of this device: theme, density, movement, size of messages; kept locally, applied to the root element.
"use client";

import { useCallback, useSyncExternalStore } from "react";
import { LOOK_KEYS } from "@/app/boot.ts";

export interface Appearance {
  theme: "light" | "dark" | "system";
  density: "roomy" | "compact";
  motion: "system" | "still";
  /** Size of message text in CSS pixels; 15 is the design's own. */
  text: 13 | 14 | 15 | 16 | 17 | 18 | 20;
}

const DEFAULTS: Appearance = { theme: "system", density: "roomy", motion: "system", text: 15 };
export const TEXT_SIZES = [13, 14, 15, 16, 17, 18, 20] as const;
const DARK = "(prefers-color-scheme: dark)";
const listeners = new Set<() => void>();
let current: Appearance | undefined;

function readKey(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser without storage keeps the defaults
  }
}

function writeKey(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return; // the look still changes for this page
  }
}

function read(): Appearance {
  const theme = readKey(LOOK_KEYS.theme);
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    density: readKey(LOOK_KEYS.density) === "compact" ? "compact" : "roomy",
    motion: readKey(LOOK_KEYS.motion) === "still" ? "still" : "system",
    text: TEXT_SIZES.find((size) => String(size) === readKey(LOOK_KEYS.text)) ?? 15,
  };
}

function apply(look: Appearance): void {
  const data = document.documentElement.dataset;
  data.theme = look.theme === "system" ? (matchMedia(DARK).matches ? "dark" : "light") : look.theme;
  if (look.density === "compact") data.density = "compact";
  else delete data.density;
  if (look.motion === "still") data.motion = "still";
  else delete data.motion;
  if (look.text === DEFAULTS.text) delete data.text;
  else data.text = String(look.text);
}

function snapshot(): Appearance {
  current ??= read();
  return current;
}

function follow(changed: () => void): () => void {
  listeners.add(changed);
  const system = matchMedia(DARK);
  const reapply = () => apply(snapshot());
  const elsewhere = (event: StorageEvent) => {
    if (event.key !== null && !(Object.values(LOOK_KEYS) as string[]).includes(event.key)) return;
    current = read();
    reapply();
    changed();
  };
  system.addEventListener("change", reapply);
  window.addEventListener("storage", elsewhere);
  return () => {
    listeners.delete(changed);
    system.removeEventListener("change", reapply);
    window.removeEventListener("storage", elsewhere);
  };
}

/** The look and how to change it. Other tabs of the same browser follow. Mount it once near the root. */
export function useAppearance(): [Appearance, (change: Partial<Appearance>) => void] {
  const look = useSyncExternalStore(follow, snapshot, () => DEFAULTS);
  const change = useCallback((part: Partial<Appearance>) => {
    const next = { ...snapshot(), ...part };
    current = next;
    writeKey(LOOK_KEYS.theme, next.theme === "system" ? undefined : next.theme);
    writeKey(LOOK_KEYS.density, next.density === "compact" ? "compact" : undefined);
    writeKey(LOOK_KEYS.motion, next.motion === "still" ? "still" : undefined);
    writeKey(LOOK_KEYS.text, next.text === DEFAULTS.text ? undefined : String(next.text));
    apply(next);
    for (const changed of listeners) changed();
  }, []);
  return [look, change];
}
