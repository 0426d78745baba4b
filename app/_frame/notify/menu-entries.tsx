// What a channel's menu has about notifications: its settings, and muting with one click.
"use client";

import { Bell, BellOff } from "lucide-react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import type { MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelItem } from "@/lib/client/api.ts";
import { choiceSetting } from "./choices.ts";

export function useNotifyEntries({ id, muted }: ChannelItem): readonly MenuEntry[] {
  const words = useWords().notify;
  const { view, open } = useFrame();
  const { run } = useCommand("chooseChannelNotify");
  const setting = choiceSetting(muted ? "default" : "muted");
  return [
    { label: words.settings, icon: <Bell />, onSelect: () => open({ t: "notify", channel: id }) },
    {
      label: muted ? words.unmute : words.mute,
      icon: muted ? <Bell /> : <BellOff />,
      onSelect: () => void run({ ws: view.ws, channel: id, setting }),
    },
  ];
}
