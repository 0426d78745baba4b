// The star of a channel: on top of one's own list, or not.
"use client";

import { Star } from "lucide-react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { STAR } from "@/app/_frame/workspace/channel-order.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelItem } from "@/lib/client/api.ts";

export function StarButton({ channel }: { channel: ChannelItem }) {
  const words = useWords().places;
  const { view } = useFrame();
  const move = useCommand("moveChannel");
  const on = channel.section === STAR;
  return (
    <IconButton
      label={on ? words.unstar : words.star}
      icon={<Star />}
      on={on}
      onClick={() => void move.run({ ws: view.ws, channel: channel.id, section: on ? null : STAR })}
    />
  );
}
