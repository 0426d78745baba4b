// The recovery code as one types it off the paper: 24 numbered fields, paste into any of them, each word checked by itself.
"use client";

import { type ClipboardEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import styles from "@/app/_enter/enter.module.css";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { useWords } from "@/app/_words/words.ts";

const COUNT = 24;
export const NO_WORDS: readonly string[] = Array.from({ length: COUNT }, () => "");

const split = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** True once every place has something in it. */
export function isWhole(words: readonly string[]): boolean {
  return words.every((word) => split(word).length === 1);
}

export interface WordsFieldProps {
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

export function WordsField({ value, onChange }: WordsFieldProps) {
  const say = useWords().enter.recover;
  const { run } = useCommand("foreignWords");
  const [foreign, setForeign] = useState<readonly number[]>([]);
  const check = async (words: readonly string[]) => {
    const found = await run({ words });
    if (found.ok) setForeign(found.value);
  };
  const paste = (event: ClipboardEvent, place: number) => {
    const words = split(event.clipboardData.getData("text"));
    if (words.length < 2) return;
    event.preventDefault();
    const from = words.length >= COUNT ? 0 : place;
    const next = value.map((word, at) => words[at - from] ?? word);
    onChange(next);
    void check(next);
  };
  return (
    <fieldset className={styles.entry}>
      <legend className="sr">{say.list}</legend>
      {value
        .map((word, place) => ({ word, place, key: `word ${place}` }))
        .map(({ word, place, key }) => (
          <Field
            key={key}
            label={say.word(place + 1)}
            error={foreign.includes(place) ? say.notInList(place + 1) : undefined}
          >
            {(parts) => (
              <Input
                {...parts}
                autoComplete="off"
                autoCapitalize="none"
                autoCorrect="off"
                spellCheck={false}
                autoFocus={place === 0}
                value={word}
                onPaste={(event) => paste(event, place)}
                onBlur={() => void check(value)}
                onChange={(event) => {
                  setForeign(foreign.filter((one) => one !== place));
                  onChange(value.map((old, at) => (at === place ? event.target.value : old)));
                }}
              />
            )}
          </Field>
        ))}
    </fieldset>
  );
}
