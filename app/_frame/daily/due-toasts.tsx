// Tells of what is due, once on this device, while a tab is looked at.
"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";
import type { DueItem, KeepsView } from "@/lib/client/api/daily/keeping.ts";
import { usePlain } from "./excerpt.tsx";
import { usePlaces } from "./place.ts";
import { useWhen } from "./use-when.ts";

/** The words of a reminder: its note, or the message it is about. */
export function useDueWords(): (item: DueItem, keeps: KeepsView) => string {
  const { day, faults } = useWords();
  const { nameOf } = useFrame();
  const places = usePlaces();
  const plain = usePlain();
  const when = useWhen();
  return (item, keeps) => {
    if (item.t === "unsent")
      return day.due.unsent(
        item.channel === null ? "" : places.nameOf(item.channel),
        item.fault === null ? "" : faults[item.fault],
      );
    const kept = keeps.later.find((one) => one.item === item.item)?.message ?? null;
    const about =
      item.event === null
        ? plain(item.text)
        : kept === null
          ? day.missing
          : day.due.message(nameOf(kept.author), plain(kept.text));
    return item.late ? day.due.late(about, when(item.at)) : day.due.reminder(about);
  };
}

function followVisible(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}

/** Whether this tab is looked at. */
function useVisible(): boolean {
  return useSyncExternalStore(
    followVisible,
    () => document.visibilityState === "visible",
    () => false,
  );
}

export function useDueToasts(): void {
  const engine = useEngine();
  const { view } = useFrame();
  const { ws } = view;
  const keeps = useTopic(`keeps:${ws}`);
  const say = useDueWords();
  const { show } = useWords().day.due;
  const newest = useRef({ say, show });
  newest.current = { say, show };
  const seen = useVisible();
  useEffect(() => {
    // A toast that nobody sees would be the end of it.
    if (keeps === undefined || !seen) return;
    for (const item of keeps.due) {
      // Of several tabs the first that asks tells it.
      engine.takeDue({ ws, key: item.key }).then(
        (mine) => {
          if (!mine) return;
          const view = item.t === "unsent" ? "drafts" : "later";
          toast(newest.current.say(item, keeps), {
            label: newest.current.show,
            onSelect: () => go({ t: "view", ws, view }),
          });
        },
        () => undefined,
      );
    }
  }, [engine, ws, keeps, seen]);
}
