// Choosing the helpers of a circle and how many it takes; it says plainly that so many together can take the account (D6).
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { isWhole, NO_WORDS, WordsField } from "@/app/_enter/recovery/words-field.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import { PeoplePicker } from "@/app/_frame/dialogs/people/people-picker.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { CircleView } from "@/lib/client/api/circle.ts";
import styles from "./circle.module.css";

const MOST = 7;
const LEAST = 2;

/** Two of three, three of five: most of them, without needing all. */
function usual(helpers: number): number {
  return Math.max(LEAST, Math.min(helpers, Math.floor(helpers / 2) + 1));
}

export function ChooseForm({ circle, onClose }: { circle: CircleView; onClose: () => void }) {
  const all = useWords();
  const words = all.circle.choose;
  const { view } = useFrame();
  const set = useCommand("setCircle");
  const [helpers, setHelpers] = useState<readonly UserId[]>([]);
  const [wanted, setWanted] = useState<number | null>(null);
  const [code, setCode] = useState(NO_WORDS);
  const free = new Set(circle.candidates);
  const people = view.people.filter(({ id }) => free.has(id));
  const count = Math.max(LEAST, helpers.length);
  const threshold = Math.min(wanted ?? usual(count), count);
  const counts = Array.from({ length: count - LEAST + 1 }, (_, i) => i + LEAST);
  const whole = helpers.length >= LEAST && isWhole(code);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!whole || set.pending) return;
    const done = await set.run({ ws: view.ws, words: code.join(" "), helpers, threshold });
    if (done.ok) onClose();
  };
  return (
    <SettingSection title={words.title} sentence={words.sentence}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <PeoplePicker
          label={words.people}
          none={words.nobody}
          people={people}
          chosen={helpers}
          onChange={setHelpers}
          most={MOST}
        />
        <SettingRow label={words.many} sub={circle.mine === null ? undefined : words.changed}>
          <Select
            label={words.many}
            options={counts.map((one) => ({ value: String(one), label: words.of(one, count) }))}
            value={String(threshold)}
            onChange={(next) => setWanted(Number(next))}
          />
        </SettingRow>
        <p className={styles.danger}>{all.circle.own.danger(threshold)}</p>
        <div>
          <h3 className={styles.title}>{words.words}</h3>
          <p className={styles.says}>{words.wordsSays}</p>
        </div>
        <WordsField value={code} onChange={setCode} />
        <FaultLine fault={set.fault} />
        <div className={styles.acts}>
          <Button look="filled" type="submit" disabled={!whole || set.pending}>
            {words.act}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {all.dialogs.cancel}
          </Button>
        </div>
      </form>
    </SettingSection>
  );
}
