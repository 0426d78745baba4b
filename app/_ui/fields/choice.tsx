// Boxes to tick and options to pick, with their words.
"use client";

import { type ReactNode, useId } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./choice.module.css";

export interface RadioGroupProps<T extends string> {
  label: string;
  options: readonly { value: T; label: ReactNode; sub?: ReactNode; disabled?: boolean | undefined }[];
  value: T | undefined;
  onChange: (value: T) => void;
  /** The label is only for screen readers. */
  quiet?: boolean | undefined;
}

/** One of several, one below the other. */
export function RadioGroup<T extends string>({ label, options, value, onChange, quiet }: RadioGroupProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={quiet ? "sr" : styles.legend}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input
            type="radio"
            className={cx(styles.box, styles.round)}
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          <span className={styles.words}>
            <span className={styles.label}>{option.label}</span>
            {option.sub && <span className={styles.sub}>{option.sub}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export interface CheckboxProps {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** One box to tick. */
export function Checkbox({ label, checked, onChange }: CheckboxProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        className={styles.box}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
      </span>
    </label>
  );
}
