// The slot for the conversation: what the frame gives to whoever draws the open channel.

import type { ComponentType } from "react";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";

export interface ChannelPaneProps {
  ws: WorkspaceId;
  channel: ChannelId;
  /** Whose eyes: in the server's view the pane shows stored rows. */
  seenBy: "you" | "server";
  /** A message of it that the address leads to. */
  at: EventId | null;
}

export type ChannelPaneComponent = ComponentType<ChannelPaneProps>;
