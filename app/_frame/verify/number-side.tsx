// The number in twelve groups: two of them typed as they are heard, or all of them to read aloud.
"use client";

import { Volume2 } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import type { VerifyView } from "@/lib/client/api/verify.ts";
import type { Person } from "@/lib/client/api.ts";
import styles from "./verify.module.css";

/** A group as it is read: digit by digit for screen readers, or in words for everybody. */
export function Group({ digits, spelled }: { digits: string; spelled: boolean }) {
  const words = useWords().verify.digits;
  if (spelled) return <span className={styles.spelled}>{[...digits].map((one) => words[Number(one)]).join(" ")}</span>;
  return (
    <>
      <span aria-hidden="true">{digits}</span>
      <span className="sr">{[...digits].join(" ")}</span>
    </>
  );
}

const clean = (text: string) => text.replace(/\D/g, "").slice(0, 5);

interface NumberSideProps {
  person: Person;
  view: VerifyView;
  onVerified: () => void;
  onDiffer: () => void;
  /** picks two other groups */
  onAgain: () => Promise<unknown>;
}

export function NumberSide({ person, view, onVerified, onDiffer, onAgain }: NumberSideProps) {
  const words = useWords().verify;
  const { view: workspace } = useFrame();
  const typed = useCommand("verifyTyped");
  const whole = useCommand("safetyNumber");
  const [answers, setAnswers] = useState<readonly [string, string]>(["", ""]);
  const [wrong, setWrong] = useState(false);
  const [spelled, setSpelled] = useState(false);
  const [reading, setReading] = useState<readonly string[] | null>(null);
  const about = { ws: workspace.ws, user: person.id };
  const [one, two] = view.asked;
  const write = (at: number, text: string) => {
    setWrong(false);
    setAnswers(at === one ? [clean(text), answers[1]] : [answers[0], clean(text)]);
  };
  const check = async () => {
    const done = await typed.run({ ...about, typed: answers });
    if (!done.ok) return;
    if (done.value) onVerified();
    else setWrong(true);
  };
  const turn = async () => {
    setAnswers(["", ""]);
    setWrong(false);
    if (reading !== null) {
      await onAgain();
      return setReading(null);
    }
    const done = await whole.run(about);
    if (done.ok) setReading(done.value.groups);
  };
  const ready = answers.every((answer) => answer.length === 5);
  const shown = reading ?? view.groups;
  return (
    <form
      className={styles.number}
      aria-label={words.call}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void check();
      }}
    >
      <h3 className={styles.label}>{words.call}</h3>
      <p className={styles.help}>
        {reading === null ? words.callHelp(person.name, one + 1, two + 1) : words.readHelp(person.name)}
      </p>
      <ol className={styles.groups} aria-label={words.number(person.name)}>
        {shown.map((group, at) => {
          const place = at === one ? 0 : 1;
          return (
            // groups have no identity but their place
            <li key={`${words.group(at + 1)}`} data-n={at + 1} className={cx(group === null && styles.asked)}>
              {group === null ? (
                <input
                  className={styles.typed}
                  aria-label={words.group(at + 1)}
                  aria-invalid={wrong}
                  inputMode="numeric"
                  autoComplete="off"
                  value={answers[place]}
                  onChange={(event) => write(at, event.target.value)}
                />
              ) : (
                <Group digits={group} spelled={spelled} />
              )}
            </li>
          );
        })}
      </ol>
      <p role="alert" className={styles.wrong}>
        {wrong ? words.wrong : ""}
      </p>
      <FaultLine fault={typed.fault ?? whole.fault} />
      <div className={styles.acts}>
        {reading === null && (
          <Button type="submit" look="filled" disabled={!ready || typed.pending}>
            {words.match}
          </Button>
        )}
        <Button onClick={onDiffer}>{words.differ}</Button>
        <span className={styles.grow} />
        <Button look="quiet" onClick={() => void turn()}>
          {reading === null ? words.read : words.type}
        </Button>
        <Button look="quiet" icon={<Volume2 />} aria-pressed={spelled} onClick={() => setSpelled(!spelled)}>
          {spelled ? words.asDigits : words.asWords}
        </Button>
      </div>
    </form>
  );
}
