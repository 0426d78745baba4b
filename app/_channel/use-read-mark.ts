// Marks the channel read when its newest message is in sight of somebody who looks.
"use client";

import { useCallback, useEffect, useRef } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";

/** `onEnd(newest)`: that item is in sight. Told to the engine once for each, and only while the window has the focus. */
export function useReadMark(ws: WorkspaceId, channel: ChannelId, unread: number) {
  const engine = useEngine();
  const inSight = useRef<string | null>(null);
  const told = useRef<string | null>(null);
  const mark = useCallback(() => {
    const newest = inSight.current;
    const looking = document.visibilityState === "visible" && document.hasFocus();
    if (newest === null || newest === told.current || !looking) return;
    told.current = newest;
    engine.markRead({ ws, channel }).catch(() => {
      told.current = null;
    });
  }, [engine, ws, channel]);
  const onEnd = useCallback(
    (newest: string) => {
      inSight.current = newest;
      mark();
    },
    [mark],
  );
  useEffect(() => {
    // another device may have counted anew
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
  const now = useCallback(() => {
    engine.markRead({ ws, channel }).catch(() => undefined);
  }, [engine, ws, channel]);
  return { onEnd, now };
}
