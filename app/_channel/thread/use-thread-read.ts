// Marks a thread read when its newest reply is in sight of somebody who looks.
"use client";

import { useCallback, useEffect, useRef } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";

export type ThreadPlace = { readonly ws: WorkspaceId; readonly channel: ChannelId; readonly root: EventId };

/** `onEnd`: the newest reply is in sight; told only while something is unread and the window has the focus. */
export function useThreadRead({ ws, channel, root }: ThreadPlace, unread: number) {
  const engine = useEngine();
  const atEnd = useRef(false);
  const waiting = useRef(unread);
  waiting.current = unread;
  const mark = useCallback(() => {
    const looking = document.visibilityState === "visible" && document.hasFocus();
    if (atEnd.current && waiting.current > 0 && looking)
      engine.markThreadRead({ ws, channel, root }).catch(() => undefined);
  }, [engine, ws, channel, root]);
  const onEnd = useCallback(() => {
    atEnd.current = true;
    mark();
  }, [mark]);
  useEffect(() => {
    if (unread > 0) mark();
  }, [unread, mark]);
  useEffect(() => {
    window.addEventListener("focus", mark);
    document.addEventListener("visibilitychange", mark);
    return () => {
      window.removeEventListener("focus", mark);
      document.removeEventListener("visibilitychange", mark);
    };
  }, [mark]);
  return onEnd;
}
