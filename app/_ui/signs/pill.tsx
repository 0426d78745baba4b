// Small counts and labels: a pill for mentions and DMs, a tag for "this device", a key for a shortcut.
import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./pill.module.css";

/** A count meant for you, on saffron; `label` is what screen readers say ("2 mentions"). `soft`: only a number. */
export function Pill({ count, label, soft }: { count: number; label: string; soft?: boolean | undefined }) {
  return (
    <span className={cx(styles.pill, soft && styles.soft)}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="sr">{label}</span>
    </span>
  );
}

/** A short label in a box: "this device", "archived". */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={styles.tag}>{children}</span>;
}

/** One key or chord: "Ctrl K". */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
