// What screens see of a channel's timeline: messages, files, and what stands between them.
import type { FaultCode } from "@/lib/base/faults.ts";
import type { ChannelId, DeviceId, EventId, UserId } from "@/lib/base/ids.ts";
import type { PollItem, QuoteItem } from "@/lib/client/api/conversation/said.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";
import type { ReactionItem } from "@/lib/client/api/talk/reactions.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";

/** The rest sign: sending → sealed → delivered (DESIGN 6). */
export type SendState = "sending" | "sealed" | "delivered" | "failed";
/** What stands under a message that has replies. */
export type RepliesItem = {
  /** without those that were deleted */
  readonly count: number;
  readonly lastAt: number;
  /** who wrote, the newest first, not all when there are many */
  readonly users: readonly UserId[];
  readonly unread: number;
  readonly followed: boolean;
};

export type MessageItem = {
  readonly t: "message";
  readonly id: EventId;
  readonly pos: number | null;
  readonly author: UserId;
  readonly device: DeviceId;
  readonly sentAt: number;
  readonly receivedAt: number | null;
  readonly text: string;
  readonly markup: readonly MarkupNode[];
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly late: boolean;
  readonly mentionsMe: boolean;
  readonly mine: boolean;
  readonly files: readonly FileItem[];
  readonly reactions: readonly ReactionItem[];
  /** another message inside of it */
  readonly quote: QuoteItem | null;
  /** answers to `text`, which is the question */
  readonly poll: PollItem | null;
  readonly pinned: boolean;
  /** the root of the thread that this is a reply in */
  readonly thread: EventId | null;
  /** what was answered to it; null: nothing */
  readonly replies: RepliesItem | null;
  readonly state: SendState;
  readonly fault: FaultCode | null;
  readonly mayDelete: boolean;
};
/** Why a stored event is not shown, and what mends it (M9). */
export type WaitingItem = {
  readonly t: "waiting";
  readonly id: EventId;
  readonly pos: number;
  readonly author: UserId;
  readonly receivedAt: number;
  readonly helpers: readonly UserId[];
};
export type RefusedItem = {
  readonly t: "refused";
  readonly id: EventId;
  readonly pos: number;
  readonly claimed: UserId | null;
  readonly receivedAt: number;
  readonly code: FaultCode;
};
export type SystemWhat =
  | "created"
  | "joined"
  | "added"
  | "removed"
  | "left"
  | "renamed"
  | "archived"
  | "pinned"
  | "device-added"
  | "device-removed"
  | "key-changed"
  | "readmitted"
  | "history-cut";
export type SystemItem = {
  readonly t: "system";
  readonly id: string;
  readonly at: number;
  readonly what: SystemWhat;
  readonly actor: UserId;
  readonly subject: UserId | null;
  readonly text: string;
};
export type TimelineItem = MessageItem | WaitingItem | RefusedItem | SystemItem;
export type TimelineView = {
  readonly channel: ChannelId;
  readonly items: readonly TimelineItem[];
  readonly hasOlder: boolean;
  /** a stretch around an old message, which does not reach the newest ones */
  readonly hasNewer: boolean;
  readonly loadingOlder: boolean;
  /** first unread event when the channel was opened: the "New" line stands above it */
  readonly newFrom: EventId | null;
  readonly draft: string;
};
