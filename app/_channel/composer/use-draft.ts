// What is written and not yet sent: kept by the engine a moment after the last key, taken over from other tabs.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";

const REST_MS = 500;
/** How many of this box's own drafts are remembered, to know them when they come back. */
const OWN = 50;

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
  const [text, setText] = useState(() => show(draft));
  const saved = useRef(draft);
  const own = useRef<readonly string[]>([draft]);
  // Once the newest comes back, what was said before it is news again: another device may have gone back to it.
  if (draft === saved.current) own.current = [draft];
  const now = useRef({ text, store });
  now.current = { text, store };
  const save = useCallback(() => {
    const stored = now.current.store(now.current.text);
    if (stored === saved.current) return;
    saved.current = stored;
    own.current = [...own.current, stored].slice(-OWN);
    // a draft that is not kept is still in the box
    engine.saveDraft({ ws, channel, text: stored, ...(thread === null ? {} : { thread }) }).catch(() => undefined);
  }, [engine, ws, channel, thread]);
  // another tab wrote: taken over only where nothing here would be lost; what this box said earlier is no news
  const foreign = !own.current.includes(draft) && store(text) === saved.current;
  useEffect(() => {
    if (!foreign) return;
    saved.current = draft;
    own.current = [draft];
    setText(show(draft));
  }, [foreign, draft, show]);
  useEffect(() => {
    if (store(text) === saved.current) return;
    const timer = setTimeout(save, REST_MS);
    return () => clearTimeout(timer);
  }, [text, store, save]);
  useEffect(() => {
    window.addEventListener("pagehide", save);
    return () => {
      window.removeEventListener("pagehide", save);
      save();
    };
  }, [save]);
  /** Empties the box after sending; the engine drops the draft with it. */
  const clear = useCallback(() => {
    setText("");
    now.current = { ...now.current, text: "" };
    save();
  }, [save]);
  return { text, setText, clear };
}
