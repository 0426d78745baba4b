// Activity and Later in the rail and the bottom bar, with what is new and what is due.
"use client";

import { AlarmClock, Bell, Files } from "lucide-react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useRoute } from "@/app/_frame/routing/use-route.ts";
import { RailItem } from "@/app/_ui/layout/rail.tsx";
import { useWords } from "@/app/_words/words.ts";

interface DayItemProps {
  /** In the server's view there are no words and no counts. */
  server?: boolean | undefined;
}

/** Which of the rail's own lists is open; null: channels or settings are. */
export function useRailView(): "activity" | "later" | "files" | null {
  const route = useRoute();
  return route.t === "view" && (route.view === "activity" || route.view === "later" || route.view === "files")
    ? route.view
    : null;
}

export function ActivityItem({ server }: DayItemProps) {
  const words = useWords().day;
  const { ws } = useFrame().view;
  const fresh = useTopic(`activity:${ws}`)?.fresh ?? 0;
  return (
    <RailItem
      href={hrefOf({ t: "view", ws, view: "activity" })}
      label={words.activity}
      icon={<Bell />}
      iconOnly={server}
      current={useRailView() === "activity"}
      count={server ? 0 : fresh}
      countLabel={words.fresh(fresh)}
    />
  );
}

export function LaterItem({ server }: DayItemProps) {
  const words = useWords().day;
  const { ws } = useFrame().view;
  const due = useTopic(`keeps:${ws}`)?.later.filter((one) => one.due).length ?? 0;
  return (
    <RailItem
      href={hrefOf({ t: "view", ws, view: "later" })}
      label={words.later}
      icon={<AlarmClock />}
      iconOnly={server}
      current={useRailView() === "later"}
      count={server ? 0 : due}
      countLabel={words.dueCount(due)}
    />
  );
}

export function FilesItem({ server }: DayItemProps) {
  const words = useWords().files.page;
  const { ws } = useFrame().view;
  return (
    <RailItem
      href={hrefOf({ t: "view", ws, view: "files" })}
      label={words.title}
      icon={<Files />}
      iconOnly={server}
      current={useRailView() === "files"}
    />
  );
}
