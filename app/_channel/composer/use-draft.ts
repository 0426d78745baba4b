// What is written and not yet sent: kept by the engine a moment after the last key, taken over from other tabs.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";

const REST_MS = 500;
/** How many of this box's own drafts are remembered, to know them when they come back. */
const OWN = 50;

/** What went out of the box to be sent, and the engine does not have yet. */
type Letter = { readonly text: string };
type Written = { readonly leaving: readonly Letter[]; readonly text: string };

/** The boxes that show, by their place: what could not be sent comes back to the one that shows now. */
const boxes = new Map<string, (letter: Letter) => void>();

/** Both, the first above the second. */
function above(first: string, second: string): string {
  return first === "" || second === "" || first.endsWith("\n") ? first + second : `${first}\n${second}`;
}

/** Everything written and not sent. */
function wholeOf({ leaving, text }: Written): string {
  return [...leaving.map((one) => one.text), text].reduce(above);
}

/** Empties the box to send what is in it: that stays the draft until it is `gone`, and comes `back` when refused. */
function useLetters(
  place: string,
  now: { readonly current: Written },
  change: (next: Partial<Written>) => void,
  save: () => void,
) {
  const back = useCallback(
    (letter: Letter) => {
      change({
        leaving: now.current.leaving.filter((one) => one !== letter),
        text: above(letter.text, now.current.text),
      });
      save();
    },
    [now, change, save],
  );
  useEffect(() => {
    boxes.set(place, back);
    return () => {
      if (boxes.get(place) === back) boxes.delete(place);
    };
  }, [place, back]);
  return useCallback(() => {
    const letter = { text: now.current.text };
    change({ leaving: [...now.current.leaving, letter], text: "" });
    return {
      gone: () => {
        change({ leaving: now.current.leaving.filter((one) => one !== letter) });
        save();
      },
      back: () => (boxes.get(place) ?? back)(letter),
    };
  }, [now, change, save, place, back]);
}

export interface DraftOptions {
  ws: WorkspaceId;
  channel: ChannelId;
  /** The root of the thread that it is for. */
  thread: EventId | null;
  /** As the engine has it. */
  draft: string;
  /** From the engine's form to the one in the box, and back. */
  show: (stored: string) => string;
  store: (shown: string) => string;
}

export function useDraft({ ws, channel, thread, draft, show, store }: DraftOptions) {
  const engine = useEngine();
  const [box, setBox] = useState<Written>(() => ({ leaving: [], text: show(draft) }));
  const saved = useRef(draft);
  const own = useRef<readonly string[]>([draft]);
  // Once the newest comes back, what was said before it is news again: another device may have gone back to it.
  if (draft === saved.current) own.current = [draft];
  // The newest, also once the box is gone: a message on its way may still come back then.
  const now = useRef(box);
  const form = useRef(store);
  form.current = store;
  const change = useCallback((next: Partial<Written>) => {
    now.current = { ...now.current, ...next };
    setBox(now.current);
  }, []);
  const setText = useCallback((next: string) => change({ text: next }), [change]);
  const whole = wholeOf(box);
  const save = useCallback(() => {
    const stored = form.current(wholeOf(now.current));
    if (stored === saved.current) return;
    saved.current = stored;
    own.current = [...own.current, stored].slice(-OWN);
    // a draft that is not kept is still in the box
    engine.saveDraft({ ws, channel, text: stored, ...(thread === null ? {} : { thread }) }).catch(() => undefined);
  }, [engine, ws, channel, thread]);
  // another tab wrote: taken over only where nothing here would be lost; what this box said earlier is no news
  const foreign = box.leaving.length === 0 && !own.current.includes(draft) && store(whole) === saved.current;
  useEffect(() => {
    if (!foreign) return;
    saved.current = draft;
    own.current = [draft];
    setText(show(draft));
  }, [foreign, draft, show, setText]);
  useEffect(() => {
    if (store(whole) === saved.current) return;
    const timer = setTimeout(save, REST_MS);
    return () => clearTimeout(timer);
  }, [whole, store, save]);
  useEffect(() => {
    window.addEventListener("pagehide", save);
    return () => {
      window.removeEventListener("pagehide", save);
      // What is on its way goes on without this box; the next one here must not show it as unsent.
      change({ leaving: [] });
      save();
    };
  }, [change, save]);
  /** Empties the box; the engine drops the draft with it. */
  const clear = useCallback(() => {
    setText("");
    save();
  }, [setText, save]);
  const take = useLetters(`${ws}/${channel}/${thread ?? ""}`, now, change, save);
  return { text: box.text, setText, clear, take };
}
