// The channels as this device holds them: rows opened in order, kept, reopened when keys come, read in windows.
import { equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, ScopeId } from "@/lib/base/ids.ts";
import { Past } from "@/lib/client/events/past/past.ts";
import type { Rooms } from "@/lib/client/keys/rooms.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import type { EpochKey } from "@/lib/crypto/keys.ts";
import type { OpenedEvent } from "@/lib/crypto/message.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import { type InboxContext, openAll, openRow, parseRow, verifiedAhead } from "./inbox.ts";
import { storedAt, storedBeside } from "./lookup.ts";
import { Prevs } from "./prevs.ts";
import {
  type ChannelMark,
  EMPTY_MARK,
  EVENTS,
  type EventRecord,
  IDS,
  type IdEntry,
  MARKS,
  markOp,
  parseMark,
  parseRecord,
  recordKey,
  recordOps,
  withoutGone,
} from "./records.ts";
import { insert, rowOf } from "./window.ts";
import { Windows } from "./windows.ts";

const WINDOW = 100;
/** After every place. */
const BEYOND = 999_999_999_999;

export type LogOptions = {
  readonly vault: Vault;
  readonly book: Book;
  readonly rooms: Rooms;
  readonly me: string;
  readonly verifier: Parameters<typeof verifiedAhead>[2];
  /** the scope of a channel, also for the self scope; undefined when the ledger does not know it */
  readonly scopeOf: (channel: ChannelId) => ScopeId | undefined;
  /** records that are new or changed, in order, before they are visible in any window; more writes may ride along */
  readonly arrived: (channel: ChannelId, records: readonly EventRecord[]) => Promise<VaultOp[]>;
  /** the same records, once they are stored and show */
  readonly shown: (records: readonly EventRecord[]) => void;
  readonly changed: (channel: ChannelId) => void;
  /** what no single row shows: it concerns the whole channel */
  readonly fault: (code: FaultCode, channel: ChannelId, record: EventRecord | null) => void;
  /** a verified author whose ledger is another than ours, with his sealed statement as evidence (L9) */
  readonly conflict: (record: EventRecord, stated: OpenedEvent, row: RowJson) => void;
};

/**
 * What came of a page: rows that were new, those of them that opened or may open later, rows that made no sense, and
 * rows held already that came again at a place after a restore of the server.
 */
export type Taken = {
  readonly taken: number;
  readonly useful: number;
  readonly malformed: number;
  readonly again: number;
};

/** A row with what is kept of it. */
type Held = { readonly record: EventRecord; readonly row: RowJson };

export class Log {
  readonly #options: LogOptions;
  readonly #marks = new Map<ChannelId, ChannelMark>();
  readonly #windows: Windows;
  readonly #locks = new Map<ChannelId, Mutex>();
  readonly #lastAt = new Map<ChannelId, number>();
  readonly #waiting = new Map<ChannelId, Set<number>>();
  readonly #prevs: Prevs;
  readonly past: Past;

  constructor(options: LogOptions) {
    this.#options = options;
    this.past = new Past(options.vault);
    this.#prevs = new Prevs(options.vault, options.fault);
    this.#windows = new Windows((channel) => this.#read(channel, undefined, WINDOW));
  }

  /** Reads what was seen of every channel. */
  async load(): Promise<void> {
    const rows = await this.#options.vault.scan<Cbor>(MARKS, { limit: Number.MAX_SAFE_INTEGER });
    for (const row of rows) this.#marks.set(row.key as ChannelId, parseMark(row.value));
  }

  get marks(): ReadonlyMap<ChannelId, ChannelMark> {
    return this.#marks;
  }

  mark(channel: ChannelId): ChannelMark {
    return this.#marks.get(channel) ?? EMPTY_MARK;
  }

  /** The loaded stretch of a channel; empty until `open`. */
  records(channel: ChannelId): readonly EventRecord[] {
    return this.#windows.get(channel)?.records ?? [];
  }

  /** When the newest event of a channel was received, as far as this run has seen; 0 before. */
  lastAt(channel: ChannelId): number {
    return this.#lastAt.get(channel) ?? 0;
  }

  find(channel: ChannelId, id: EventId): EventRecord | undefined {
    return this.#windows.get(channel)?.byId.get(id) ?? this.past.find(channel, id);
  }

  /** Loads the newest stretch of a channel, if none is loaded. */
  async open(channel: ChannelId): Promise<void> {
    await this.#windows.open(channel);
  }

  isOpen(channel: ChannelId): boolean {
    return this.#windows.get(channel) !== undefined;
  }

  /** Puts up to `count` older stored records in front; false when the vault has no more. */
  async older(channel: ChannelId, count: number = WINDOW): Promise<boolean> {
    await this.open(channel);
    const window = this.#windows.get(channel);
    const first = window?.records[0];
    if (window === undefined || first === undefined) return false;
    const more = await this.#read(channel, first.pos, count);
    for (const record of more) insert(window, record);
    return more.length > 0;
  }

  /** Every stored record after a position, oldest first: for counts and whole state channels. */
  async since(channel: ChannelId, pos: number): Promise<EventRecord[]> {
    const rows = await this.#options.vault.scan<Cbor>(EVENTS, {
      prefix: `${channel}/`,
      after: recordKey(channel, pos),
      limit: Number.MAX_SAFE_INTEGER,
    });
    return rows.map((row) => parseRecord(channel, row.value));
  }

  /**
   * Takes rows as a server gave them: `newer` ones follow what is held, `older` ones precede it. Malformed rows are
   * told and dropped; the rest is stored whole before anything of it shows.
   */
  async take(channel: ChannelId, values: readonly unknown[], direction: "newer" | "older"): Promise<Taken> {
    const scope = this.#options.scopeOf(channel);
    if (scope === undefined) return { taken: 0, useful: 0, malformed: 0, again: 0 };
    const rows = values.map(parseRow).filter((row): row is RowJson => row !== undefined);
    const malformed = values.length - rows.length;
    if (malformed > 0) this.#options.fault("net/bad-answer", channel, null);
    const dark = new Set<number>();
    const taken = await this.#lock(channel).run(async () => {
      const first = await this.#takeSome(channel, scope, rows, direction, false, dark);
      if (first.ahead === null) return { ...first, malformed };
      await this.#options.book.syncTo(first.ahead);
      const rest = await this.#takeSome(channel, scope, rows, direction, true, dark);
      const sum = (key: "taken" | "useful" | "again") => first[key] + rest[key];
      return { taken: sum("taken"), useful: sum("useful"), again: sum("again"), malformed };
    });
    // A key that came while these rows were being taken has gone past them: whoever brought it found nothing waiting.
    for (const epoch of dark)
      if ((await this.#options.rooms.known(scope, epoch)) !== undefined)
        return await this.reopen(scope).then(() => taken);
    return taken;
  }

  async #takeSome(
    channel: ChannelId,
    scope: ScopeId,
    rows: readonly RowJson[],
    direction: "newer" | "older",
    final: boolean,
    dark: Set<number>,
  ): Promise<Omit<Taken, "malformed"> & { ahead: number | null }> {
    const bare = await this.#context(channel, scope, rows, direction, final);
    const context = await verifiedAhead(rows, bare, this.#options.verifier);
    const opened = openAll(rows, direction, context, this.mark(channel), {
      fault: (code, record) => this.#options.fault(code, channel, record),
      conflict: this.#options.conflict,
    });
    for (const { status, pos } of opened.records) if (status === "waiting") this.#wait(channel, pos);
    // An older page is taken whole or not at all, since its gap could not be told from its edge.
    if (opened.ahead !== null && direction === "older") return { taken: 0, useful: 0, again: 0, ahead: opened.ahead };
    const { again } = opened;
    if (opened.records.length + again === 0) return { taken: 0, useful: 0, again, ahead: opened.ahead };
    await this.#prevs.check(channel, opened.records, opened.stated, opened.mark.low <= 1);
    const extra = await this.#options.arrived(channel, opened.records);
    await this.#options.vault.write([...opened.records.flatMap(recordOps), markOp(channel, opened.mark), ...extra]);
    this.#marks.set(channel, opened.mark);
    this.#show(channel, opened.records);
    for (const { status, epoch } of opened.records) if (status === "waiting") dark.add(epoch);
    const useful = opened.records.filter((record) => record.status !== "refused").length;
    return { taken: opened.records.length, useful, again, ahead: opened.ahead };
  }

  /** Opens again what waits for keys in a scope; called when keys came. */
  async reopen(scope: ScopeId): Promise<void> {
    for (const [channel, places] of [...this.#waiting]) {
      if (this.#options.scopeOf(channel) !== scope || places.size === 0) continue;
      await this.#lock(channel).run(() => this.#reopenChannel(channel, scope, places));
    }
  }

  /** Scopes and epochs that stored records wait for. */
  async waitingFor(): Promise<{ scope: ScopeId; epoch: number }[]> {
    const out = new Map<string, { scope: ScopeId; epoch: number }>();
    for (const [channel, places] of this.#waiting) {
      const scope = this.#options.scopeOf(channel);
      if (scope === undefined) continue;
      for (const pos of places) {
        const record = await storedAt(this.#options.vault, channel, pos);
        if (record?.status === "waiting") out.set(`${scope} ${record.epoch}`, { scope, epoch: record.epoch });
      }
    }
    return [...out.values()];
  }

  /** Replaces stored records of one channel: after a deletion content goes from this device, and ciphertext with it. */
  async replace(...records: readonly EventRecord[]): Promise<void> {
    const kept = records.map(withoutGone);
    await this.#options.vault.write(kept.flatMap(recordOps));
    const [first] = kept;
    if (first !== undefined) this.#show(first.channel, kept);
  }

  /** Does something while nothing else changes a channel. */
  alone(channel: ChannelId, work: () => Promise<void>): Promise<void> {
    return this.#lock(channel).run(work);
  }

  /** Stored records before a position, newest first, at most `count`: what can be given back of a channel (L10). */
  async held(channel: ChannelId, before: number, count: number): Promise<EventRecord[]> {
    return (await this.#read(channel, before, count)).reverse();
  }

  /** The stored record of an id, whatever became of it. */
  async byId(channel: ChannelId, id: EventId): Promise<EventRecord | undefined> {
    const entry = await this.#options.vault.get<IdEntry & Cbor>(IDS, `${channel}/${id}`);
    return entry === undefined ? undefined : await storedAt(this.#options.vault, channel, entry.p);
  }

  async #context(
    channel: ChannelId,
    scope: ScopeId,
    rows: readonly RowJson[],
    direction: "newer" | "older",
    final: boolean,
  ): Promise<InboxContext> {
    const { book, rooms, vault } = this.#options;
    const keys = new Map<number, EpochKey>();
    for (const epoch of new Set(rows.map((row) => row.epoch))) {
      const key = await rooms.find(scope, epoch);
      if (key !== undefined) keys.set(epoch, key);
    }
    const places = new Map<string, IdEntry>();
    await Promise.all(
      rows.map(async ({ id }) => {
        const entry = await vault.get<IdEntry & Cbor>(IDS, `${channel}/${id}`);
        if (entry !== undefined) places.set(id, entry);
      }),
    );
    return {
      ws: book.state.ws,
      me: this.#options.me,
      channel,
      scope,
      self: rooms.isSelf(scope),
      ledger: book.state,
      final,
      key: (epoch) => keys.get(epoch),
      commitment: (epoch) => rooms.commitment(scope, epoch),
      seen: (id) => places.has(id),
      place: (id) => places.get(id)?.p,
      hash: (id) => places.get(id)?.h,
      newer: (session) => (direction === "older" ? this.mark(channel).sessions[session] : undefined),
    };
  }

  /**
   * Puts a row back into a place whose record was lost on disk. It must be the one that was there, as far as its id tells;
   * true when it is here again.
   */
  async restore(channel: ChannelId, pos: number, value: unknown): Promise<boolean> {
    const scope = this.#options.scopeOf(channel);
    const row = parseRow(value);
    if (scope === undefined || row?.pos !== pos) return false;
    return await this.#lock(channel).run(async () => {
      const known = await this.#options.vault.get<IdEntry & Cbor>(IDS, `${channel}/${row.id}`);
      if (known?.p !== pos) return false;
      const context = { ...(await this.#context(channel, scope, [row], "newer", true)), seen: () => false };
      const opened = openRow(row, { ...EMPTY_MARK, low: Number.MAX_SAFE_INTEGER }, context);
      if (opened === "event/duplicate" || "ahead" in opened) return false;
      const { record } = opened;
      if (known.h !== null && (record.hash === null || !equal(known.h, record.hash))) return false;
      await this.replace(record);
      // What a loaded stretch could not show before it shows now, in its place.
      if (this.#windows.drop(channel)) await this.open(channel);
      this.#options.changed(channel);
      return true;
    });
  }

  async #reopenChannel(channel: ChannelId, scope: ScopeId, places: Set<number>): Promise<void> {
    const dark: Held[] = [];
    for (const pos of [...places].sort((a, b) => a - b)) {
      const record = await storedAt(this.#options.vault, channel, pos);
      if (record?.status === "waiting" && record.sealed !== null)
        dark.push({ record, row: rowOf(record, record.sealed) });
      else places.delete(pos);
    }
    await this.#judgeAgain(channel, scope, dark);
  }

  /**
   * Judges rows once more that were refused by a ledger which this device has left since (L10). `values`: rows as a server gives
   * them at the places of refused ones.
   */
  async rejudge(channel: ChannelId, values: readonly unknown[]): Promise<void> {
    const scope = this.#options.scopeOf(channel);
    if (scope === undefined) return;
    await this.#lock(channel).run(async () => {
      const refused: Held[] = [];
      for (const row of values.map(parseRow)) {
        const record = row === undefined ? undefined : await storedAt(this.#options.vault, channel, row.pos);
        if (row !== undefined && record?.status === "refused") refused.push({ record, row });
      }
      await this.#judgeAgain(channel, scope, refused);
    });
  }

  async #judgeAgain(channel: ChannelId, scope: ScopeId, held: readonly Held[]): Promise<void> {
    const records: EventRecord[] = [];
    let mark = this.mark(channel);
    for (const { record, row } of held) {
      const bare = await this.#context(channel, scope, [row], "newer", true);
      // Under the id of a refused row the true event may lie elsewhere (MS-40).
      const context = record.status === "refused" ? bare : { ...bare, seen: () => false };
      const opened = openRow(row, mark, context);
      if (opened === "event/duplicate" || "ahead" in opened) continue;
      const { status, code } = opened.record;
      if (status === record.status && code === record.code) continue;
      if (status === "waiting") this.#wait(channel, record.pos);
      else this.#waiting.get(channel)?.delete(record.pos);
      records.push({ ...opened.record, late: record.late });
      if (opened.conflict !== null) this.#options.conflict(opened.record, opened.conflict, row);
      // What is newest stays what it was: this one only came out of the dark.
      mark = { ...opened.mark, lastOwn: mark.lastOwn, lastOther: mark.lastOther };
    }
    if (records.length === 0) return;
    const extra = await this.#options.arrived(channel, records);
    await this.#options.vault.write([...records.flatMap(recordOps), markOp(channel, mark), ...extra]);
    this.#marks.set(channel, mark);
    this.#show(channel, records);
  }

  #show(channel: ChannelId, records: readonly EventRecord[]): void {
    this.#lastAt.set(channel, Math.max(this.lastAt(channel), records.at(-1)?.receivedAt ?? 0));
    this.#windows.take(channel, records);
    this.past.take(channel, records);
    this.#options.shown(records);
    this.#options.changed(channel);
  }

  #wait(channel: ChannelId, pos: number): void {
    const places = this.#waiting.get(channel) ?? new Set<number>();
    places.add(pos);
    this.#waiting.set(channel, places);
  }

  async #read(channel: ChannelId, before: number | undefined, count: number): Promise<EventRecord[]> {
    const records = await storedBeside(this.#options.vault, channel, { before: before ?? BEYOND }, count);
    for (const record of records) if (record.status === "waiting") this.#wait(channel, record.pos);
    return records;
  }

  #lock(channel: ChannelId): Mutex {
    const lock = this.#locks.get(channel) ?? new Mutex();
    this.#locks.set(channel, lock);
    return lock;
  }
}
