// A menu of times to come, and a dialog for any other.
"use client";

import { type ReactElement, useState } from "react";
import { later } from "@/app/_ui/later.tsx";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";
import { type Preset, presetTime } from "./times.ts";
import { useWhen } from "./use-when.ts";

const TimeDialog = later(async () => (await import("./time-dialog.tsx")).TimeDialog);

const REMIND: readonly Preset[] = ["soon", "hour", "hours", "tomorrow", "monday"];

export interface TimeMenuProps {
  label: string;
  trigger: ReactElement<Record<string, unknown>>;
  onPick: (at: number) => void;
  /** Before the times. */
  first?: readonly MenuEntry[] | undefined;
  side?: "top" | "bottom" | undefined;
}

export function TimeMenu({ label, trigger, onPick, first = [], side }: TimeMenuProps) {
  const [choosing, setChoosing] = useState(false);
  const entries = useTimeEntries(onPick, () => setChoosing(true));
  return (
    <>
      <Menu label={label} trigger={trigger} items={[...first, ...entries]} align="end" side={side} />
      {choosing && <TimeDialog onClose={() => setChoosing(false)} onPick={onPick} />}
    </>
  );
}

/** The same times as entries of a menu that has others. */
export function useTimeEntries(onPick: (at: number) => void, onCustom: () => void): readonly MenuEntry[] {
  const words = useWords().day.when;
  const when = useWhen();
  const now = Date.now();
  const presets = REMIND.map((preset) => ({
    label: words[preset],
    sub: when(presetTime(preset, now), now),
    onSelect: () => onPick(presetTime(preset, Date.now())),
  }));
  return [...presets, { kind: "line" as const }, { label: words.custom, onSelect: onCustom }];
}
