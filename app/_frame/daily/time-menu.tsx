// A menu of times to come, and a dialog for any other.
"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";
import { fromInput, type Preset, presetTime, toInput } from "./times.ts";
import { useWhen } from "./use-when.ts";

const REMIND: readonly Preset[] = ["soon", "hour", "hours", "tomorrow", "monday"];

export interface TimeDialogProps {
  onClose: () => void;
  onPick: (at: number) => void;
}

export function TimeDialog({ onClose, onPick }: TimeDialogProps) {
  const words = useWords().day.when;
  const [value, setValue] = useState(() => toInput(presetTime("hour", Date.now())));
  const [past, setPast] = useState(false);
  const set = () => {
    const at = fromInput(value);
    if (at === undefined || at <= Date.now()) return setPast(true);
    onClose();
    onPick(at);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      footer={
        <Button look="filled" onClick={set}>
          {words.set}
        </Button>
      }
    >
      <Field label={words.label} error={past ? words.past : undefined}>
        {(parts) => (
          <Input
            {...parts}
            type="datetime-local"
            value={value}
            min={toInput(Date.now())}
            onChange={(event) => {
              setPast(false);
              setValue(event.target.value);
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}

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
