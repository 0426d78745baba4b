// The box one writes in: text, chips, one bar, send. A frame only: what the keys do comes from outside.
"use client";

import { ArrowUp } from "lucide-react";
import type { ComponentProps, FormEvent, ReactNode, Ref } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./composer.module.css";

export interface ComposerProps {
  /** "Message #river-story": name and placeholder. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  /** Whether there is something to send; the button stays pressable only then. */
  ready: boolean;
  /** Takes the place of the text: why one cannot write here. */
  closed?: ReactNode;
  /** `AttachmentChip`s. */
  chips?: ReactNode;
  /** A `ComposerTools`. */
  tools?: ReactNode;
  /** Above the text, inside the frame: what is edited or answered, a listbox of completions. */
  above?: ReactNode;
  /** In a panel: narrower margins. */
  narrow?: boolean | undefined;
  /** Behind the send button: a menu of other ways to send. */
  beside?: ReactNode;
  /** Beside the send button: a count of letters left. */
  note?: ReactNode;
  textRef?: Ref<HTMLTextAreaElement> | undefined;
  /** Keys, paste, drop, listbox wiring (`aria-controls`, `aria-activedescendant`). */
  text?: Omit<ComponentProps<"textarea">, "value" | "onChange" | "ref"> | undefined;
}

export function Composer(props: ComposerProps) {
  const { label, value, onChange, onSend, ready, closed, chips, tools, above, narrow, note, beside, textRef, text } =
    props;
  const words = useWords().composer;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSend();
  };
  return (
    <form className={cx(styles.composer, narrow && styles.narrow)} aria-label={label} onSubmit={send}>
      {above}
      {closed ? (
        <div className={styles.closed}>{closed}</div>
      ) : (
        <>
          <textarea
            rows={1}
            {...text}
            ref={textRef}
            className={styles.text}
            placeholder={label}
            aria-label={label}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {chips && <ul className={styles.chips}>{chips}</ul>}
          <div className={styles.bar}>
            {tools}
            <span className={styles.grow} />
            {note && <span className={styles.note}>{note}</span>}
            <button type="submit" className={styles.send} aria-label={words.send} aria-disabled={!ready}>
              <ArrowUp />
            </button>
            {beside}
          </div>
        </>
      )}
    </form>
  );
}
