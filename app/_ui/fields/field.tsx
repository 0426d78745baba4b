// A label, its input, and the sentence below: help, what is wrong and the way out, or that it is right.
"use client";

import { Check, CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import styles from "./field.module.css";

/** What the input inside has to take over. */
export interface FieldParts {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps {
  label: string;
  help?: ReactNode;
  /** What is wrong and what to do; said aloud when it appears. */
  error?: string | undefined;
  /** Short words that it is right. */
  ok?: string | undefined;
  /** The label is only for screen readers. */
  quiet?: boolean | undefined;
  children: (parts: FieldParts) => ReactNode;
}

/** `<Field label="Your name">{(parts) => <Input {...parts} value=… />}</Field>` */
export function Field({ label, help, error, ok, quiet, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const noted = Boolean(error || ok || help);
  return (
    <div className={styles.field}>
      <label className={quiet ? "sr" : styles.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, "aria-describedby": noted ? noteId : undefined, "aria-invalid": error ? true : undefined })}
      <div id={noteId} className={styles.note} role="status">
        {error ? (
          <span className={styles.error}>
            <CircleAlert />
            {error}
          </span>
        ) : ok ? (
          <span className={styles.ok}>
            <Check />
            {ok}
          </span>
        ) : (
          help
        )}
      </div>
    </div>
  );
}
