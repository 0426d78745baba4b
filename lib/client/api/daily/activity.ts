// What concerns a person across all places: mentions, reactions to what he wrote, answers in his threads.
import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { KeptMessage } from "@/lib/client/api/daily/keeping.ts";

export type ActivityItem = {
  /** of the event that brought it about */
  readonly id: EventId;
  readonly what: "mention" | "reaction" | "reply";
  readonly channel: ChannelId;
  /** the message it is about: the mention or reply itself, or what was reacted to */
  readonly event: EventId;
  readonly by: UserId;
  readonly at: number;
  /** of a reaction */
  readonly emoji: string;
  readonly message: KeptMessage | null;
  readonly fresh: boolean;
};

export type ActivityView = {
  /** newest first */
  readonly items: readonly ActivityItem[];
  readonly fresh: number;
};

export interface ActivityCommands {
  /** All that is there was seen, on every device. */
  markActivity(input: { ws: WorkspaceId }): Promise<void>;
}
