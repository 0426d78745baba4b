// Whether somebody is around: told by shape as well as colour.
"use client";

import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./presence.module.css";

export type PresenceState = "here" | "away" | "quiet";

export interface PresenceProps {
  state: PresenceState;
  /** On the corner of an avatar, where it is decoration: the word then stands elsewhere. */
  corner?: boolean | undefined;
}

/** Filled: here. Ring: away. Ring with a bar: do not disturb. */
export function Presence({ state, corner }: PresenceProps) {
  const words = useWords().ui.presence;
  const className = cx(styles.dot, styles[state], corner && styles.corner);
  if (corner) return <span className={className} aria-hidden="true" />;
  return <span className={className} role="img" aria-label={words[state]} />;
}
