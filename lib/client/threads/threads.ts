// The threads of one account: what belongs to them, which are followed and read, and the ones that are looked at now (PROTOCOL M11).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import { storedRecord } from "@/lib/client/events/lookup.ts";
import { callsAll, isNamed } from "@/lib/client/events/mentions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { mayDelete } from "@/lib/proof/queries.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { THREADS, ThreadBook } from "./book.ts";
import { type Kin, KinIndex, rootOf, standing } from "./kin.ts";
import { Stretch } from "./stretch.ts";

/** Written once the index is whole; vaults of earlier versions have none. */
const META = "threadmeta";
/** Threads that stay loaded at once. */
const MOST_OPEN = 60;
const PAGE = 100;
/** Records written at once while an index is built anew. */
const REBUILT = 500;

type Follow = ContentOf<"thread">["follow"];
type Open = { readonly stretch: Stretch; most: number; work: Promise<void> };

export class Threads {
  readonly index: KinIndex;
  readonly book: ThreadBook;
  /** first unread when a thread was opened: stays while it is open */
  readonly newFrom = new Map<EventId, EventId | null>();
  readonly #account: Parts;
  readonly #open = new Map<EventId, Open>();
  /** what was said of threads and is still on its way to the self scope */
  readonly #pending = new Map<EventId, ContentOf<"thread">>();
  /** threads to be counted anew once what arrived is stored */
  readonly #due = new Map<EventId, ChannelId>();
  #whole = false;

  constructor(account: Parts) {
    this.#account = account;
    this.index = new KinIndex(account);
    this.book = new ThreadBook({
      me: () => account.me,
      followed: (channel, root) => this.follows(channel, root),
      since: (channel) => account.memberSince(channel),
      isDm: (channel) => account.scopeState(channel)?.kind === "dm",
    });
  }

  /** As was last said of a thread, pending words included. */
  follows(channel: ChannelId, root: EventId): Follow {
    const pending = this.#pending.get(root);
    if (pending?.channel === channel) return pending.follow;
    return this.#account.registers.value("thread", channel, root)?.follow ?? "auto";
  }

  /** The rev that the next word about a thread must carry. */
  nextRev(channel: ChannelId, root: EventId): number {
    const held = this.#account.registers.value("thread", channel, root)?.rev ?? 0;
    return Math.max(held, this.#pending.get(root)?.rev ?? 0) + 1;
  }

  async load(): Promise<void> {
    const { vault } = this.#account;
    this.book.load(await vault.scan(THREADS, { limit: Number.MAX_SAFE_INTEGER }));
    this.#whole = (await vault.get(META, "whole")) !== undefined;
    if (!this.#whole) await this.#rebuild();
    for (const { content } of this.#account.outbox.entries(this.#account.selfChannel))
      if (content.k === "thread") await vault.write(this.said(content));
    this.#due.clear();
    for (const facts of this.book.followed())
      if (facts.last > facts.read) await this.recount(facts.channel, facts.root);
  }

  /** The writes that records bring with them, before they are stored. */
  async take(channel: ChannelId, records: readonly EventRecord[]): Promise<VaultOp[]> {
    const ops: VaultOp[] = [];
    // Only here it is one's own word.
    const self = channel === this.#account.selfChannel;
    for (const { content } of records) if (self && content?.k === "thread") ops.push(...this.#heard(content));
    if (self) return ops;
    const named = (record: EventRecord) => isNamed(record.content, this.#account.me);
    const called = (record: EventRecord) => named(record) || callsAll(record.content);
    const placed = await this.index.take(channel, records, this.#account.log.mark(channel).high, { called, named });
    ops.push(...placed.ops);
    const mine = await this.#ownRoots(channel, records);
    const { ops: facts, recount } = this.book.take(channel, records, { named, called, mine });
    ops.push(...facts);
    for (const root of placed.changed) recount.add(root);
    for (const root of recount) this.#due.set(root, channel);
    if (!this.#whole && ops.length > 0) ops.push({ op: "put", table: META, key: "whole", value: 1 });
    if (ops.length > 0) this.#whole = true;
    return ops;
  }

  /** The same records, once they are stored. */
  shown(records: readonly EventRecord[]): void {
    for (const { stretch } of this.#open.values()) stretch.take(records);
    const due = [...this.#due];
    this.#due.clear();
    for (const [root, channel] of due) void this.recount(channel, root).catch(() => undefined);
  }

  /** This person's own word about a thread, which counts from now on; gives the writes that keep it. */
  said(content: ContentOf<"thread">): VaultOp[] {
    this.#pending.set(content.root, content);
    return this.book.read(content.channel, content.root, content.pos);
  }

  #heard(content: ContentOf<"thread">): VaultOp[] {
    const { channel, root, rev, pos } = content;
    const pending = this.#pending.get(root);
    if (pending !== undefined && rev >= pending.rev) this.#pending.delete(root);
    if (this.book.get(root) !== undefined) this.#due.set(root, channel);
    return this.book.read(channel, root, pos);
  }

  /** Counts a thread from what is stored, its unread replies and those that stand; again while it changes. */
  async recount(channel: ChannelId, root: EventId): Promise<void> {
    for (;;) {
      const facts = this.book.get(root);
      if (facts === undefined) return;
      const stretch = this.#open.get(root)?.stretch;
      const rows = await this.index.rows(channel, root);
      if (this.book.get(root) !== facts) continue;
      const replies = this.standing(channel, rows);
      const ops = this.book.count(root, replies);
      stretch?.counted(replies);
      this.#account.changed({ channel });
      this.#account.changed("workspace");
      await this.#account.vault.write(ops);
      return;
    }
  }

  /** Replies that were not deleted by whoever may. */
  standing(channel: ChannelId, rows: readonly Kin[]): Kin[] {
    const { state } = this.#account;
    return standing(rows, (by, author) => mayDelete(state, { user: by.user, author, channel }, by.n) === null);
  }

  /** Somebody looks: the "New" line stands where it stands now, as long as he does. */
  look(root: EventId): void {
    this.newFrom.set(root, this.book.first(root));
  }

  /** A thread that is looked at: loaded, and kept up to date while it is among the last looked at. */
  stretch(channel: ChannelId, root: EventId): Stretch {
    return this.#opened(channel, root).stretch;
  }

  async ready(channel: ChannelId, root: EventId): Promise<Stretch> {
    const open = this.#opened(channel, root);
    await open.work;
    return open.stretch;
  }

  async older(channel: ChannelId, root: EventId): Promise<void> {
    const open = this.#opened(channel, root);
    await open.work;
    if (!open.stretch.hasOlder) return;
    open.most = Math.max(open.stretch.replies, open.most) + PAGE;
    open.work = this.#fill(open.stretch, open.most);
    await open.work;
  }

  /** A record in the channel's window or in an open thread. */
  find(channel: ChannelId, id: EventId): EventRecord | undefined {
    const here = this.#account.log.find(channel, id);
    if (here !== undefined) return here;
    for (const { stretch } of this.#open.values()) {
      const found = stretch.channel === channel ? stretch.find(id) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #opened(channel: ChannelId, root: EventId): Open {
    const known = this.#open.get(root);
    const stretch = new Stretch(channel, root);
    const open = known?.stretch.channel === channel ? known : { stretch, most: PAGE, work: this.#fill(stretch, PAGE) };
    this.#open.delete(root);
    this.#open.set(root, open);
    for (const old of [...this.#open.keys()].slice(0, -MOST_OPEN)) this.#open.delete(old);
    return open;
  }

  async #fill(stretch: Stretch, most: number): Promise<void> {
    const { channel, root } = stretch;
    const { vault } = this.#account;
    const rows = await this.index.rows(channel, root);
    await stretch.load(vault, rows, await storedRecord(vault, channel, root), most);
    stretch.counted(this.standing(channel, rows));
    this.#account.changed({ channel });
  }

  /** Roots of this person's, by the places where they stand, of threads that these records answer in. */
  async #ownRoots(channel: ChannelId, records: readonly EventRecord[]): Promise<Map<EventId, number>> {
    const mine = new Map<EventId, number>();
    const looked = new Set<EventId>();
    for (const record of records) {
      const root = rootOf(record.content);
      if (root === null || looked.has(root) || this.book.get(root) !== undefined) continue;
      looked.add(root);
      const here = records.find((one) => one.id === root) ?? this.#account.log.find(channel, root);
      const found = here ?? (await storedRecord(this.#account.vault, channel, root));
      if (found?.user === this.#account.me && found.status !== "refused") mine.set(root, found.pos);
    }
    return mine;
  }

  /** Builds the index of a vault that has none, from everything that is stored. */
  async #rebuild(): Promise<void> {
    const account = this.#account;
    for (const channel of account.channels()) {
      const records = await account.log.since(channel, 0);
      for (let at = 0; at < records.length; at += REBUILT)
        await account.vault.write(await this.take(channel, records.slice(at, at + REBUILT)));
    }
    for (const content of account.registers.all("thread")) await account.vault.write(this.#heard(content));
    await account.vault.put(META, "whole", 1);
    this.#whole = true;
  }
}
