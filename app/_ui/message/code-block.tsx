// A block of code in a message; three inks only.
"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/app/_ui/cx.ts";
import styles from "./code-block.module.css";

export interface CodeBlockProps {
  /** Text and `CodeInk`s. */
  children: ReactNode;
  /** Name of the region for screen readers, such as the language. */
  label: string;
  /** At the top right on hover: a `bare` copy button. */
  act?: ReactNode;
}

/** Scrolls sideways inside itself, by keyboard too. */
export function CodeBlock({ children, label, act }: CodeBlockProps) {
  const scroll = useRef<HTMLElement>(null);
  useEffect(() => {
    const box = scroll.current;
    if (!box) return;
    // only a block that does scroll is a tab stop
    const watch = new ResizeObserver(() => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return (
    <div className={styles.frame}>
      <section ref={scroll} className={styles.scroll} aria-label={label}>
        <pre className={styles.code}>
          <code>{children}</code>
        </pre>
      </section>
      {act && <span className={styles.act}>{act}</span>}
    </div>
  );
}

export type Ink = "call" | "value" | "comment";

/** Calls and keywords; numbers and strings; comments. */
export function CodeInk({ ink, children }: { ink: Ink; children: ReactNode }) {
  return <span className={cx(styles[ink])}>{children}</span>;
}

const INKS: Record<string, Ink> = {
  keyword: "call",
  built_in: "call",
  function_: "call",
  title: "call",
  type: "call",
  tag: "call",
  name: "call",
  selector: "call",
  section: "call",
  number: "value",
  string: "value",
  literal: "value",
  regexp: "value",
  symbol: "value",
  attr: "value",
  comment: "comment",
  quote: "comment",
  meta: "comment",
};

/** The ink for highlight.js class names (`hljs-keyword`), or undefined for plain ink. */
export function inkOf(classNames: readonly string[]): Ink | undefined {
  for (const name of classNames) {
    const ink = INKS[name.replace(/^hljs-/, "")];
    if (ink) return ink;
  }
  return undefined;
}
