// The text of a message and the few inks inside it; the words themselves are React elements from outside.
"use client";

import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./message-text.module.css";

export interface MessageTextProps {
  /** Paragraphs, lists, quotes as React elements; inline code as `<code>`. */
  children: ReactNode;
  /** After the last word: "edited" when true. */
  edited?: boolean | undefined;
  /** Makes "edited" a button: shows what it said before. */
  onEdited?: (() => void) | undefined;
  /** After the last word: a `Rest`. */
  tail?: ReactNode;
  /** 14/20, in panels. */
  small?: boolean | undefined;
  /** BCP 47 tag, where it is known to differ. */
  lang?: string | undefined;
}

export function MessageText({ children, edited, onEdited, tail, small, lang }: MessageTextProps) {
  const words = useWords().message;
  return (
    <div className={cx(styles.text, small && styles.small)} lang={lang} dir="auto">
      {children}
      {edited &&
        (onEdited ? (
          <button type="button" className={styles.edited} title={words.versions} tabIndex={-1} onClick={onEdited}>
            {words.edited}
          </button>
        ) : (
          <span className={styles.edited}>{words.edited}</span>
        ))}
      {tail}
    </div>
  );
}

/** `@Ana`: viridian without ground; on saffron when it is me; also for `#channel`. */
export function Mention({ me, href, children }: { me?: boolean; href?: string; children: ReactNode }) {
  const className = me ? styles.me : styles.mention;
  if (href === undefined) return <span className={className}>{children}</span>;
  // a link and no button: it flows with the words, and a full stop stays at its end
  return (
    <a className={className} href={href}>
      {children}
    </a>
  );
}
