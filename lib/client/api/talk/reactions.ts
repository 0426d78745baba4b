// What screens see of reactions, and how one reacts.
import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";

/** One emoji on one message; a :name: is an emoji of the workspace's own. */
export type ReactionItem = {
  readonly emoji: string;
  /** of all who hold to it */
  readonly count: number;
  readonly mine: boolean;
  /** the first of them, not all when there are many */
  readonly users: readonly UserId[];
};

export interface ReactionCommands {
  /** says an emoji of a message, or takes it back */
  react(input: { ws: WorkspaceId; channel: ChannelId; id: EventId; emoji: string; on: boolean }): Promise<void>;
}
