// One tab stop for a list whose items are reached with the arrow keys.
"use client";

import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useRef } from "react";

export interface RovingOptions {
  /** Which descendants take part; they must be focusable. */
  selector?: string | undefined;
  /** Which arrow keys move; `both` treats the list as one line. */
  axis?: "vertical" | "horizontal" | "both" | undefined;
  /** Whether the ends meet. */
  loop?: boolean | undefined;
}

const BACK = { vertical: ["ArrowUp"], horizontal: ["ArrowLeft"], both: ["ArrowUp", "ArrowLeft"] };
const ON = { vertical: ["ArrowDown"], horizontal: ["ArrowRight"], both: ["ArrowDown", "ArrowRight"] };

/** The index a key leads to, or undefined when the key is none of ours. */
function stepOf(key: string, at: number, count: number, axis: keyof typeof ON, loop: boolean): number | undefined {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = BACK[axis].includes(key) ? -1 : ON[axis].includes(key) ? 1 : 0;
  if (step === 0) return undefined;
  const next = at + step;
  if (next >= 0 && next < count) return next;
  return loop ? (next + count) % count : at;
}

/**
 * Spread the result on the container. Items match `selector` (default `[data-roving]`); the hook keeps exactly one of
 * them in the tab order and moves focus with the arrow keys, Home and End. Not for virtual lists.
 */
export function useRovingFocus<T extends HTMLElement>(options: RovingOptions = {}) {
  const { selector = "[data-roving]", axis = "vertical", loop = false } = options;
  const ref = useRef<T>(null);
  const items = useCallback(() => [...(ref.current?.querySelectorAll<HTMLElement>(selector) ?? [])], [selector]);

  const keepOne = useCallback((list: readonly HTMLElement[], chosen: HTMLElement | undefined) => {
    for (const item of list) item.tabIndex = item === chosen ? 0 : -1;
  }, []);

  useEffect(() => {
    const list = items();
    keepOne(list, list.find((item) => item.tabIndex === 0) ?? list[0]);
  });

  const onKeyDown = (event: KeyboardEvent<T>) => {
    const list = items();
    const active = document.activeElement;
    const at = active instanceof HTMLElement ? list.indexOf(active) : -1;
    const next = at < 0 ? undefined : stepOf(event.key, at, list.length, axis, loop);
    if (next === undefined) return;
    event.preventDefault();
    list[next]?.focus();
  };
  const onFocus = (event: FocusEvent<T>) => {
    const list = items();
    const chosen = list.find((item) => item === event.target);
    if (chosen) keepOne(list, chosen);
  };
  return { ref, onKeyDown, onFocus };
}
