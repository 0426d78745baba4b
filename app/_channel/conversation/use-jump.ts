// Going to one message: what stands around it is read where it is not here, and it is said when there is none to go to.
"use client";

import { useCallback, useEffect, useState } from "react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { MessageView } from "@/lib/client/api/conversation/commands.ts";
import type { TimelineView } from "@/lib/client/api.ts";

export type Missing = "gone" | "none" | "closed";

export type Jump = {
  /** what is looked for now */
  readonly seeking: EventId | null;
  /** why it can’t be shown */
  readonly missing: Missing | null;
  /** the message just reached; a new object for each time */
  readonly reached: { readonly id: EventId } | null;
  readonly stop: () => void;
};

function missingOf(found: MessageView | undefined, hasOlder: boolean): Missing | null {
  if (found === undefined) return null;
  if (found.state === "closed" || found.state === "gone" || found.state === "none") return found.state;
  return hasOlder ? null : "none";
}

export type JumpWays = {
  readonly taken: () => void;
  /** reads what stands around a message that is not here */
  readonly far: (message: EventId) => void;
  /** leads to an answer inside of its thread, from outside of it */
  readonly reply?: (root: EventId, message: EventId) => void;
};

/** `wanted`: a message of this channel by its link; `taken` tells that the address need not say it any more. */
export function useJump(
  place: { ws: WorkspaceId; channel: ChannelId },
  view: TimelineView | undefined,
  wanted: EventId | null,
  { taken, far, reply }: JumpWays,
): Jump {
  const { ws, channel } = place;
  const [seeking, setSeeking] = useState<EventId | null>(null);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [reached, setReached] = useState<Jump["reached"]>(null);
  const found = useTopic(seeking === null ? null : `message:${ws}:${channel}:${seeking}`);
  useEffect(() => {
    if (wanted === null) return;
    setSeeking(wanted);
    setMissing(null);
    taken();
  }, [wanted, taken]);
  const here = seeking !== null && view?.items.some((item) => item.id === seeking) === true;
  const loading = view?.loadingOlder === true;
  const hasOlder = view?.hasOlder === true || view?.hasNewer === true;
  const root = here || reply === undefined ? null : (found?.item?.thread ?? null);
  const why = here || root !== null || view === undefined ? null : missingOf(found, hasOlder || loading);
  useEffect(() => {
    if (seeking === null) return;
    if (here) setReached({ id: seeking });
    else if (why !== null) setMissing(why);
    if (here || why !== null) setSeeking(null);
  }, [seeking, here, why]);
  useEffect(() => {
    if (seeking === null || root === null) return;
    setSeeking(null);
    reply?.(root, seeking);
  }, [seeking, root, reply]);
  const reads =
    seeking !== null && !here && root === null && why === null && found !== undefined && hasOlder && !loading;
  useEffect(() => {
    if (reads && seeking !== null) far(seeking);
  }, [reads, seeking, far]);
  const stop = useCallback(() => {
    setSeeking(null);
    setMissing(null);
  }, []);
  return { seeking, missing, reached, stop };
}
