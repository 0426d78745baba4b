// A dialog for any time to come.
"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import { fromInput, presetTime, toInput } from "./times.ts";

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
