// What a message may carry beside its text: another message as its sender read it, or a poll.
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";

/**
 * How a quote stands to its original, as far as this device can tell. same: word for word; earlier: as it was before an
 * edit; differs: not what its author wrote; gone: deleted since; unseen: this device cannot open it.
 */
export type QuoteCheck = "same" | "earlier" | "differs" | "gone" | "unseen";

/** A message inside a message: the word of whoever quotes it. */
export type QuoteItem = {
  readonly channel: ChannelId;
  readonly id: EventId;
  readonly author: UserId;
  readonly at: number;
  readonly text: string;
  readonly markup: readonly MarkupNode[];
  readonly check: QuoteCheck;
};

/** A poll with its votes as they stand. */
export type PollItem = {
  readonly many: boolean;
  readonly options: readonly {
    /** its index, by which it is chosen */
    readonly n: number;
    readonly text: string;
    readonly voters: readonly UserId[];
  }[];
  /** people who voted, each once */
  readonly voters: number;
  /** what this person chose, by index */
  readonly mine: readonly number[];
  readonly ended: boolean;
  /** its author may end it, and open it again */
  readonly mayEnd: boolean;
};
