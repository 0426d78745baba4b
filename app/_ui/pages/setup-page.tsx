// A calm page: setup, join, recovery. The work at the left, a word about it on the lining at the right.
"use client";

import type { ReactNode } from "react";
import { OverlayOutlet } from "@/app/_ui/overlay/overlay-root.tsx";
import { Steps } from "@/app/_ui/rest/steps.tsx";
import { Wordmark } from "@/app/_ui/signs/wordmark.tsx";
import styles from "./setup-page.module.css";

export interface SetupPageProps {
  /** The `h1`, in the score's voice. */
  title: string;
  /** What it is about, 17/27. */
  lede?: ReactNode;
  /** Which step of how many; none on join. */
  step?: { now: number; of: number } | undefined;
  /** Above the title instead of steps: who invited. */
  above?: ReactNode;
  children: ReactNode;
  /** A `SetupSide`; phones leave it out. */
  side?: ReactNode;
}

export function SetupPage({ title, lede, step, above, children, side }: SetupPageProps) {
  return (
    <div className={styles.calm}>
      <main className={styles.main} id="main">
        <Wordmark />
        <div className={styles.body}>
          {step && <Steps now={step.now} of={step.of} />}
          {above}
          <h1 className={styles.title}>{title}</h1>
          {lede && <p className={styles.lede}>{lede}</p>}
          {children}
        </div>
        <OverlayOutlet />
      </main>
      {side}
    </div>
  );
}

export interface SetupSideProps {
  /** Its lead, in the score's voice. */
  title: string;
  /** Name of the landmark, when the lead is long. */
  label?: string | undefined;
  children?: ReactNode;
  /** What is true of it, each with a sign: a check or a cross. */
  list?: readonly { sign: ReactNode; words: ReactNode }[] | undefined;
  /** The staff with its long rest at the bottom: a `<Staff>`. */
  staff?: ReactNode;
}

export function SetupSide({ title, label, children, list, staff }: SetupSideProps) {
  return (
    <aside className={styles.side} aria-label={label ?? title}>
      <p className={styles.sideTitle}>{title}</p>
      {children && <div className={styles.sideText}>{children}</div>}
      {list && (
        <ul className={styles.list}>
          {list.map((row) => (
            <li key={String(row.words)}>
              {row.sign}
              <span>{row.words}</span>
            </li>
          ))}
        </ul>
      )}
      {staff && <div className={styles.staff}>{staff}</div>}
    </aside>
  );
}

/** Who invited: a face of 56, their name, a line below. */
export function InvitedBy({ face, name, sub }: { face: ReactNode; name: string; sub: ReactNode }) {
  return (
    <div className={styles.invited}>
      {face}
      <div>
        <div className={styles.invitedName}>{name}</div>
        <div className={styles.help}>{sub}</div>
      </div>
    </div>
  );
}

/** Buttons of a setup page; `end` stands at the right on wide screens. */
export function SetupActs({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={styles.acts}>
      {children}
      {end && <span className={styles.end}>{end}</span>}
    </div>
  );
}

/** The small print below a button. */
export function SetupHelp({ children }: { children: ReactNode }) {
  return <p className={`${styles.help} ${styles.below}`}>{children}</p>;
}
