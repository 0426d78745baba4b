// Unread messages by channel, from one monotonic marker per channel in the self scope (PROTOCOL M7, UX 2).
import { compare, equal } from "@/lib/base/bytes.ts";
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import { callsAllIn, isMentioned } from "@/lib/client/events/mentions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";

export type UnreadRules = {
  readonly me: string;
  /** read up to here, pending marks included */
  readonly readTo: (channel: ChannelId) => number;
  /** ledger position from which this person is in the channel: what was said before is no news */
  readonly since: (channel: ChannelId) => number;
  /** in DMs every message counts as a mention */
  readonly isDm: (channel: ChannelId) => boolean;
  /** whether `user` could delete what `author` wrote, at the deleter's ledger position (M8) */
  readonly mayDelete: (channel: ChannelId, by: { user: UserId; author: UserId; n: number }) => boolean;
};

type Message = { readonly pos: number; readonly user: UserId; readonly hash: Uint8Array; readonly named: boolean };
type Edit = { readonly rev: number; readonly hash: Uint8Array; readonly pos: number; readonly named: boolean };
type Deletion = { readonly user: UserId; readonly n: number; readonly hash: Uint8Array; readonly pos: number };
/** What later events say may come before what they are about: a message opens when its key comes (E7). */
type Channel = {
  readonly messages: Map<EventId, Message>;
  /** the newest edit by target, editor and the hash it names: another's, or of other bytes, hides no true one */
  readonly edits: Map<string, Edit>;
  readonly deletions: Map<EventId, Deletion[]>;
};

export type Unread = { readonly unread: number; readonly mentions: number };
const editName = (id: EventId, user: UserId, hash: Uint8Array): string => `${id} ${user} ${hash.join(".")}`;

/** Which messages of others lie after the marker; exact through edits, deletions and reopened messages. */
export class UnreadBook {
  readonly #rules: UnreadRules;
  readonly #channels = new Map<ChannelId, Channel>();

  constructor(rules: UnreadRules) {
    this.#rules = rules;
  }

  take(channel: ChannelId, records: readonly EventRecord[]): void {
    const known = this.#channels.get(channel) ?? { messages: new Map(), edits: new Map(), deletions: new Map() };
    this.#channels.set(channel, known);
    const readTo = this.#rules.readTo(channel);
    for (const record of records) if (record.status === "opened" && record.pos > readTo) this.#hear(known, record);
  }

  #hear(known: Channel, record: EventRecord): void {
    const { content, user, hash, pos, n, channel } = record;
    if (user === null || hash === null) return;
    const { me, since } = this.#rules;
    const named = (text: string, listed: readonly string[]) => isMentioned(me, text, listed) || callsAllIn(text);
    if (content?.k === "edit") {
      const edit = { rev: content.rev, hash, pos, named: named(content.text, content.mentions) };
      const name = editName(content.target.id, user, content.target.hash);
      const held = known.edits.get(name);
      const wins = held === undefined || edit.rev > held.rev || (edit.rev === held.rev && compare(hash, held.hash) > 0);
      if (wins) known.edits.set(name, edit);
    } else if (content?.k === "delete") {
      const deletions = known.deletions.get(content.target.id) ?? [];
      known.deletions.set(content.target.id, [...deletions, { user, n, hash: content.target.hash, pos }]);
    } else if ((content?.k === "message" || content?.k === "poll") && user !== me && n >= since(channel)) {
      // A reply is its thread's, unless it stands here too.
      if (content.thread !== null && (content.k === "poll" || content.also !== true)) return;
      const calls = content.k === "message" && named(content.text, content.mentions);
      known.messages.set(record.id, { pos, user, hash, named: calls });
    }
  }

  /** Forgets messages that are gone, and what was said of them. */
  forget(channel: ChannelId, ids: ReadonlySet<EventId>): void {
    const known = this.#channels.get(channel);
    if (known === undefined) return;
    for (const id of ids) {
      known.messages.delete(id);
      known.deletions.delete(id);
    }
    for (const name of known.edits.keys()) if (ids.has(name.split(" ")[0] as EventId)) known.edits.delete(name);
  }

  /** Forgets what lies at or before the marker. */
  read(channel: ChannelId, pos: number): void {
    const known = this.#channels.get(channel);
    if (known === undefined) return;
    for (const [id, message] of known.messages) if (message.pos <= pos) known.messages.delete(id);
    // Whatever speaks of a message lies behind it.
    for (const [name, edit] of known.edits) if (edit.pos <= pos) known.edits.delete(name);
    for (const [id, all] of known.deletions) if (all.every((one) => one.pos <= pos)) known.deletions.delete(id);
  }

  count(channel: ChannelId): Unread {
    const all = this.#unread(channel);
    return { unread: all.length, mentions: all.filter(({ mention }) => mention).length };
  }

  /** Null when a message is read, deleted, one's own or unknown; else whether it calls this person. */
  of(channel: ChannelId, id: EventId): { readonly mention: boolean } | null {
    const known = this.#channels.get(channel);
    const message = known?.messages.get(id);
    if (known === undefined || message === undefined || this.#isDeleted(channel, known, id, message)) return null;
    return { mention: this.#rules.isDm(channel) || mentions(known, id, message) };
  }

  /** The first unread message of a channel: the "New" line stands above it. */
  first(channel: ChannelId): EventId | null {
    let first: { id: EventId; pos: number } | null = null;
    for (const entry of this.#unread(channel)) if (first === null || entry.pos < first.pos) first = entry;
    return first?.id ?? null;
  }

  #unread(channel: ChannelId): { id: EventId; pos: number; mention: boolean }[] {
    const known = this.#channels.get(channel);
    if (known === undefined) return [];
    const dm = this.#rules.isDm(channel);
    return [...known.messages].flatMap(([id, message]) => {
      if (this.#isDeleted(channel, known, id, message)) return [];
      return [{ id, pos: message.pos, mention: dm || mentions(known, id, message) }];
    });
  }

  /** Whoever has no right to delete makes nobody's count wrong (M8). */
  #isDeleted(channel: ChannelId, known: Channel, id: EventId, { user: author, hash }: Message): boolean {
    const all = known.deletions.get(id);
    if (all === undefined) return false;
    return all.some(
      ({ user, n, hash: named }) => equal(named, hash) && this.#rules.mayDelete(channel, { user, author, n }),
    );
  }
}

/** By what the message says now. */
function mentions(known: Channel, id: EventId, { user, hash, named }: Message): boolean {
  if (known.edits.size === 0) return named;
  return known.edits.get(editName(id, user, hash))?.named ?? named;
}
