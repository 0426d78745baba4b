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

const DAY_MS = 24 * 3600 * 1000;
const EVERY_MS = 3600 * 1000;
const PAGE = 200;
const TABLE = "expired";

/** Up to which place everything is gone, for each stretch between two restores of the server. */
type Floors = { readonly [stretch: string]: number };

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
  /** ledger position of the rules last swept by */
  #seen = -1;
  #running: Promise<void> = Promise.resolve();

  constructor(account: Account) {
    this.#account = account;
  }

  arrived(): VaultOp[] {
    return [];
  }

  /** A device that was away may be given what is past its time already. */
  shown(channel: ChannelId, records: readonly EventRecord[]): void {
    const before = this.#horizon(channel);
    if (before === null || !records.some((one) => holdsContent(one) && one.receivedAt < before)) return;
    void this.#soon(() => this.#channel(channel, true));
  }

  start(): void {
    void this.sweep();
    this.#cancel = this.#account.ports.clock.after(EVERY_MS, () => this.start());
  }

  stop(): void {
    this.#cancel?.();
  }

  /** The ledger may have new rules. */
  ruled(): void {
    if (this.#cancel !== null && this.#account.state.n !== this.#seen) void this.sweep();
  }

  /** Deletes in every channel what is past its time; resolves when it is gone from the disk. */
  async sweep(): Promise<void> {
    this.#seen = this.#account.state.n;
    await this.#soon(async () => {
      for (const { channel } of retentions(this.#account.state)) await this.#channel(channel, false);
    });
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
    const kept = anew ? undefined : await vault.get<Floors & Cbor>(TABLE, channel);
    const floors: Record<string, number> = { ...kept };
    for (let stretch = 0; stretch <= stretchOf(Math.max(1, log.mark(channel).high)); stretch += 1) {
      const from = Math.max(floors[stretch] ?? 0, stretch * LIMITS.restoreSpan);
      floors[stretch] = await this.#stretch(channel, stretch, from, before);
    }
    await vault.write([{ op: "put", table: TABLE, key: channel, value: floors }]);
  }

  /** Times rise with places between two restores, so the first that is to be kept ends it. Answers the new floor. */
  async #stretch(channel: ChannelId, stretch: number, from: number, before: number): Promise<number> {
    let floor = from;
    for (;;) {
      const page = await storedBeside(this.#account.vault, channel, { after: floor }, PAGE);
      const here = page.filter(({ pos }) => stretchOf(pos) === stretch);
      const kept = here.findIndex(({ receivedAt }) => receivedAt >= before);
      const past = kept < 0 ? here : here.slice(0, kept);
      await this.#empty(channel, past);
      floor = past.at(-1)?.pos ?? floor;
      if (past.length < PAGE) return floor;
    }
  }

  async #empty(channel: ChannelId, past: readonly EventRecord[]): Promise<void> {
    const { log, vault, unread } = this.#account;
    const old = past.filter(holdsContent);
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
