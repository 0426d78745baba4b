// An empty place: the staff with its rest, a sentence in the score's voice, and what one might do.
import type { ReactNode } from "react";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import styles from "./empty-state.module.css";

export interface EmptyStateProps {
  title: string;
  /** Its heading's level; 2 by default, since the channel is the `h1`. */
  level?: 1 | 2 | undefined;
  sentence?: ReactNode;
  /** `EmptyAct`s. */
  children?: ReactNode;
}

export function EmptyState({ title, level = 2, sentence, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <div className={styles.staff}>
        <Staff />
      </div>
      {level === 1 ? <h1 className={styles.title}>{title}</h1> : <h2 className={styles.title}>{title}</h2>}
      {sentence && <p className={styles.sentence}>{sentence}</p>}
      {children && <div className={styles.acts}>{children}</div>}
    </div>
  );
}

export interface EmptyActProps {
  icon: ReactNode;
  title: string;
  words: string;
  onClick: () => void;
}

/** A card that does something: three of them stand side by side. */
export function EmptyAct({ icon, title, words, onClick }: EmptyActProps) {
  return (
    <button type="button" className={styles.act} onClick={onClick}>
      {icon}
      <b>{title}</b>
      <span>{words}</span>
    </button>
  );
}
