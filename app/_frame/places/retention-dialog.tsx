// For how many days a channel keeps what is said, with what that does and does not mean.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import { usePlaceName } from "./use-place-name.ts";

const CHOICES = [7, 30, 90, 365] as const;
const MOST = 36_500;
type Choice = "forever" | `${(typeof CHOICES)[number]}` | "other";

function choiceOf(days: number | null): Choice {
  if (days === null) return "forever";
  const known = CHOICES.find((one) => one === days);
  return known === undefined ? "other" : `${known}`;
}

function Form({ channel, now, onClose }: { channel: ChannelId; now: number | null; onClose: () => void }) {
  const { places, dialogs } = useWords();
  const words = places.retain;
  const { view } = useFrame();
  const place = usePlaceName(channel);
  const retain = useCommand("setRetention");
  const [choice, setChoice] = useState<Choice>(choiceOf(now));
  const [typed, setTyped] = useState(now === null ? "" : String(now));
  const days = choice === "forever" ? null : Number(choice === "other" ? typed : choice);
  const wrong = days !== null && !(Number.isInteger(days) && days >= 1 && days <= MOST) ? words.wrong : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== undefined || retain.pending) return;
    if (days === now) return onClose();
    const done = await retain.run({ ws: view.ws, channel, days });
    if (done.ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title(place)}
      sentence={words.sentence}
      footer={
        <>
          <Button onClick={onClose}>{dialogs.cancel}</Button>
          <Button look="filled" type="submit" form="retention" disabled={retain.pending || wrong !== undefined}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={styles.form} id="retention" onSubmit={(event) => void submit(event)} noValidate>
        <RadioGroup<Choice>
          label={words.label}
          value={choice}
          onChange={setChoice}
          options={[
            { value: "forever", label: words.forever },
            ...CHOICES.map((one) => ({ value: `${one}` as const, label: words.days(one) })),
            { value: "other", label: words.other },
          ]}
        />
        {choice === "other" && (
          <Field label={words.number} error={typed === "" ? undefined : wrong}>
            {(parts) => (
              <Input
                {...parts}
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value.trim())}
              />
            )}
          </Field>
        )}
        <p className={styles.ask}>{words.honest}</p>
        <FaultLine fault={retain.fault} />
      </form>
    </Dialog>
  );
}

export function RetentionDialog({ channel, onClose }: { channel: ChannelId; onClose: () => void }) {
  const { view } = useFrame();
  const about = useTopic(`channel:${view.ws}:${channel}`);
  return about === undefined ? null : <Form channel={channel} now={about.retentionDays} onClose={onClose} />;
}
