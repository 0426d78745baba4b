// A person's or bot's face: initials on a dye that is the same for everybody, or their picture.
import { Bot } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./avatar.module.css";

export type AvatarSize = 20 | 24 | 28 | 32 | 36 | 56;

export interface AvatarProps {
  /** Account id: its hash picks the dye. */
  id: string;
  name: string;
  size?: AvatarSize | undefined;
  /** A same-origin or blob URL of their picture. */
  picture?: string | undefined;
  /** Bots have an outline instead of a dye, everywhere. */
  bot?: boolean | undefined;
  /** A `<Presence>` for the corner. */
  presence?: ReactNode;
  /** In the timeline the size follows the density. */
  flexible?: boolean | undefined;
}

/** One of the six dyes, from an FNV-1a hash of the account id. */
export function dyeOf(id: string): 1 | 2 | 3 | 4 | 5 | 6 {
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (((hash >>> 0) % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6;
}

/** First letters of the first and the last word, upper case. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => (word ? ([...word][0] ?? "") : ""))
    .join("")
    .toLocaleUpperCase();
}

/** Hidden from screen readers: the name always stands beside it. */
export function Avatar({ id, name, size = 36, picture, bot, presence, flexible }: AvatarProps) {
  const look = bot ? styles.bot : picture ? styles.picture : styles[`dye${dyeOf(id)}`];
  return (
    <span className={cx(styles.avatar, styles[`s${size}`], look, flexible && styles.flexible)} aria-hidden="true">
      {picture ? <img src={picture} alt="" draggable={false} /> : bot ? <Bot /> : initialsOf(name)}
      {presence}
    </span>
  );
}
