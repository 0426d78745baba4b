// One channel, DM or view in the sidebar.
"use client";

import { Hash, Lock, Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { Pill } from "@/app/_ui/signs/pill.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./sidebar-item.module.css";

export interface SidebarItemProps {
  href: string;
  name: string;
  /** `channel` and `private` bring their sign; else pass an icon of 16 or an `Avatar` of 20. */
  glyph: "channel" | "private" | ReactNode;
  current?: boolean | undefined;
  unread?: boolean | undefined;
  /** Mentions in a channel, unread messages in a DM: the pill. */
  count?: number | undefined;
  /** Whether the count is of a DM ("1 unread") rather than of mentions. */
  direct?: boolean | undefined;
  muted?: boolean | undefined;
  draft?: boolean | undefined;
  /** A status beside the name, in the score's voice. */
  status?: string | undefined;
  /** In words, what its sign shows by its look alone. */
  said?: string | undefined;
  /** At the right: a `Presence`, a plain number. */
  meta?: ReactNode;
  /** Names nothing: a column the server has not got. */
  none?: boolean | undefined;
}

/** An `li` with a link, 30 px high, 44 on phones. */
export function SidebarItem(props: SidebarItemProps) {
  const { href, name, glyph, current, unread, count = 0, direct, muted, draft, status, said, meta, none } = props;
  const words = useWords().ui;
  const sign = glyph === "channel" ? <Hash /> : glyph === "private" ? <Lock className={styles.lock} /> : glyph;
  return (
    <li>
      <a
        className={cx(styles.item, unread && styles.unread, muted && styles.muted, none && styles.none)}
        href={href}
        aria-current={current ? "page" : undefined}
      >
        <span className={styles.glyph}>{sign}</span>
        <span className={styles.name}>{name}</span>
        {glyph === "private" && <span className="sr">, {words.privateChannel}</span>}
        {unread && count === 0 && <span className="sr">, {words.unreadPlace}</span>}
        {said && <span className="sr">, {said}</span>}
        {muted && <span className="sr">, {words.muted}</span>}
        {status && <em className={styles.status}>{status}</em>}
        <span className={styles.meta}>
          {draft && !current && (
            <>
              <Pencil className={styles.pencil} />
              <span className="sr">{words.draft}</span>
            </>
          )}
          {count > 0 && <Pill count={count} label={direct ? words.unread(count) : words.mentions(count)} />}
          {meta}
        </span>
      </a>
    </li>
  );
}
