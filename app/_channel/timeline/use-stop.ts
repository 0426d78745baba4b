// Arrow keys in the log: one row is the tab stop, the next one is built before it takes the focus.
"use client";

import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Row } from "./rows.ts";

/** The row that a key leads to from `at`, skipping dates and the New line; undefined when it is none of ours. */
export function stepFrom(rows: readonly Row[], at: number, key: string): number | undefined {
  const seek = (from: number, by: -1 | 1) => {
    for (let index = from; index >= 0 && index < rows.length; index += by) if (rows[index]?.t === "item") return index;
    return undefined;
  };
  if (key === "ArrowUp") return seek(at - 1, -1);
  if (key === "ArrowDown") return seek(at + 1, 1);
  if (key === "Home") return seek(0, 1);
  return key === "End" ? seek(rows.length - 1, -1) : undefined;
}

function keyOf(target: EventTarget): string | undefined {
  return target instanceof HTMLElement && target.matches("li[data-key]") ? target.dataset.key : undefined;
}

export interface StopOptions {
  rows: readonly Row[];
  scroll: RefObject<HTMLElement | null>;
  /** Brings a row into sight. */
  show: (index: number, align: "auto" | "center") => void;
  /** The newest row in sight: the stop while nothing in the log has the focus. */
  visible: string | undefined;
}

export function useStop({ rows, scroll, show, visible }: StopOptions) {
  const [focused, setFocused] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const rowOf = (key: string) =>
    scroll.current?.querySelector<HTMLElement>(`li[data-key="${CSS.escape(key)}"]`) ?? null;
  useEffect(() => {
    const key = wanted.current;
    const row = key === null ? null : rowOf(key);
    if (row === null) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const stop = focused ?? visible;
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    if (event.target === event.currentTarget && stop !== undefined) rowOf(stop)?.focus({ preventScroll: true });
    else {
      const row = event.target.closest<HTMLElement>("li[data-key]");
      if (row !== null) setFocused(row.dataset.key ?? null);
    }
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setFocused(null);
  };
  /** Goes to a row from outside of the log. */
  const go = (index: number, align: "auto" | "center") => {
    const row = rows[index];
    if (row === undefined) return;
    wanted.current = row.key;
    setFocused(row.key);
    show(index, align);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const key = keyOf(event.target);
    if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = rows.findIndex((row) => row.key === key);
    const next = at < 0 ? undefined : stepFrom(rows, at, event.key);
    if (next === undefined) return;
    event.preventDefault();
    go(next, "auto");
  };
  return { stop, kept: focused, go, handlers: { onFocus, onBlur, onKeyDown } };
}
