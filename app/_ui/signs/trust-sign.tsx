// How well a person's key is known: grey is normal, red means one thing only.
"use client";

import { Check, CheckCheck, KeyRound, Link2, TriangleAlert } from "lucide-react";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./trust-sign.module.css";

export type TrustState = "you" | "invite" | "link" | "vouched" | "inPerson" | "changed" | "replaced";

export interface TrustSignProps {
  state: TrustState;
  /** Who vouched, for `vouched`. */
  by?: string | undefined;
  /** Other words than the catalogue's, for a narrow place. */
  words?: string | undefined;
}

const SIGNS = {
  you: null,
  invite: Check,
  link: Link2,
  vouched: Check,
  inPerson: CheckCheck,
  changed: TriangleAlert,
  replaced: KeyRound,
};

/** Sign and words of one state. `changed` only where a verified key was replaced; `replaced`: any other, in grey. */
export function TrustSign({ state, by, words }: TrustSignProps) {
  const say = useWords().trust;
  const Sign = SIGNS[state];
  return (
    <span className={cx(styles.trust, styles[state])}>
      {Sign && <Sign />}
      {words ?? (state === "vouched" ? say.vouched(by ?? "") : say[state])}
    </span>
  );
}
