// On or off, at once.
"use client";

import styles from "./switch.module.css";

export interface SwitchProps {
  /** Its name for screen readers; the words stand beside it in a row. */
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean | undefined;
}

export function Switch({ label, on, onChange, disabled }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className={styles.switch}
      aria-label={label}
      aria-checked={on}
      disabled={disabled}
      onClick={() => onChange(!on)}
    />
  );
}
