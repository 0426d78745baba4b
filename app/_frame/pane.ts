// The slot for the conversation: what the frame gives to whoever draws the open channel.

import type { ComponentType } from "react";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { ChannelItem } from "@/lib/client/api.ts";

export interface ChannelPaneProps {
  ws: WorkspaceId;
  channel: ChannelId;
  /** Whose eyes: in the server's view the pane shows stored rows. */
  seenBy: "you" | "server";
  /** A message of it that the address leads to. */
  at: EventId | null;
}

export type ChannelPaneComponent = ComponentType<ChannelPaneProps>;

export interface ThreadPaneProps {
  channel: ChannelItem;
  root: EventId;
  onClose: () => void;
}

/** Who draws the conversation: in the middle, and a thread of it beside. */
export type Panes = { readonly Channel: ChannelPaneComponent; readonly Thread: ComponentType<ThreadPaneProps> };
