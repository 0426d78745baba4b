// One line of a list outside channels: a sign, what it is, its words, where and when, and what can be done with it.
"use client";

import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./entry.module.css";

export interface EntryProps {
  /** A face of 36, or an icon. */
  sign: ReactNode;
  /** Who, or what kind of thing. */
  head: ReactNode;
  /** Beside the head: a time, a place. */
  meta?: ReactNode;
  children: ReactNode;
  /** Where the words lead. */
  href?: string | undefined;
  /** `IconButton`s and menus at the right. */
  acts?: ReactNode;
  /** Meant for one now: due, or new. */
  lit?: boolean | undefined;
  /** Done: quieter. */
  quiet?: boolean | undefined;
}

export function Entry({ sign, head, meta, children, href, acts, lit, quiet }: EntryProps) {
  return (
    <li className={cx(styles.entry, lit && styles.lit, quiet && styles.quiet)}>
      <span className={styles.sign}>{sign}</span>
      <div className={styles.body}>
        <p className={styles.head}>
          <span className={styles.name}>{head}</span>
          {meta && <span className={styles.meta}>{meta}</span>}
        </p>
        {href === undefined ? (
          <p className={styles.text} dir="auto">
            {children}
          </p>
        ) : (
          <a className={styles.text} href={href} dir="auto">
            {children}
          </a>
        )}
      </div>
      {acts && <span className={styles.acts}>{acts}</span>}
    </li>
  );
}

/** The list, 760 px wide at most. */
export function Entries({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}
