// The list that opens behind an @: who is meant, moved by the arrows, taken by Enter or Tab.
"use client";

import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { CALLS, type Call, matchPeople, queryBefore } from "@/app/_channel/text/mention-text.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Person } from "@/lib/client/api.ts";
import { applyEdit } from "./formats.ts";

const MOST = 6;

/** A person, or everybody. */
export type Callee = Person | { readonly call: Call };

function find(people: readonly Person[], query: string): readonly Callee[] {
  const calls = CALLS.filter((call) => query !== "" && call.startsWith(query.toLowerCase())).map((call) => ({ call }));
  return [...calls, ...matchPeople(people, query, MOST)].slice(0, MOST);
}

export function useMentions(area: RefObject<HTMLTextAreaElement | null>, people: readonly Person[]) {
  const [asked, setAsked] = useState<{ at: number; query: string } | null>(null);
  const [at, setAt] = useState(0);
  const picked = useRef(new Map<string, UserId>());
  const found = asked === null ? [] : find(people, asked.query);
  const open = found.length > 0;
  const active = Math.min(at, found.length - 1);
  /** Looks again at what stands before the caret: after each key, click and paste. */
  const look = () => {
    const box = area.current;
    if (box === null) return;
    const next = box.selectionStart === box.selectionEnd ? queryBefore(box.value, box.selectionStart) : null;
    if (next?.query !== asked?.query || next?.at !== asked?.at) setAt(0);
    setAsked(next);
  };
  const close = () => setAsked(null);
  const pick = (one: Callee) => {
    const box = area.current;
    if (box === null || asked === null) return;
    if ("id" in one) picked.current.set(one.name, one.id);
    const end = asked.at + 1 + asked.query.length;
    const text = `@${"id" in one ? one.name : one.call} `;
    const caret = asked.at + text.length;
    applyEdit(box, { start: asked.at, end, text, selectStart: caret, selectEnd: caret });
    close();
  };
  /** True when the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const one = found[active];
    if (event.key === "ArrowDown") setAt((active + 1) % found.length);
    else if (event.key === "ArrowUp") setAt((active + found.length - 1) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && one !== undefined) pick(one);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { open, found, active, look, close, pick, onKey, picked };
}
