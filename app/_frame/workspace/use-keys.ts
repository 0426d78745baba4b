// The keys that work everywhere in a workspace.
"use client";

import { useEffect, useRef } from "react";
import { GLOBAL, type GlobalKey, keyOf } from "@/app/_frame/keys/table.ts";

/** What each key does; null where it has nothing to do just now, and the browser may use it. */
export type KeyActs = Readonly<Record<Exclude<GlobalKey, "region" | "regionBack">, (() => void) | null>>;

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

function actOf(key: GlobalKey, acts: KeyActs): (() => void) | null {
  if (key === "region" || key === "regionBack") return () => focusNextRegion(key === "regionBack");
  return acts[key];
}

/** Listens while mounted; an open dialog keeps its keys, except for the switcher's own. */
export function useKeys(acts: KeyActs, dialogOpen: boolean): void {
  const newest = useRef(acts);
  newest.current = acts;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = keyOf(GLOBAL, event);
      const act = key === undefined ? null : actOf(key, newest.current);
      if (act === null || (dialogOpen && key !== "jump" && key !== "lock")) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    // Before the control that has the focus: on a menu's button an arrow key would open the menu.
    window.addEventListener("keydown", pressed, { capture: true });
    return () => window.removeEventListener("keydown", pressed, { capture: true });
  }, [dialogOpen]);
}
