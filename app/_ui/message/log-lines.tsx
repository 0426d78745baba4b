// The lines between messages: dates, the New line, what the system did, how many replies follow.
"use client";

import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./log-lines.module.css";

type Line = ComponentProps<"li">;

/** A date in the score's voice; `sticky` where the list scrolls natively. */
export function DateLine({ sticky, className, children, ...rest }: Line & { sticky?: boolean | undefined }) {
  return (
    <li {...rest} className={cx(styles.date, sticky && styles.sticky, className)}>
      <span>{children}</span>
    </li>
  );
}

/** Everything below is new. */
export function NewLine({ className, ...rest }: Omit<Line, "children">) {
  const words = useWords().message;
  return (
    <li {...rest} className={cx(styles.new, className)}>
      {words.newLine}
    </li>
  );
}

/** How many answers follow, under the first message of a thread. */
export function CountLine({ count, className, ...rest }: Omit<Line, "children"> & { count: number }) {
  const words = useWords().message;
  return (
    <li {...rest} className={cx(styles.count, className)}>
      {words.replies(count)}
    </li>
  );
}

export interface SystemLineProps extends Line {
  /** An icon of 15 for the avatar column. */
  icon?: ReactNode;
  time?: { iso: string; short: string } | undefined;
}

/** Who joined, who changed what: names in `<b>`. */
export function SystemLine({ icon, time, className, children, ...rest }: SystemLineProps) {
  return (
    <li {...rest} className={cx(styles.system, className)}>
      <span className={styles.mark}>{icon}</span>
      <span className={styles.words}>{children}</span>
      {time && <time dateTime={time.iso}>{time.short}</time>}
    </li>
  );
}
