// A list that opens behind a sign while one writes: moved by the arrows, taken by Enter or Tab; the box keeps the focus.
"use client";

import { type KeyboardEvent, type RefObject, useState } from "react";
import { applyEdit } from "@/app/_channel/composer/formats.ts";

/** Where the sign stands, and what is typed behind it. */
export type Asked = { readonly at: number; readonly query: string };

export interface CompletionOptions<T> {
  area: RefObject<HTMLTextAreaElement | null>;
  /** What is asked for just before the caret; null when nothing is. */
  ask: (text: string, caret: number) => Asked | null;
  find: (query: string) => readonly T[];
  /** What takes the place of sign and query. */
  text: (one: T) => string;
}

export interface Completion<T> {
  readonly open: boolean;
  readonly found: readonly T[];
  readonly active: number;
  /** Looks again at what stands before the caret: after each key, click and paste. */
  readonly look: () => void;
  readonly close: () => void;
  readonly pick: (one: T) => void;
  /** True when the key was for the list. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

export function useCompletion<T>({ area, ask, find, text }: CompletionOptions<T>): Completion<T> {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [at, setAt] = useState(0);
  const found = asked === null ? [] : find(asked.query);
  const open = found.length > 0;
  const active = Math.min(at, found.length - 1);
  const look = () => {
    const box = area.current;
    if (box === null) return;
    const next = box.selectionStart === box.selectionEnd ? ask(box.value, box.selectionStart) : null;
    if (next?.query !== asked?.query || next?.at !== asked?.at) setAt(0);
    setAsked(next);
  };
  const close = () => setAsked(null);
  const pick = (one: T) => {
    const box = area.current;
    if (box === null || asked === null) return;
    const made = text(one);
    const caret = asked.at + made.length;
    const end = asked.at + 1 + asked.query.length;
    applyEdit(box, { start: asked.at, end, text: made, selectStart: caret, selectEnd: caret });
    close();
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const one = found[active];
    if (!open || one === undefined) return false;
    if (event.key === "ArrowDown") setAt((active + 1) % found.length);
    else if (event.key === "ArrowUp") setAt((active + found.length - 1) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) pick(one);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { open, found, active, look, close, pick, onKey };
}
