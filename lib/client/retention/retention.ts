// What a channel no longer keeps leaves this device: content and ciphertext go, the place stays (PROTOCOL E9, M3, M13).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Follower } from "@/lib/client/account/parts.ts";
import { storedBeside } from "@/lib/client/events/lookup.ts";
import { storedAbout } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { LIST, rowKey, rowOf } from "@/lib/client/files/list/row.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { retentionOf, retentions } from "@/lib/proof/queries.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { claimOf, countsFrom, type Seen } from "./age.ts";

const DAY_MS = 24 * 3600 * 1000;
const EVERY_MS = 3600 * 1000;
const PAGE = 200;
const TABLE = "expired";

/** What was met with a date that has not come, and when. */
type Met = readonly (readonly [EventId, number])[];

/** What a sweep of one channel goes by, and what it notes for the next. */
type Pass = {
  readonly now: number;
  readonly before: number;
  readonly seen: Seen;
  readonly next: Map<EventId, number>;
};

const stretchOf = (pos: number): number => Math.floor((pos - 1) / LIMITS.restoreSpan);
const holdsContent = ({ status }: EventRecord): boolean => status === "opened" || status === "waiting";
const emptied = (record: EventRecord): EventRecord => ({ ...record, status: "gone", code: null, content: null });

/** A file leaves the list of files with its event: its name is content too. */
function unlisted(record: EventRecord): VaultOp[] {
  const row = rowOf(record);
  return row === undefined ? [] : [{ op: "delete", table: LIST, key: rowKey(row) }];
}

/**
 * Follows an account and deletes, channel by channel, what came longer ago than the ledger lets the channel keep. Time
 * is this device's own: a clock that is ahead deletes early here, and nowhere else.
 */
export class Retention implements Follower {
  readonly #account: Account;
  #cancel: (() => void) | null = null;
  /** ledger position of the rules last swept by, and those rules */
  #seen = -1;
  #rules = "";
  /** up to which place nothing holds content, by channel, for each stretch between two restores of the server */
  readonly #floors = new Map<ChannelId, readonly number[]>();
  #running: Promise<void> = Promise.resolve();

  constructor(account: Account) {
    this.#account = account;
  }

  arrived(): VaultOp[] {
    return [];
  }

  /** A device that was away may be given what is past its time already, or what lies before all that was looked at. */
  shown(channel: ChannelId, records: readonly EventRecord[]): void {
    const before = this.#horizon(channel);
    const held = records.filter(holdsContent);
    if (before === null || held.length === 0) return;
    void this.#soon(async () => {
      const floors = this.#floors.get(channel) ?? [];
      const below = ({ pos }: EventRecord): boolean => pos <= (floors[stretchOf(pos)] ?? 0);
      if (held.some((one) => claimOf(one) < before || below(one))) await this.#channel(channel, true);
    });
  }

  start(): void {
    void this.sweep();
    this.#cancel = this.#account.ports.clock.after(EVERY_MS, () => this.start());
  }

  stop(): void {
    this.#cancel?.();
  }

  /** The ledger may have new rules; most of its links bring none, and a sweep looks at all that is kept. */
  ruled(): void {
    const { state } = this.#account;
    if (this.#cancel === null || state.n === this.#seen) return;
    this.#seen = state.n;
    if (JSON.stringify(retentions(state)) !== this.#rules) void this.sweep();
  }

  /** Deletes in every channel what is past its time; resolves when it is gone from the disk. */
  async sweep(): Promise<void> {
    const rules = retentions(this.#account.state);
    this.#seen = this.#account.state.n;
    this.#rules = JSON.stringify(rules);
    await Promise.all(rules.map(({ channel }) => this.#soon(() => this.#channel(channel, false))));
  }

  /** One after the other; what fails is tried again at the next sweep. */
  #soon(work: () => Promise<void>): Promise<void> {
    this.#running = this.#running.then(work).catch(() => undefined);
    return this.#running;
  }

  #horizon(channel: ChannelId): number | null {
    const days = retentionOf(this.#account.state, channel);
    return days === null ? null : this.#account.ports.clock.now() - days * DAY_MS;
  }

  /** `anew`: from the start, since something old came to an old place. */
  async #channel(channel: ChannelId, anew: boolean): Promise<void> {
    const before = this.#horizon(channel);
    if (before === null) return;
    const { log, vault } = this.#account;
    const met = ((await vault.get<Cbor>(TABLE, channel)) ?? []) as Met;
    const pass: Pass = { now: this.#account.ports.clock.now(), before, seen: new Map(met), next: new Map() };
    const known = anew ? [] : (this.#floors.get(channel) ?? []);
    const floors: number[] = [];
    for (let stretch = 0; stretch <= stretchOf(Math.max(1, log.mark(channel).high)); stretch += 1) {
      const from = Math.max(known[stretch] ?? 0, stretch * LIMITS.restoreSpan);
      floors.push(await this.#stretch(channel, stretch, from, pass));
    }
    if (met.length + pass.next.size > 0)
      await vault.write([{ op: "put", table: TABLE, key: channel, value: [...pass.next] }]);
    this.#floors.set(channel, floors);
  }

  /**
   * Each row is judged on its own: places do not tell times, and one that the server dates falsely must not keep what
   * follows it. Answers the new floor.
   */
  async #stretch(channel: ChannelId, stretch: number, from: number, pass: Pass): Promise<number> {
    let floor = from;
    let whole = true;
    for (let after = from; ; ) {
      const page = await storedBeside(this.#account.vault, channel, { after }, PAGE);
      const here = page.filter(({ pos }) => stretchOf(pos) === stretch);
      const past = here.filter((record) => holdsContent(record) && this.#isPast(record, pass));
      await this.#empty(channel, past);
      const kept = here.findIndex((record) => holdsContent(record) && !past.includes(record));
      if (whole) floor = (kept < 0 ? here : here.slice(0, kept)).at(-1)?.pos ?? floor;
      whole &&= kept < 0;
      after = here.at(-1)?.pos ?? after;
      if (here.length < PAGE) return floor;
    }
  }

  #isPast(record: EventRecord, { now, before, seen, next }: Pass): boolean {
    const first = seen.get(record.id) ?? (claimOf(record) > now ? now : null);
    if (countsFrom(record, first, now) < before) return true;
    if (first !== null) next.set(record.id, first);
    return false;
  }

  async #empty(channel: ChannelId, old: readonly EventRecord[]): Promise<void> {
    const { log, vault, unread } = this.#account;
    if (old.length === 0) return;
    const ids = new Set<EventId>(old.map(({ id }) => id));
    // A later edit, file or vote says something of a message that is no more.
    const about = await Promise.all(old.map(({ id }) => storedAbout(vault, channel, id)));
    const later = about.flat().filter((one) => holdsContent(one) && !ids.has(one.id));
    await log.alone(channel, () => log.replace(...old.map(emptied), ...later.map(emptied)));
    await vault.write([...old, ...later].flatMap(unlisted));
    unread.forget(channel, ids);
  }
}
