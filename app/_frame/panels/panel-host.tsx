// The panel beside the channel, by what the address asks for.
"use client";

import type { Panes } from "@/app/_frame/pane.ts";
import type { PanelRoute } from "@/app/_frame/routing/route.ts";
import type { ChannelItem } from "@/lib/client/api.ts";
import { DetailsPanel } from "./details-panel.tsx";
import { PinsPanel } from "./pins-panel.tsx";
import { ProfilePanel } from "./profile-panel.tsx";
import { ReadersPanel } from "./readers-panel.tsx";

export interface PanelHostProps {
  panel: PanelRoute;
  channel: ChannelItem | undefined;
  Thread: Panes["Thread"];
  onClose: () => void;
}

export function PanelHost({ panel, channel, Thread, onClose }: PanelHostProps) {
  if (panel.t === "person") return <ProfilePanel user={panel.user} onClose={onClose} />;
  if (channel === undefined) return null;
  if (panel.t === "thread") return <Thread key={panel.root} channel={channel} root={panel.root} onClose={onClose} />;
  if (panel.t === "pins") return <PinsPanel channel={channel} onClose={onClose} />;
  if (panel.t === "details") return <DetailsPanel channel={channel} onClose={onClose} />;
  const message = panel.t === "message" ? panel.event : null;
  return <ReadersPanel channel={channel} message={message} onClose={onClose} />;
}
