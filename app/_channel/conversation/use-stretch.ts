// The stretch of a channel that is shown: its newest one, or one around an old message, and the ways on from there.
"use client";

import { useCallback, useRef, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { TimelineView } from "@/lib/client/api.ts";

export type Stretch = {
  /** Undefined until the first one is here; then the last one stays until the next is read. */
  readonly view: TimelineView | undefined;
  /** The message around which it lies; null: it ends with the newest. */
  readonly around: EventId | null;
  readonly older: () => Promise<unknown>;
  readonly newer: () => Promise<unknown>;
  readonly newest: () => void;
  /** Goes where an old message stands, without what lies between. */
  readonly far: (message: EventId) => void;
};

export function useStretch(ws: WorkspaceId, channel: ChannelId): Stretch {
  const [asked, setAsked] = useState<EventId | null>(null);
  const now = useTopic(asked === null ? `timeline:${ws}:${channel}` : `timeline:${ws}:${channel}:${asked}`);
  const last = useRef<{ view: TimelineView | undefined; around: EventId | null }>({ view: undefined, around: null });
  if (now !== undefined) last.current = { view: now, around: asked };
  const { view, around } = last.current;
  const { run: loadOlder } = useCommand("loadOlder");
  const { run: loadAround } = useCommand("loadAround");
  const older = useCallback(
    () => (around === null ? loadOlder({ ws, channel }) : loadAround({ ws, channel, anchor: around, way: "older" })),
    [loadOlder, loadAround, ws, channel, around],
  );
  const newer = useCallback(
    async () => around !== null && (await loadAround({ ws, channel, anchor: around, way: "newer" })),
    [loadAround, ws, channel, around],
  );
  const newest = useCallback(() => setAsked(null), []);
  return { view, around, older, newer, newest, far: setAsked };
}
