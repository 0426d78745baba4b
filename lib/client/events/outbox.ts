// What was written here and must reach the server exactly once: sealed, stored, sent in order, sealed anew when stale (M2, M10).
import { asFault, Fault, type FaultCode, isFault } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, ID_BYTES, mintId, type ScopeId, type SessionId } from "@/lib/base/ids.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import type { Rooms } from "@/lib/client/keys/rooms.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { Clock } from "@/lib/client/ports.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { channelKey } from "@/lib/crypto/epoch.ts";
import { sealEvent } from "@/lib/crypto/message.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import { toEventJson } from "@/lib/protocol/sync.ts";
import type { Log } from "./log.ts";
import { entryOp, isUnderNewest, OUTBOX, type OutboxEntry, parseEntry, removalOf, shutOut } from "./outbox-entry.ts";
import { isOwn } from "./records.ts";

/** Sendings in a row of which nothing lands, as while keys turn, before the rest waits like after any lost answer. */
const PATIENT_ROUNDS = 16;

export type OutboxOptions = {
  readonly vault: Vault;
  readonly session: Session;
  readonly book: Book;
  readonly rooms: Rooms;
  readonly log: Log;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly scopeOf: (channel: ChannelId) => ScopeId | undefined;
  /** nothing is sealed or sent there: somebody has another root key than the one that was compared (A4), or older words go first (L10) */
  readonly held: (channel: ChannelId) => boolean;
  readonly changed: (channel: ChannelId) => void;
  /** asks for rows up to this place: they were acknowledged and may not have come back */
  readonly pull: (channel: ChannelId, pos: number) => Promise<void>;
  /** the server holds other bytes under an id than were sealed here */
  readonly replaced: (channel: ChannelId) => void;
};

type Sent = "go-on" | "wait" | "again";

export class Outbox {
  readonly #options: OutboxOptions;
  /** one session per engine start and channel, numbered from 0 (M2) */
  readonly #lines = new Map<ChannelId, { session: SessionId; next: number }>();
  readonly #entries = new Map<EventId, OutboxEntry>();
  readonly #locks = new Map<ChannelId, Mutex>();
  /** entries whose row came back and whose removal is on its way to the disk */
  readonly #ending = new Set<EventId>();
  #order = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Reads what an earlier run left behind. */
  async load(): Promise<void> {
    const rows = await this.#options.vault.scan<Cbor>(OUTBOX, { limit: Number.MAX_SAFE_INTEGER });
    for (const row of rows) {
      const entry = parseEntry(row.value);
      this.#order = Math.max(this.#order, entry.order);
      if (await this.#cameBack(entry)) await this.#options.vault.write([removalOf(entry)]);
      else this.#entries.set(entry.id, entry);
    }
  }

  /** Entries of one channel, or all, in the order they were written. */
  entries(channel?: ChannelId): OutboxEntry[] {
    const all = [...this.#entries.values()].filter((entry) => channel === undefined || entry.channel === channel);
    return all.sort((a, b) => a.order - b.order);
  }

  get(id: EventId): OutboxEntry | undefined {
    return this.#entries.get(id);
  }

  get size(): number {
    return [...this.#entries.values()].filter((entry) => entry.pos === null).length;
  }

  /**
   * Stores an event to send, in one write with the end of those it goes out `instead` of, and with `more` that is not to
   * be without it. The same id twice is one event.
   */
  async add(
    channel: ChannelId,
    content: Content,
    id: EventId = mintId<"event">(randomBytes(ID_BYTES)),
    instead: readonly EventId[] = [],
    more: readonly VaultOp[] = [],
  ): Promise<EventId> {
    if (this.#entries.has(id)) return id;
    this.#order += 1;
    const entry: OutboxEntry = {
      id,
      channel,
      order: this.#order,
      content,
      createdAt: this.#options.clock.now(),
      sealed: null,
      sent: false,
      pos: null,
      failed: null,
    };
    await this.#store(entry, [...instead.flatMap((old) => this.removal(old)), ...more]);
    for (const old of instead) this.forget(old);
    return id;
  }

  /** The write that ends an entry which came back as a row; `forget` follows once the row shows, so that nothing flickers. */
  removal(id: EventId): VaultOp[] {
    const entry = this.#entries.get(id);
    if (entry === undefined) return [];
    this.#ending.add(id);
    return [removalOf(entry)];
  }

  forget(id: EventId): void {
    this.#entries.delete(id);
    this.#ending.delete(id);
  }

  /** It lies in the log as a verified row of this person's: an answer, or an engine's end, came in between. */
  async #cameBack(entry: OutboxEntry): Promise<boolean> {
    if (!entry.sent) return false;
    const record = await this.#options.log.byId(entry.channel, entry.id);
    return record !== undefined && isOwn(record, this.#options.keyring.user);
  }

  async discard(id: EventId): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.pos !== null) return;
    await this.#options.vault.write(this.removal(id));
    this.forget(id);
    await this.#unsealBehind(entry);
    this.#options.changed(entry.channel);
  }

  async retry(id: EventId): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry !== undefined && entry.failed !== null) await this.#keep({ ...entry, failed: null });
  }

  /** Sends what waits in a channel, in order; resolves when nothing more can go now. Net faults reject. */
  async flush(channel: ChannelId): Promise<void> {
    await this.#lock(channel).run(async () => {
      let fewest = Number.POSITIVE_INFINITY;
      let idle = 0;
      for (;;) {
        const waiting = this.entries(channel).filter((entry) => entry.pos === null && entry.failed === null);
        if (waiting.length === 0 || this.#options.held(channel)) return;
        const failed = shutOut(this.#options.book.state, this.#options.keyring.user, channel);
        for (const entry of failed === null ? [] : waiting) await this.#keep({ ...entry, failed });
        if (failed !== null) return;
        idle = waiting.length < fewest ? 0 : idle + 1;
        fewest = Math.min(fewest, waiting.length);
        // A server that takes nothing and gives no reason would keep this going as fast as it answers.
        if (idle > PATIENT_ROUNDS) throw new Fault("net/bad-answer", { detail: "events.append" });
        const ready = await this.#seal(channel, waiting);
        if (ready.length === 0) return;
        const outcome = await this.#send(channel, ready);
        if (outcome === "wait") return;
      }
    });
  }

  /** Sends everything that waits; one channel's trouble stops no other. */
  async flushAll(): Promise<void> {
    const channels = new Set(this.entries().map((entry) => entry.channel));
    const results = await Promise.allSettled([...channels].map((channel) => this.flush(channel)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw asFault(failed.reason);
  }

  /** The front of the queue with sealed bytes that may go now. */
  async #seal(channel: ChannelId, waiting: readonly OutboxEntry[]): Promise<OutboxEntry[]> {
    const scope = this.#options.scopeOf(channel);
    if (scope === undefined) return [];
    const ready: OutboxEntry[] = [];
    let resealing = false;
    for (const entry of waiting.slice(0, LIMITS.eventsPerAppend)) {
      const stale = resealing || (await this.#isStale(scope, entry));
      if (entry.sealed !== null && !stale) {
        ready.push(entry);
        continue;
      }
      resealing = true;
      const sealed = await this.#sealOne(scope, entry);
      if (sealed === undefined) break;
      ready.push(sealed);
    }
    // Numbers are per session: entries of an earlier run go out in batches of their own.
    const session = ready[0]?.sealed?.session;
    return ready.filter((entry) => entry.sealed?.session === session);
  }

  /** Sealed under a key that may no longer be written with (E4). What may have landed is asked for before it is sealed anew. */
  async #isStale(scope: ScopeId, entry: OutboxEntry): Promise<boolean> {
    if (entry.sealed === null) return true;
    const { book, rooms, session, keyring } = this.#options;
    const self = rooms.isSelf(scope) ? keyring.user : null;
    if (isUnderNewest(book.state, scope, self, entry.sealed.epoch)) return false;
    if (!entry.sent) return true;
    try {
      await session.call("events.row", { channel: entry.channel, id: entry.id });
      return false;
    } catch (thrown) {
      if (isFault(thrown, "may/not-found")) return true;
      throw thrown;
    }
  }

  async #sealOne(scope: ScopeId, entry: OutboxEntry): Promise<OutboxEntry | undefined> {
    const { book, rooms, keyring, log, clock } = this.#options;
    const write = await rooms.writeKey(scope);
    if (write === undefined) return undefined;
    const { session, seq } = entry.sealed ?? this.#nextPlace(entry.channel);
    const mark = log.mark(entry.channel);
    const prevs = [mark.lastOwn, mark.lastOther].filter((ref) => ref !== null);
    const header = {
      v: VERSION,
      class: "stored",
      ws: keyring.ws,
      channel: entry.channel,
      epoch: write.epoch,
      user: keyring.user,
      device: keyring.device.id,
      session,
      seq,
      id: entry.id,
    } as const;
    const fresh = sealEvent({
      header,
      kc: write.kc,
      channelKey: channelKey(write.key, entry.channel),
      signKey: keyring.device.secrets.sign,
      prevs,
      n: book.state.n,
      head: book.state.head,
      sentAt: entry.sealed === null ? entry.createdAt : clock.now(),
      content: entry.content,
    });
    const { nonce, ciphertext, hash } = fresh;
    const sealed = { header: fresh.header, nonce, ciphertext, hash, epoch: write.epoch, session, seq };
    const kept = { ...entry, sealed, sent: false };
    await this.#keep(kept);
    return kept;
  }

  async #send(channel: ChannelId, ready: readonly OutboxEntry[]): Promise<Sent> {
    const here = ready.filter(({ id }) => this.#entries.has(id) && !this.#ending.has(id));
    if (here.length < ready.length) return "again";
    const going = ready.map((entry): OutboxEntry => ({ ...entry, sent: true }));
    await this.#options.vault.write(going.map(entryOp));
    for (const entry of going) if (this.#entries.has(entry.id)) this.#entries.set(entry.id, entry);
    const events = going.flatMap((entry) => (entry.sealed === null ? [] : [toEventJson(entry.sealed)]));
    const answer = await this.#options.session.call("events.append", { channel, events });
    for (const { id, pos } of answer.accepted) await this.#landed(id, pos);
    const last = answer.accepted.at(-1);
    if (last !== undefined) void this.#options.pull(channel, last.pos);
    if (answer.refused === null) return "go-on";
    return await this.#refused(channel, answer.refused);
  }

  async #refused(channel: ChannelId, refused: { id: EventId; code: FaultCode }): Promise<Sent> {
    const entry = this.#entries.get(refused.id);
    if (entry === undefined) return "again";
    if (refused.code === "proof/stale-epoch" || refused.code === "proof/revoked-between") {
      await this.#options.book.sync();
      await this.#keep({ ...entry, sent: false });
      return "again";
    }
    if (refused.code === "event/exists") {
      await this.#compare(entry);
      return "again";
    }
    if (refused.code === "event/out-of-order") {
      await this.#renumber(channel);
      return "again";
    }
    await this.#keep({ ...entry, failed: refused.code });
    await this.#unsealBehind(entry);
    return "again";
  }

  /** The id is taken: it landed in an earlier form of ours, or somebody else's bytes lie under it (M10). */
  async #compare(entry: OutboxEntry): Promise<void> {
    const { columns } = await this.#options.session.call("events.row", { channel: entry.channel, id: entry.id });
    const mine = columns.device === this.#options.keyring.device.id;
    if (mine && typeof columns.pos === "number") return await this.#landed(entry.id, columns.pos);
    if (typeof columns.pos === "number" && (await this.#isOtherDevices(entry, columns.pos))) return;
    // A foreign row under this id: ours takes another one, so that nothing of it is lost (MS-40).
    await this.#options.vault.write(this.removal(entry.id));
    this.forget(entry.id);
    await this.#store({ ...entry, id: mintId<"event">(randomBytes(ID_BYTES)), sealed: null, sent: false });
  }

  /** Another device of one's own sent what this one was about to, under the id that both were given (M6, M11). */
  async #isOtherDevices(entry: OutboxEntry, pos: number): Promise<boolean> {
    await this.#options.pull(entry.channel, pos);
    // Whose row it is was not heard yet: under a new id the same thing could be said twice. It waits, and asks again.
    if (this.#options.log.mark(entry.channel).high < pos) throw new Fault("net/timeout", { detail: "sync.pull" });
    const record = await this.#options.log.byId(entry.channel, entry.id);
    if (record === undefined || !isOwn(record, this.#options.keyring.user)) return false;
    if (this.#entries.has(entry.id)) await this.#options.vault.write(this.removal(entry.id));
    this.forget(entry.id);
    return true;
  }

  /**
   * A row came under this entry's id that does not open as ours. If the server holds other bytes there than were sealed
   * here, nobody will ever read it: that is told, and what was written waits, under a new id, to be sent again by a
   * person. Not by itself: a server could keep that going (MS-40, MS-49).
   */
  async doubt(id: EventId, code: FaultCode): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.sealed === null || !entry.sent || this.#ending.has(id)) return;
    const { columns } = await this.#options.session.call("events.row", { channel: entry.channel, id });
    if (columns.ciphertext === toJson(entry.sealed.ciphertext) || !this.#entries.has(id)) return;
    if (await this.#cameBack(entry)) return;
    this.#options.replaced(entry.channel);
    await this.#options.vault.write(this.removal(id));
    this.forget(id);
    const fresh = mintId<"event">(randomBytes(ID_BYTES));
    await this.#store({ ...entry, id: fresh, sealed: null, sent: false, pos: null, failed: code });
  }

  /** Our numbers do not fit the server's, as after a crash between two writes: a new session starts from 0 (M2). */
  async #renumber(channel: ChannelId): Promise<void> {
    this.#lines.delete(channel);
    for (const entry of this.entries(channel))
      if (entry.pos === null) await this.#keep({ ...entry, sealed: null, sent: false });
  }

  /** A refused entry's number is free again: what follows it was refused too and takes new numbers. */
  async #unsealBehind(gone: OutboxEntry): Promise<void> {
    if (gone.sealed === null) return;
    const line = this.#lines.get(gone.channel);
    if (line?.session === gone.sealed.session) line.next = gone.sealed.seq;
    for (const entry of this.entries(gone.channel)) {
      if (entry.order > gone.order && entry.pos === null && entry.sealed?.session === gone.sealed.session)
        await this.#keep({ ...entry, sealed: null, sent: false });
    }
  }

  async #landed(id: EventId, pos: number): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    await this.#keep({ ...entry, pos, sent: true });
    // Landed in an earlier form, whose row has come already: none will come again.
    if (!(await this.#cameBack({ ...entry, sent: true }))) return;
    await this.#options.vault.write(this.removal(id));
    this.forget(id);
    this.#options.changed(entry.channel);
  }

  /** The server fell back: what it had acknowledged may not lie there any more, and is sent again (L10). */
  async unlanded(): Promise<void> {
    for (const entry of this.entries()) if (entry.pos !== null) await this.#keep({ ...entry, pos: null });
  }

  #nextPlace(channel: ChannelId): { session: SessionId; seq: number } {
    const line = this.#lines.get(channel) ?? { session: mintId<"session">(randomBytes(ID_BYTES)), next: 0 };
    this.#lines.set(channel, line);
    line.next += 1;
    return { session: line.session, seq: line.next - 1 };
  }

  /** What has not landed is to be sealed by another device of the same person, under the same id (D2, M10). */
  async unseal(): Promise<void> {
    for (const entry of this.entries())
      if (entry.pos === null) await this.#keep({ ...entry, sealed: null, failed: null });
  }

  /** Changes an entry that is still here. */
  async #keep(entry: OutboxEntry): Promise<void> {
    // Its row came back meanwhile: a late answer must not write it anew behind its end.
    if (this.#entries.has(entry.id) && !this.#ending.has(entry.id)) await this.#store(entry);
  }

  async #store(entry: OutboxEntry, more: readonly VaultOp[] = []): Promise<void> {
    await this.#options.vault.write([entryOp(entry), ...more]);
    this.#entries.set(entry.id, entry);
    this.#options.changed(entry.channel);
  }

  #lock(channel: ChannelId): Mutex {
    const lock = this.#locks.get(channel) ?? new Mutex();
    this.#locks.set(channel, lock);
    return lock;
  }
}
