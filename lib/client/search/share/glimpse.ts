// Single events that this device does not keep: fetched, opened and judged like all others, held in memory for a while.
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { type InboxContext, openRow, parseRow } from "@/lib/client/events/inbox.ts";
import { storedAt } from "@/lib/client/events/lookup.ts";
import { placesAbout } from "@/lib/client/events/past/about.ts";
import { EMPTY_MARK, type EventRecord } from "@/lib/client/events/records.ts";
import { type Readable, readable } from "@/lib/client/search/docs.ts";

/** Events held in memory, so that typing on fetches nothing twice. */
const MOST = 400;

export class Glimpses {
  readonly #account: Account;
  readonly #held = new Map<string, Promise<EventRecord>>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** The message at a place as it reads now; null: there is none any more. Rejects where the server cannot be asked. */
  async read(channel: ChannelId, pos: number): Promise<Readable | null> {
    const record = await this.#at(channel, pos);
    if (record.status === "gone") return null;
    // What is not shown, or cannot be read, is not therefore gone.
    if (record.status !== "opened") throw new Fault(record.code ?? "net/bad-answer");
    const places = await placesAbout(this.#account.vault, channel, record.id);
    const said = await Promise.all(places.map((place) => this.#at(channel, place)));
    return readable(this.#account, record, said);
  }

  /** What was held of an event is no longer true. */
  forget(channel: ChannelId, pos: number): void {
    this.#held.delete(`${channel}/${pos}`);
  }

  async #at(channel: ChannelId, pos: number): Promise<EventRecord> {
    const stored = await storedAt(this.#account.vault, channel, pos);
    if (stored !== undefined) return stored;
    const name = `${channel}/${pos}`;
    const held = this.#held.get(name) ?? this.#fetch(channel, pos);
    this.#held.delete(name);
    this.#held.set(name, held);
    held.catch(() => this.#held.delete(name));
    for (const old of [...this.#held.keys()].slice(0, -MOST)) this.#held.delete(old);
    return await held;
  }

  async #fetch(channel: ChannelId, pos: number): Promise<EventRecord> {
    const { session } = this.#account;
    const page = await session.call("events.read", { channel, after: pos - 1, before: null, limit: 1 });
    const row = page.rows.map(parseRow).find((one) => one?.pos === pos);
    const context = row === undefined ? undefined : await this.#context(channel, row.epoch);
    if (row === undefined || context === undefined) throw new Fault("net/bad-answer");
    const opened = openRow(row, { ...EMPTY_MARK, low: Number.MAX_SAFE_INTEGER }, context);
    if (opened === "event/duplicate" || "ahead" in opened) throw new Fault("net/bad-answer");
    return opened.record;
  }

  /** What one row is judged by. Its place among others is not: only what follows what is held can be missed. */
  async #context(channel: ChannelId, epoch: number): Promise<InboxContext | undefined> {
    const { rooms, state, me, ws } = this.#account;
    const scope = this.#account.scopeOf(channel);
    if (scope === undefined) return undefined;
    const key = await rooms.find(scope, epoch);
    return {
      ws,
      me,
      channel,
      scope,
      self: rooms.isSelf(scope),
      ledger: state,
      final: true,
      key: (of) => (of === epoch ? key : undefined),
      commitment: (of) => rooms.commitment(scope, of),
      seen: () => false,
      place: () => undefined,
      hash: () => undefined,
      newer: () => undefined,
    };
  }
}
