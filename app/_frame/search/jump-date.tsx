// A channel opened at a day of the past.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import dialogs from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";

/** The beginning of a day on this device, from what a date field gives; undefined while it is empty. */
function dayOf(value: string): number | undefined {
  const [year, month, day] = value.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return new Date(year, month - 1, day).getTime();
}

const fieldValue = (at: number) => {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

export function JumpDate({ channel, onClose }: { channel: ChannelId; onClose: () => void }) {
  const { search, dialogs: common } = useWords();
  const words = search.date;
  const { view } = useFrame();
  const seek = useCommand("messageAt");
  const [value, setValue] = useState("");
  const [nothing, setNothing] = useState(false);
  const at = dayOf(value);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (at === undefined || seek.pending) return;
    const done = await seek.run({ ws: view.ws, channel, at });
    if (!done.ok) return;
    if (done.value.id === null) return setNothing(true);
    onClose();
    go({ t: "channel", ws: view.ws, channel, at: done.value.id, panel: null });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      sentence={words.sentence}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button look="filled" type="submit" form="jump-date" disabled={seek.pending || at === undefined}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={dialogs.form} id="jump-date" onSubmit={(event) => void submit(event)} noValidate>
        <Field label={words.label} error={nothing ? words.nothing : undefined}>
          {(parts) => (
            <Input
              {...parts}
              type="date"
              max={fieldValue(Date.now())}
              value={value}
              onChange={(event) => {
                setValue(event.target.value);
                setNothing(false);
              }}
            />
          )}
        </Field>
        <FaultLine fault={seek.fault} />
      </form>
    </Dialog>
  );
}
