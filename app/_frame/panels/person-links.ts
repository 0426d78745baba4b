// Ways to a person from a panel: their profile, a message to them.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { go, useRoute } from "@/app/_frame/routing/use-route.ts";
import type { UserId } from "@/lib/base/ids.ts";

export function usePersonLinks() {
  const route = useRoute();
  const { view } = useFrame();
  const start = useCommand("startDm");
  const { ws } = view;
  const channel = route.t === "channel" ? route.channel : undefined;
  return {
    fault: start.fault,
    profile: (user: UserId) => {
      if (channel !== undefined) go({ t: "channel", ws, channel, panel: { t: "person", user } });
    },
    /** Opens the direct message with them, which for oneself is one's own notes. */
    message: async (user: UserId) => {
      const done = await start.run({ ws, users: user === view.me.id ? [] : [user] });
      if (done.ok) go({ t: "channel", ws, channel: done.value.channel, panel: null });
    },
  };
}
