// What screens see of threads, and what one does with them.
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { TimelineItem } from "@/lib/client/api/timeline.ts";

export type ThreadView = {
  readonly channel: ChannelId;
  readonly root: EventId;
  /** the root first, where this device holds it; then the replies, oldest first */
  readonly items: readonly TimelineItem[];
  readonly count: number;
  readonly hasOlder: boolean;
  /** first unread reply when the thread was opened: the "New" line stands above it */
  readonly newFrom: EventId | null;
  readonly unread: number;
  readonly followed: boolean;
  readonly draft: string;
};

/** A followed thread in the list of them: its root and its newest replies. */
export type ThreadCard = Pick<ThreadView, "channel" | "root" | "items" | "count" | "unread"> & {
  readonly mentions: number;
  readonly lastAt: number;
};

export type ThreadsView = {
  /** unread ones first, then by their newest reply; not all when there are many */
  readonly threads: readonly ThreadCard[];
  /** all that are followed */
  readonly count: number;
  /** how many of them are listed at most */
  readonly most: number;
};

/** Followed threads with something unread, and mentions in them. */
export type ThreadCounts = { readonly unread: number; readonly mentions: number };

type InThread = { ws: WorkspaceId; channel: ChannelId; root: EventId };
export interface ThreadCommands {
  followThread(input: InThread & { on: boolean }): Promise<void>;
  markThreadRead(input: InThread): Promise<void>;
  /** every followed thread that this person may read */
  markThreadsRead(input: { ws: WorkspaceId }): Promise<void>;
  loadOlderReplies(input: InThread): Promise<void>;
}
