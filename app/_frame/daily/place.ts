// Where something lies, in words and as an address.
"use client";

import { useFrame } from "@/app/_frame/context.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";

export function usePlaces() {
  const { view, titleOf } = useFrame();
  return {
    /** "#general", the people of a DM; empty for a channel that is not here any more. */
    nameOf: (channel: ChannelId): string => {
      const item = view.channels.find((one) => one.id === channel);
      if (item === undefined) return "";
      return item.kind === "dm" ? titleOf(item) : `#${item.name}`;
    },
    hrefOf: (channel: ChannelId, event: EventId | null): string =>
      hrefOf({ t: "channel", ws: view.ws, channel, panel: null, ...(event === null ? {} : { at: event }) }),
  };
}
