// The keys that work everywhere in a workspace.
"use client";

import { useEffect, useRef } from "react";
import type { ViewName } from "@/app/_frame/routing/route.ts";

export type KeyActs = {
  readonly jump: () => void;
  readonly list: () => void;
  readonly search: () => void;
  /** in the open channel; null where none is open, and the browser searches its page */
  readonly searchHere: (() => void) | null;
  readonly panel: () => void;
  readonly preferences: () => void;
  readonly lock: () => void;
  readonly view: (name: ViewName) => void;
  readonly step: (by: -1 | 1, unread: boolean) => void;
};

const REGIONS = ["nav", "aside", '#main [role="log"]', "#main textarea", "#main ~ * aside"];

function focusable(region: HTMLElement): HTMLElement | null {
  if (region.matches("[role=log], textarea")) return region;
  return region.querySelector<HTMLElement>('[aria-current="page"], a[href], button:not([disabled]), [tabindex="0"]');
}

/** F6: the next of rail, sidebar, messages, writing field and panel that is on the screen. */
function focusNextRegion(back: boolean): void {
  const regions = REGIONS.map((selector) => document.querySelector<HTMLElement>(selector)).filter(
    (one): one is HTMLElement => one?.checkVisibility() === true,
  );
  const all = [...new Set(regions)];
  if (all.length === 0) return;
  const now = all.findLastIndex((one) => one.contains(document.activeElement));
  const next = all[(now + (back ? -1 : 1) + all.length * 2) % all.length];
  if (next === undefined) return;
  (focusable(next) ?? next).focus();
}

function shiftedOf(key: string, acts: KeyActs): (() => void) | null {
  if (key === "f") return acts.lock;
  if (key === "a") return () => acts.view("unreads");
  if (key === "m") return () => acts.view("activity");
  return key === "s" ? () => acts.view("later") : null;
}

function actOf(event: KeyboardEvent, acts: KeyActs): (() => void) | null {
  if (event.key === "F6") return () => focusNextRegion(event.shiftKey);
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey && !command && (event.key === "ArrowUp" || event.key === "ArrowDown"))
    return () => acts.step(event.key === "ArrowUp" ? -1 : 1, event.shiftKey);
  if (!command || event.altKey) return null;
  if (event.shiftKey) return shiftedOf(event.key.toLowerCase(), acts);
  if (event.key === "k") return acts.jump;
  if (event.key === "/") return acts.list;
  if (event.key === "g") return acts.search;
  if (event.key === "f") return acts.searchHere;
  if (event.key === ".") return acts.panel;
  if (event.key === ",") return acts.preferences;
  return null;
}

/** Listens while mounted; an open dialog keeps its keys, except for the switcher's own. */
export function useKeys(acts: KeyActs, dialogOpen: boolean): void {
  const newest = useRef(acts);
  newest.current = acts;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const act = actOf(event, newest.current);
      const always = act === newest.current.jump || act === newest.current.lock;
      if (act === null || (dialogOpen && !always)) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    // Before the control that has the focus: on a menu's button an arrow key would open the menu.
    window.addEventListener("keydown", pressed, { capture: true });
    return () => window.removeEventListener("keydown", pressed, { capture: true });
  }, [dialogOpen]);
}
