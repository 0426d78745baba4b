// Who is there, for the frame's lists; and the sign of life of this very tab.
"use client";

import { useEffect } from "react";
import { watchTouches } from "@/app/_engine/device/touches.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import type { PresenceSign } from "@/app/_ui/signs/presence.tsx";
import type { UserId, WorkspaceId } from "@/lib/base/ids.ts";

const SIGNS = { active: "here", away: "away" } as const;

/** The sign of a person; undefined: he lets nobody know, or has not been there of late. */
export function usePresence(): (user: UserId) => PresenceSign | undefined {
  const { view } = useFrame();
  const people = useTopic(`presence:${view.ws}`)?.people;
  return (user) => {
    const state = people?.[user];
    return state === undefined ? undefined : SIGNS[state];
  };
}

/** Tells the engine that somebody uses this tab. */
export function useActivity(ws: WorkspaceId): void {
  const { run } = useCommand("noteActivity");
  useEffect(() => watchTouches(() => void run({ ws })), [run, ws]);
}
