// The rest: the one sign, here as the state of a message. Its box is always 20 by 13.
"use client";

import { CircleAlert } from "lucide-react";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./rest.module.css";

export type RestState = "sending" | "sealed" | "delivered" | "held" | "failed" | "waiting";

export interface RestProps {
  state: RestState;
  /** Other words than the catalogue's. */
  words?: string | undefined;
  /** Whether the words stand beside the sign: on hover (default), always (`held`, `failed`), or never visibly. */
  show?: "hover" | "always" | "never" | undefined;
}

function Drawing({ state }: { state: RestState }) {
  if (state === "failed") return <CircleAlert className={styles.failed} />;
  return (
    <svg
      width="20"
      height="13"
      viewBox="0 0 20 13"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      aria-hidden="true"
    >
      {state === "sending" ? (
        <path d="M1 6.5h18" strokeDasharray="2.6 2" />
      ) : state === "delivered" ? (
        <>
          <path d="M1 2v9M19 2v9" />
          <path d="M1 5h18v3H1z" fill="currentColor" stroke="none" />
        </>
      ) : (
        <path d="M1 2v9M19 2v9M1 6.5h18" />
      )}
    </svg>
  );
}

/** Never beside somebody else's message, except `waiting`, where its key is not here yet. */
export function Rest({ state, words, show }: RestProps) {
  const say = useWords().message.rest;
  const when = show ?? (state === "held" || state === "failed" ? "always" : "hover");
  return (
    <span className={styles.rest} data-state={state}>
      <span className={styles.box}>
        <Drawing state={state} />
      </span>
      <span className={cx(when === "always" ? styles.words : "sr", when === "hover" && styles.onHover)}>
        {words ?? say[state]}
      </span>
    </span>
  );
}
