// What screens see of single messages, of pins and earlier versions; what can be asked for with quotes, pins and polls (UX 2, 3).
import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api/timeline.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";

/** One message by its link. here: `item`; older: not on this device yet; none: no such message; closed: not one's own to read. */
export type MessageView = {
  readonly channel: ChannelId;
  readonly id: EventId;
  readonly state: "here" | "gone" | "waiting" | "older" | "none" | "closed";
  readonly item: MessageItem | null;
};

/** What a message said, from when on; the newest is what it says now. */
export type Version = {
  /** from 0, as first sent */
  readonly n: number;
  readonly at: number;
  readonly text: string;
  readonly markup: readonly MarkupNode[];
};

export type PinItem = { readonly item: MessageItem; readonly by: UserId | null; readonly at: number };
/** Newest pin first. */
export type PinsView = { readonly channel: ChannelId; readonly pins: readonly PinItem[] };

type Place = { readonly ws: WorkspaceId; readonly channel: ChannelId };

export interface ConversationCommands {
  /** The message as this device holds it goes to another place, with a comment; its files are not sent again. */
  forwardMessage(
    input: Place & { readonly id: EventId; readonly to: ChannelId; readonly text: string },
  ): Promise<{ id: EventId }>;
  /** oldest first; the last one is what it says now. Throws event/unknown-target */
  messageVersions(input: Place & { readonly id: EventId }): Promise<readonly Version[]>;
  pinMessage(input: Place & { readonly id: EventId; readonly on: boolean }): Promise<void>;
  createPoll(
    input: Place & {
      readonly thread: EventId | null;
      readonly question: string;
      readonly options: readonly string[];
      readonly many: boolean;
    },
  ): Promise<{ id: EventId }>;
  votePoll(input: Place & { readonly id: EventId; readonly choices: readonly number[] }): Promise<void>;
  endPoll(input: Place & { readonly id: EventId; readonly on: boolean }): Promise<void>;
}
