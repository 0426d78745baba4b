// Unread messages by channel, from one monotonic marker per channel in the self scope (PROTOCOL M7, UX 2).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { isMentioned } from "@/lib/client/events/mentions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";

type Unread = { readonly pos: number; readonly mention: boolean };

export type UnreadRules = {
  readonly me: string;
  /** read up to here, pending marks included */
  readonly readTo: (channel: ChannelId) => number;
  /** ledger position from which this person is in the channel: what was said before is no news */
  readonly since: (channel: ChannelId) => number;
  /** in DMs every message counts as a mention */
  readonly isDm: (channel: ChannelId) => boolean;
};

/** Which messages of others lie after the marker; exact through edits, deletions and reopened messages. */
export class UnreadBook {
  readonly #rules: UnreadRules;
  readonly #channels = new Map<ChannelId, Map<EventId, Unread>>();

  constructor(rules: UnreadRules) {
    this.#rules = rules;
  }

  take(channel: ChannelId, records: readonly EventRecord[]): void {
    const unread = this.#channels.get(channel) ?? new Map<EventId, Unread>();
    this.#channels.set(channel, unread);
    const readTo = this.#rules.readTo(channel);
    for (const record of records) {
      const { content } = record;
      if (content?.k === "delete") unread.delete(content.target.id);
      if (record.status !== "opened" || content?.k !== "message") continue;
      if (record.user === this.#rules.me || record.pos <= readTo || record.n < this.#rules.since(channel)) continue;
      const mention = this.#rules.isDm(channel) || isMentioned(this.#rules.me, content.text, content.mentions);
      unread.set(record.id, { pos: record.pos, mention });
    }
  }

  /** Forgets what lies at or before the marker. */
  read(channel: ChannelId, pos: number): void {
    const unread = this.#channels.get(channel);
    for (const [id, entry] of unread ?? []) if (entry.pos <= pos) unread?.delete(id);
  }

  count(channel: ChannelId): { unread: number; mentions: number } {
    const all = [...(this.#channels.get(channel)?.values() ?? [])];
    return { unread: all.length, mentions: all.filter((entry) => entry.mention).length };
  }

  /** The first unread message of a channel: the "New" line stands above it. */
  first(channel: ChannelId): EventId | null {
    let first: [EventId, Unread] | null = null;
    for (const entry of this.#channels.get(channel) ?? [])
      if (first === null || entry[1].pos < first[1].pos) first = entry;
    return first?.[0] ?? null;
  }
}
