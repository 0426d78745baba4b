// Which threads a person follows, and which replies in them are unread: one monotonic marker per thread (PROTOCOL M7, M11).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { type Kin, rootOf } from "./kin.ts";

export const THREADS = "thread";

/** What is kept of a thread that has replies here. Places are of the channel; 0: none. */
export type Facts = {
  readonly channel: ChannelId;
  readonly root: EventId;
  /** where its root stands, if it is this person's */
  readonly mine: number;
  /** the first thing that makes the thread his: his root, an answer of his, one that names him; as it stands now */
  readonly since: number;
  /** the newest reply, and when it came */
  readonly last: number;
  readonly at: number;
  /** the furthest that any marker said */
  readonly read: number;
};

export type BookRules = {
  readonly me: () => string;
  readonly followed: (channel: ChannelId, root: EventId) => "auto" | "on" | "off";
  readonly since: (channel: ChannelId) => number;
  /** where every thread is one's own, and every reply counts as a mention */
  readonly isDm: (channel: ChannelId) => boolean;
};

export type Heard = {
  /** names this person */
  readonly named: (record: EventRecord) => boolean;
  /** names him, or calls everybody */
  readonly called: (record: EventRecord) => boolean;
  /** his own roots among those that are answered, by place */
  readonly mine: ReadonlyMap<EventId, number>;
};
type Unread = { readonly pos: number; readonly mention: boolean };
export type Count = { readonly unread: number; readonly mentions: number };

const NONE: Count = { unread: 0, mentions: 0 };
const blank = (channel: ChannelId, root: EventId): Facts => ({
  channel,
  root,
  mine: 0,
  since: 0,
  last: 0,
  at: 0,
  read: 0,
});
const earlier = (a: number, b: number): number => (a === 0 || b === 0 ? Math.max(a, b) : Math.min(a, b));

export class ThreadBook {
  readonly #rules: BookRules;
  readonly #facts = new Map<EventId, Facts>();
  readonly #unread = new Map<EventId, Map<EventId, Unread>>();

  constructor(rules: BookRules) {
    this.#rules = rules;
  }

  load(rows: readonly { readonly value: Cbor }[]): void {
    for (const { value } of rows) {
      const facts = value as unknown as Facts;
      this.#facts.set(facts.root, facts);
    }
  }

  get(root: EventId): Facts | undefined {
    return this.#facts.get(root);
  }

  isFollowed(facts: Facts): boolean {
    const follow = this.#rules.followed(facts.channel, facts.root);
    return facts.last > 0 && (follow === "on" || (follow === "auto" && facts.since > 0));
  }

  followed(): Facts[] {
    return [...this.#facts.values()].filter((facts) => this.isFollowed(facts));
  }

  /** Takes what arrived. Gives the writes, and the threads that have to be counted anew. */
  take(channel: ChannelId, records: readonly EventRecord[], heard: Heard): { ops: VaultOp[]; recount: Set<EventId> } {
    const touched = new Set<EventId>();
    const recount = new Set<EventId>();
    for (const record of records) {
      const root = record.status === "opened" ? rootOf(record.content) : null;
      if (root === null || record.user === null) this.#ownRoot(record, touched, recount);
      else this.#reply(record, root, heard, touched, recount);
    }
    return { ops: [...touched].flatMap((root) => this.#keep(channel, root)), recount };
  }

  #reply(
    record: EventRecord,
    root: EventId,
    { named, called, mine }: Heard,
    touched: Set<EventId>,
    recount: Set<EventId>,
  ): void {
    const { channel, pos } = record;
    const before = this.#facts.get(root) ?? blank(channel, root);
    if (before.channel !== channel) return;
    const newest = pos > before.last;
    const root0 = before.mine === 0 ? (mine.get(root) ?? 0) : before.mine;
    const facts: Facts = {
      ...before,
      mine: root0,
      since: before.since === 0 ? root0 : before.since,
      last: Math.max(before.last, pos),
      at: newest ? record.receivedAt : before.at,
    };
    this.#facts.set(root, facts);
    touched.add(root);
    const own = record.user === this.#rules.me();
    // Plain words of others at the newest end change nothing but the number; anything else may change whose thread it is.
    if (own || named(record) || !newest || (facts.since === 0 && this.#rules.isDm(channel))) recount.add(root);
    else this.#note(facts, { id: record.id, pos, n: record.n, mention: called(record) });
  }

  /** A root that came after its replies. */
  #ownRoot(record: EventRecord, touched: Set<EventId>, recount: Set<EventId>): void {
    const facts = this.#facts.get(record.id);
    if (facts === undefined || facts.channel !== record.channel || record.user !== this.#rules.me()) return;
    if (record.status === "refused" || facts.mine === record.pos) return;
    this.#facts.set(record.id, { ...facts, mine: record.pos });
    touched.add(record.id);
    recount.add(record.id);
  }

  #note(facts: Facts, reply: { id: EventId; pos: number; n: number; mention: boolean }): void {
    if (!this.isFollowed(facts) || !this.#isNews(facts, reply)) return;
    const unread = this.#unread.get(facts.root) ?? new Map<EventId, Unread>();
    this.#unread.set(facts.root, unread);
    unread.set(reply.id, { pos: reply.pos, mention: reply.mention || this.#rules.isDm(facts.channel) });
  }

  #isNews(facts: Facts, { pos, n }: { pos: number; n: number }): boolean {
    return pos > facts.read && pos >= facts.since && n >= this.#rules.since(facts.channel);
  }

  /** Counts a thread anew from the replies that stand in it; gives the writes where that changes whose thread it is. */
  count(root: EventId, replies: readonly Kin[]): VaultOp[] {
    const before = this.#facts.get(root);
    this.#unread.delete(root);
    if (before === undefined) return [];
    const me = this.#rules.me();
    const direct = this.#rules.isDm(before.channel);
    const first = replies.find(({ user, names }) => direct || user === me || names)?.pos ?? 0;
    const facts: Facts = { ...before, since: earlier(before.mine, first) };
    this.#facts.set(root, facts);
    for (const reply of replies) if (reply.user !== me) this.#note(facts, reply);
    return facts.since === before.since ? [] : this.#keep(before.channel, root);
  }

  /** A marker, from wherever: threads are never less read than they were. */
  read(channel: ChannelId, root: EventId, pos: number): VaultOp[] {
    const before = this.#facts.get(root) ?? blank(channel, root);
    if (before.channel !== channel || pos <= before.read) return [];
    this.#facts.set(root, { ...before, read: pos });
    const unread = this.#unread.get(root);
    for (const [id, entry] of unread ?? []) if (entry.pos <= pos) unread?.delete(id);
    return this.#keep(channel, root);
  }

  of(root: EventId): Count {
    const facts = this.#facts.get(root);
    const unread = this.#unread.get(root);
    if (facts === undefined || unread === undefined || !this.isFollowed(facts)) return NONE;
    return { unread: unread.size, mentions: [...unread.values()].filter((one) => one.mention).length };
  }

  /** Threads with something unread, and mentions in all of them. */
  total(isOpen: (channel: ChannelId) => boolean): Count {
    let threads = 0;
    let mentions = 0;
    for (const root of this.#unread.keys()) {
      const facts = this.#facts.get(root);
      if (facts === undefined || !isOpen(facts.channel)) continue;
      const count = this.of(root);
      threads += count.unread > 0 ? 1 : 0;
      mentions += count.mentions;
    }
    return { unread: threads, mentions };
  }

  /** The first unread reply: the "New" line stands above it. */
  first(root: EventId): EventId | null {
    let first: [EventId, Unread] | null = null;
    for (const entry of this.#unread.get(root) ?? []) if (first === null || entry[1].pos < first[1].pos) first = entry;
    return first?.[0] ?? null;
  }

  #keep(channel: ChannelId, root: EventId): VaultOp[] {
    const facts = this.#facts.get(root);
    if (facts === undefined) return [];
    return [{ op: "put", table: THREADS, key: `${channel}/${root}`, value: facts as unknown as Cbor }];
  }
}
