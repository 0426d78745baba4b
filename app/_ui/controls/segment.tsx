// A few choices side by side, one of them chosen: real radio buttons, so the arrow keys work by themselves.
"use client";

import { type ReactNode, useId } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./segment.module.css";

export interface SegmentProps<T extends string> {
  /** What is chosen here; shown before the choices with `labelled`, else only said to screen readers. */
  label: string;
  labelled?: boolean | undefined;
  options: readonly { value: T; label: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
}

export function Segment<T extends string>({ label, labelled, options, value, onChange }: SegmentProps<T>) {
  const name = useId();
  return (
    <span className={styles.outer}>
      {labelled && (
        <span className={styles.label} id={`${name}-label`}>
          {label}
        </span>
      )}
      <span
        className={styles.segment}
        role="radiogroup"
        aria-label={labelled ? undefined : label}
        aria-labelledby={labelled ? `${name}-label` : undefined}
      >
        {options.map((option) => (
          <label key={option.value} className={cx(styles.choice, option.value === value && styles.chosen)}>
            <input
              type="radio"
              className={styles.input}
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </span>
    </span>
  );
}
