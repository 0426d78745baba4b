// The reminder of the recovery code: three words, ten seconds, put off with one press (D3).
"use client";

import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { DrillResult } from "@/lib/client/api/recovery.ts";
import styles from "./checklist-card.module.css";

export function DrillCard() {
  const say = useWords().frame.drill;
  const { view } = useFrame();
  const places = useTopic(`recovery:${view.ws}`)?.drill ?? null;
  const answer = useCommand("answerDrill");
  const skip = useCommand("skipDrill");
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [result, setResult] = useState<DrillResult | null>(null);
  if (places === null || !view.recoveryConfirmed) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answers = places.map((index) => ({ index, word: typed[index] ?? "" }));
    const done = await answer.run({ ws: view.ws, answers });
    if (done.ok) setResult(done.value);
  };
  const errorOf = (index: number) =>
    result?.foreign.includes(index)
      ? say.foreign(index + 1)
      : result?.wrong.includes(index)
        ? say.wrong(index + 1)
        : undefined;
  return (
    <section className={styles.card} aria-labelledby="drill">
      <KeyRound />
      <div className={styles.body}>
        <h2 className={styles.title} id="drill">
          {say.title}
        </h2>
        <p className={styles.text}>{say.says}</p>
        {open && (
          <form onSubmit={(event) => void submit(event)} noValidate>
            {places.map((index) => (
              <Field key={index} label={say.word(index + 1)} error={errorOf(index)}>
                {(parts) => (
                  <Input
                    {...parts}
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    value={typed[index] ?? ""}
                    onChange={(event) => setTyped({ ...typed, [index]: event.target.value })}
                  />
                )}
              </Field>
            ))}
            <FaultLine fault={answer.fault} />
            <Button look="filled" size="sm" type="submit" disabled={answer.pending}>
              {say.check}
            </Button>
          </form>
        )}
        {result !== null && !result.right && (
          <>
            <p className={styles.text}>{say.lost}</p>
            <ButtonLink size="sm" href={hrefOf({ t: "settings", ws: view.ws, page: "recovery" })}>
              {say.change}
            </ButtonLink>
          </>
        )}
        {!open && (
          <Button size="sm" onClick={() => setOpen(true)}>
            {say.start}
          </Button>
        )}
        <Button look="quiet" size="sm" onClick={() => void skip.run({ ws: view.ws })}>
          {say.later}
        </Button>
      </div>
    </section>
  );
}
