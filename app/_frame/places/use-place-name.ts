// A channel as sentences name it: "#river-story", or the people of a direct message.
"use client";

import { useFrame } from "@/app/_frame/context.tsx";
import type { ChannelId } from "@/lib/base/ids.ts";

export function usePlaceName(channel: ChannelId): string {
  const { view, titleOf } = useFrame();
  const item = view.channels.find((one) => one.id === channel);
  if (item === undefined) return "";
  return item.kind === "dm" ? titleOf(item) : `#${item.name}`;
}
