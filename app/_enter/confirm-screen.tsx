// Three words back, picked at random: proof that the code is on paper (D3).
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import styles from "./enter.module.css";

const ASKED = 3;

/** Three different places among `count`, ascending, from the browser's own randomness. */
export function pickPlaces(count: number): readonly number[] {
  const places = new Set<number>();
  const draw = new Uint32Array(1);
  while (places.size < Math.min(ASKED, count)) {
    crypto.getRandomValues(draw);
    places.add((draw[0] ?? 0) % count);
  }
  return [...places].sort((a, b) => a - b);
}

const plain = (word: string) => word.trim().toLowerCase();

export interface ConfirmScreenProps {
  ws: WorkspaceId;
  words: readonly string[];
  step?: { now: number; of: number } | undefined;
  /** Words of the main button: open the workspace, or only confirm. */
  doneLabel: string;
  onDone: () => void;
  onAgain: () => void;
}

interface WordFieldProps {
  place: number;
  first: boolean;
  expected: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

function WordField({ place, first, expected, value, onChange }: WordFieldProps) {
  const say = useWords().enter.confirm;
  const [left, setLeft] = useState(false);
  const right = plain(value) === expected;
  const wrong = left && !right && value.trim() !== "";
  return (
    <Field
      label={say.word(place + 1)}
      ok={right ? say.right : undefined}
      error={wrong ? say.wrong(place + 1) : undefined}
    >
      {(parts) => (
        <Input
          {...parts}
          placeholder={say.type}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={first}
          value={value}
          onBlur={() => setLeft(true)}
          onChange={(event) => {
            setLeft(false);
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}

export function ConfirmScreen({ ws, words, step, doneLabel, onDone, onAgain }: ConfirmScreenProps) {
  const say = useWords().enter.confirm;
  const confirm = useCommand("confirmRecovery");
  const [places] = useState(() => pickPlaces(words.length));
  const [typed, setTyped] = useState<readonly string[]>(() => places.map(() => ""));
  const whole = places.every((place, at) => plain(typed[at] ?? "") === words[place]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!whole || confirm.pending) return;
    const answers = places.map((index, at) => ({ index, word: plain(typed[at] ?? "") }));
    const done = await confirm.run({ ws, answers });
    if (done.ok && done.value) onDone();
  };
  const side = (
    <SetupSide title={say.asideTitle} staff={<Staff count={ASKED} />}>
      {say.aside}
    </SetupSide>
  );
  return (
    <SetupPage title={say.title} lede={say.lede} step={step} side={side}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <div className={styles.three}>
          {places.map((place, at) => (
            <WordField
              key={place}
              place={place}
              first={at === 0}
              expected={words[place]}
              value={typed[at] ?? ""}
              onChange={(value) => setTyped(typed.map((old, one) => (one === at ? value : old)))}
            />
          ))}
        </div>
        <FaultLine fault={confirm.fault} />
        <SetupActs>
          <Button look="filled" size="lg" type="submit" disabled={!whole || confirm.pending}>
            {doneLabel}
          </Button>
          <Button look="quiet" size="lg" onClick={onAgain}>
            {say.again}
          </Button>
        </SetupActs>
      </form>
    </SetupPage>
  );
}
