// The head of a channel: its name, its topic, whose eyes, who can read it, and what one may do.
"use client";

import { ChevronLeft, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Segment } from "@/app/_ui/controls/segment.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./header.module.css";

export interface HeaderProps {
  /** The channel's name: the screen's `h1`. */
  title: string;
  /** Hash, Lock or an Avatar of 20. */
  glyph?: ReactNode;
  /** Text, or a button that lets one add a topic. */
  topic?: ReactNode;
  /** Back to the lists; shown on phones. */
  onBack?: (() => void) | undefined;
  backLabel?: string | undefined;
  /** Whose eyes; without `onSeen` there is no switch. Wide screens only. */
  seen?: "you" | "server" | undefined;
  onSeen?: ((seen: "you" | "server") => void) | undefined;
  /** How many can read this, and the panel that says who. */
  readers?: { count: number; on?: boolean | undefined; onOpen?: (() => void) | undefined } | undefined;
  /** `IconButton`s that phones leave out (they find them in `more`). */
  actions?: ReactNode;
  /** Shown on every width: a menu. */
  more?: ReactNode;
}

function Readers({ readers }: { readers: NonNullable<HeaderProps["readers"]> }) {
  const words = useWords().ui;
  const inside = (
    <>
      <UsersRound />
      <span>{readers.count}</span>
    </>
  );
  if (!readers.onOpen) return <span className={styles.readers}>{inside}</span>;
  return (
    <button
      type="button"
      className={cx(styles.readers, styles.press, readers.on && styles.on)}
      aria-label={words.readers(readers.count)}
      aria-pressed={readers.on ?? false}
      onClick={readers.onOpen}
    >
      {inside}
    </button>
  );
}

export function Header(props: HeaderProps) {
  const { title, glyph, topic, onBack, backLabel, seen = "you", onSeen, readers, actions, more } = props;
  const words = useWords().ui;
  return (
    <header className={styles.header}>
      {onBack && (
        <span className={styles.back}>
          <IconButton label={backLabel ?? words.back} icon={<ChevronLeft />} onClick={onBack} bare />
        </span>
      )}
      <h1 className={styles.title}>
        {glyph}
        <span className={styles.name}>{title}</span>
      </h1>
      {topic && <div className={styles.topic}>{topic}</div>}
      <div className={styles.tools}>
        {onSeen && (
          <span className={styles.seen}>
            <Segment
              label={words.seen.by}
              labelled
              options={[
                { value: "you", label: words.seen.you },
                { value: "server", label: words.seen.server },
              ]}
              value={seen}
              onChange={onSeen}
            />
          </span>
        )}
        {readers && <Readers readers={readers} />}
        {actions && <span className={styles.actions}>{actions}</span>}
        {more}
      </div>
    </header>
  );
}
