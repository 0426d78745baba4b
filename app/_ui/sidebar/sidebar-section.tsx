// A titled group in the sidebar: Starred, Channels, Direct messages.
"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./sidebar-section.module.css";

export interface SidebarSectionProps {
  title: string;
  /** A small `IconButton` at the right: add a channel. */
  action?: ReactNode;
  /** Words at the right instead ("rows", in the server's view). */
  note?: string | undefined;
  /** With `onFold` the title folds the group; a folded one still shows what its builder passes. */
  folded?: boolean | undefined;
  onFold?: ((folded: boolean) => void) | undefined;
  /** `SidebarItem`s. */
  children: ReactNode;
}

export function SidebarSection({ title, action, note, folded, onFold, children }: SidebarSectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 className={styles.title} id={id}>
          {onFold ? (
            <button type="button" className={styles.fold} aria-expanded={!folded} onClick={() => onFold(!folded)}>
              {title}
              <ChevronRight className={cx(styles.chevron, !folded && styles.open)} />
            </button>
          ) : (
            title
          )}
        </h2>
        {note && <span className={styles.note}>{note}</span>}
        {action}
      </div>
      <ul>{children}</ul>
    </section>
  );
}
