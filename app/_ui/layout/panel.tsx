// The panel at the right: a thread, a profile, files, who can read this; the whole screen on phones.
"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./panel.module.css";

export interface PanelProps {
  title: string;
  /** Second line: "# river-story". */
  sub?: ReactNode;
  onClose: () => void;
  /** `IconButton`s before the close button. */
  actions?: ReactNode;
  /** Below the scrolling part: a composer or a `PanelFoot`. */
  foot?: ReactNode;
  /** What is inside scrolls by itself. */
  still?: boolean | undefined;
  children: ReactNode;
}

export function Panel({ title, sub, onClose, actions, foot, still, children }: PanelProps) {
  const words = useWords().ui;
  return (
    <aside className={styles.panel} aria-label={title}>
      <div className={styles.head}>
        <div className={styles.words}>
          <h2 className={styles.title}>{title}</h2>
          {sub && <p className={styles.sub}>{sub}</p>}
        </div>
        {actions}
        <IconButton label={words.close} icon={<X />} onClick={onClose} />
      </div>
      {/* the scrolling part is reachable by keyboard when nothing inside it is */}
      <section className={cx(styles.body, still && styles.still)} aria-label={title} tabIndex={-1}>
        {children}
      </section>
      {foot}
    </aside>
  );
}

/** The lead of a panel: one sentence in the score's voice. */
export function PanelLead({ children }: { children: ReactNode }) {
  return <p className={styles.lead}>{children}</p>;
}

export function PanelText({ children }: { children: ReactNode }) {
  return <p className={styles.text}>{children}</p>;
}

/** A small title over a list: People, Bots, Devices. */
export function PanelGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={styles.group}>{title}</h3>
      {children}
    </section>
  );
}

/** The note at the bottom of a panel. */
export function PanelFoot({ children }: { children: ReactNode }) {
  return <p className={styles.foot}>{children}</p>;
}

export interface PersonRowProps {
  /** An `Avatar` of 32. */
  face: ReactNode;
  name: string;
  /** Since when, how many devices. */
  meta?: ReactNode;
  /** A `TrustSign`, or acts. */
  end?: ReactNode;
  /** Opens the profile. */
  onOpen?: (() => void) | undefined;
}

/** One person in a list of people; an `li`. */
export function PersonRow({ face, name, meta, end, onOpen }: PersonRowProps) {
  return (
    <li className={styles.person}>
      {face}
      <div className={styles.words}>
        {onOpen ? (
          <button type="button" className={styles.name} onClick={onOpen}>
            {name}
          </button>
        ) : (
          <div className={styles.name}>{name}</div>
        )}
        {meta && <div className={styles.meta}>{meta}</div>}
      </div>
      {end}
    </li>
  );
}
