// One line or several lines of text to fill in.
import type { ComponentProps } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./input.module.css";

export interface InputProps extends ComponentProps<"input"> {
  /** Ids, codes and words that are read letter by letter. */
  mono?: boolean | undefined;
}

/** 44 px high. Wrong input (`aria-invalid`) has a heavier ink border, never red. Usually inside a `Field`. */
export function Input({ mono, className, ...rest }: InputProps) {
  return <input type="text" {...rest} className={cx(styles.input, mono && styles.mono, className)} />;
}

/** Grows with its text where the browser can. */
export function TextArea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} rows={rows} className={cx(styles.input, styles.area, className)} />;
}
