// Below a message: reactions, and the summary of its thread.
"use client";

import { SmilePlus } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./reactions.module.css";

/** A row of `ReactionChip`s; `add` a `ReactionAdd`. */
export function Reactions({ children, add }: { children: ReactNode; add?: ReactNode }) {
  return (
    <div className={styles.row}>
      {children}
      {add}
    </div>
  );
}

export interface ReactionChipProps {
  emoji: string;
  /** Its name: "eyes". */
  name: string;
  count: number;
  mine?: boolean | undefined;
  /** Who: shown as the title. */
  who?: string | undefined;
  onToggle: () => void;
}

/** 24 px high; mine has the viridian wash. */
export function ReactionChip({ emoji, name, count, mine, who, onToggle }: ReactionChipProps) {
  const words = useWords().message;
  return (
    <button
      type="button"
      className={cx(styles.chip, mine && styles.mine)}
      aria-pressed={mine ?? false}
      aria-label={words.reaction(name, count)}
      title={who}
      onClick={onToggle}
    >
      <span className={styles.emoji} aria-hidden="true">
        {emoji}
      </span>
      {count}
    </button>
  );
}

/** Opens the picker; takes the props of a popover's trigger. */
export function ReactionAdd(props: Omit<ComponentProps<"button">, "children" | "className">) {
  const words = useWords().message;
  return (
    <button type="button" {...props} className={cx(styles.chip, styles.add)} aria-label={words.addReaction}>
      <SmilePlus />
    </button>
  );
}

export interface ThreadSummaryProps {
  /** Up to three `Avatar`s of 20. */
  faces: ReactNode;
  count: number;
  /** "10:02", of the last reply. */
  last: string;
  /** Replies not read yet. */
  unread?: boolean | undefined;
  onOpen: () => void;
}

export function ThreadSummary({ faces, count, last, unread, onOpen }: ThreadSummaryProps) {
  const words = useWords().message;
  return (
    <div>
      <button type="button" className={styles.thread} onClick={onOpen}>
        {faces}
        <b className={unread ? styles.unread : undefined}>{words.replies(count)}</b>
        <span>{words.lastReply(last)}</span>
      </button>
    </div>
  );
}
