// Where one is in a setup: a rest for each step.
"use client";

import { useWords } from "@/app/_words/words.ts";
import styles from "./steps.module.css";

/** `now` counts from 1. */
export function Steps({ now, of }: { now: number; of: number }) {
  const words = useWords().ui;
  const steps = Array.from({ length: of }, (_, at) => at + 1);
  return (
    <div className={styles.steps}>
      <span className={styles.bars} aria-hidden="true">
        {steps.map((step) => (
          <svg
            key={step}
            width="34"
            height="12"
            viewBox="0 0 34 12"
            fill="none"
            stroke="currentColor"
            className={step < now ? styles.done : step === now ? styles.now : styles.next}
            aria-hidden="true"
          >
            <path d="M1 .5v11M33 .5v11" strokeWidth="1.5" />
            {step > now ? <path d="M1 6h32" /> : <path d="M1 3.5h32v5H1z" fill="currentColor" stroke="none" />}
          </svg>
        ))}
      </span>
      <span>{words.steps(now, of)}</span>
    </div>
  );
}
