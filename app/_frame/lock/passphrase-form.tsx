// Passphrases asked for in the settings: the one in force, a new one twice, or both.
"use client";

import { type FormEvent, useState } from "react";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { Fault } from "@/lib/base/errors.ts";
import styles from "./lock.module.css";

export interface PassphraseFormProps {
  title: string;
  sentence: string;
  /** the words of the button */
  act: string;
  current: boolean;
  fresh: boolean;
  pending: boolean;
  fault: Fault | null;
  onSubmit: (given: { current: string; fresh: string }) => void;
  onClose: () => void;
}

interface WordProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  fresh?: boolean;
  first?: boolean;
  help?: string | undefined;
  error?: string | undefined;
}

function Word({ label, value, onChange, fresh = false, first = false, help, error }: WordProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(parts) => (
        <Input
          {...parts}
          type="password"
          autoComplete={fresh ? "new-password" : "current-password"}
          autoFocus={first}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function PassphraseForm(props: PassphraseFormProps) {
  const { title, sentence, act, pending, fault, onSubmit, onClose } = props;
  const say = useWords().lock.form;
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const differ = props.fresh && fresh !== again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!differ && !pending) onSubmit({ current, fresh });
  };
  return (
    <SettingSection title={title} sentence={sentence}>
      <form className={styles.form} onSubmit={submit} noValidate>
        {props.current && <Word label={say.current} value={current} onChange={setCurrent} first />}
        {props.fresh && (
          <>
            <Word label={say.fresh} value={fresh} onChange={setFresh} fresh first={!props.current} help={say.help} />
            <Word
              label={say.again}
              value={again}
              onChange={setAgain}
              fresh
              error={tried && differ ? say.differ : undefined}
            />
            <p className={styles.note}>{say.warning}</p>
          </>
        )}
        <FaultLine fault={fault} />
        <div className={styles.acts}>
          <Button look="filled" type="submit" disabled={pending}>
            {pending && props.fresh ? say.pending : act}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {say.cancel}
          </Button>
        </div>
      </form>
    </SettingSection>
  );
}
