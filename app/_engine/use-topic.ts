// Follows one topic of the engine from React: the newest snapshot, or undefined until the first one is here.
"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { EngineHandle, SnapshotOf, Topic } from "@/lib/client/api.ts";
import { useEngine } from "./provider.tsx";

type Feed = { snapshot: unknown; readonly listeners: Set<() => void>; readonly stop: () => void };
const feeds = new WeakMap<EngineHandle, Map<Topic, Feed>>();

function feedsOf(engine: EngineHandle): Map<Topic, Feed> {
  const known = feeds.get(engine) ?? new Map<Topic, Feed>();
  feeds.set(engine, known);
  return known;
}

/** Joins the one subscription that all screens of this tab share; the last one to leave ends it. */
function follow(engine: EngineHandle, topic: Topic, changed: () => void): () => void {
  const all = feedsOf(engine);
  let feed = all.get(topic);
  if (feed === undefined) {
    const listeners = new Set<() => void>();
    let first: unknown;
    const stop = engine.subscribe(topic, (snapshot) => {
      first = snapshot;
      const now = all.get(topic);
      if (now === undefined || now.listeners !== listeners) return;
      now.snapshot = snapshot;
      for (const listener of listeners) listener();
    });
    feed = { snapshot: first, listeners, stop };
    all.set(topic, feed);
  }
  feed.listeners.add(changed);
  return () => {
    feed.listeners.delete(changed);
    if (feed.listeners.size > 0) return;
    feed.stop();
    if (all.get(topic) === feed) all.delete(topic);
  };
}

/** The newest snapshot of `topic`; undefined before the first one, and for null. */
export function useTopic<T extends Topic>(topic: T | null): SnapshotOf<T> | undefined {
  const engine = useEngine();
  const subscribe = useCallback(
    (changed: () => void) => (topic === null ? () => undefined : follow(engine, topic, changed)),
    [engine, topic],
  );
  const read = () => (topic === null ? undefined : feeds.get(engine)?.get(topic)?.snapshot);
  return useSyncExternalStore(subscribe, read, () => undefined) as SnapshotOf<T> | undefined;
}
