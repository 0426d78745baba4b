// Finding in one account: the index and its keepers, searches over it, and how far back they reach.
import { asFault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Follower } from "@/lib/client/account/parts.ts";
import type { SearchAfter, SearchAnswer, SearchHit, SearchView, Span } from "@/lib/client/api/finding/search.ts";
import { storedAt } from "@/lib/client/events/lookup.ts";
import { aboutOps, storedAbout } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { isTaken } from "@/lib/client/search/share/covers.ts";
import { Distant } from "@/lib/client/search/share/distant.ts";
import { Sharing } from "@/lib/client/search/share/sharing.ts";
import type { Row } from "@/lib/client/search/shelf/doc.ts";
import type { Clause } from "@/lib/client/search/shelf/plan.ts";
import { Shelf } from "@/lib/client/search/shelf/shelf.ts";
import { snippet } from "@/lib/client/search/words/tokens.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type Readable, readable } from "./docs.ts";
import { History } from "./history.ts";
import { Indexer } from "./indexer.ts";
import { nameOf, resolve } from "./resolve.ts";

const PAGE = 30;
const MOST = 1000;

export type SearchInput = {
  readonly query: string;
  readonly dates?: Readonly<Record<string, Span>>;
  readonly after?: SearchAfter | null;
  readonly limit?: number;
};

export class Finding implements Follower {
  readonly #account: Account;
  readonly #shelf: Shelf;
  readonly #indexer: Indexer;
  readonly #history: History;
  readonly #distant: Distant;
  readonly #sharing: Sharing;
  #ready: Promise<void> | null = null;

  constructor(account: Account) {
    this.#account = account;
    const changed = () => account.changed({ topic: "search" });
    const shelf = new Shelf(account.vault, account.ports.breathe, (at) => this.#sharing.purged(at));
    const distant = new Distant(account);
    const indexer = new Indexer(account, shelf, distant, changed);
    [this.#shelf, this.#distant, this.#indexer] = [shelf, distant, indexer];
    this.#sharing = new Sharing({ account, shelf, indexer, distant, lacks: () => this.view().backTo !== null });
    this.#history = new History(
      account,
      (channel) => shelf.cover(channel),
      () => indexer.poke(),
    );
  }

  arrived(_channel: ChannelId, records: readonly EventRecord[]): VaultOp[] {
    return records.flatMap(aboutOps);
  }

  shown(channel: ChannelId, records: readonly EventRecord[]): void {
    if (this.#ready === null) return;
    if (channel === this.#account.selfChannel) this.#sharing.heard(records);
    this.#indexer.heard(channel, records);
    this.#indexer.poke();
  }

  start(): void {
    void this.#load()
      .then(() => {
        this.#indexer.poke();
        this.#history.start();
        this.#sharing.start();
      })
      .catch((thrown: unknown) => {
        this.#indexer.fault = asFault(thrown).code;
      });
  }

  stop(): void {
    this.#indexer.stop();
    this.#history.stop();
    this.#sharing.stop();
  }

  /** Takes over the index that another device left, or leaves this one, now rather than when there is time. */
  async share(way: "take" | "leave"): Promise<void> {
    await this.settled();
    await this.#sharing[way]();
    await this.settled();
  }

  /** Resolves when everything that is stored here can be found. */
  async settled(): Promise<void> {
    await this.#load();
    await this.#indexer.settled();
  }

  /** Leaves no word on the disk of what is gone, now rather than in a moment. */
  async clean(): Promise<void> {
    await this.settled();
    await this.#indexer.clean();
  }

  async fetchHistory(on: boolean): Promise<void> {
    await this.#load();
    await this.#history.set(on);
  }

  async search({ query, dates = {}, after = null, limit = PAGE }: SearchInput): Promise<SearchAnswer> {
    await this.#load();
    const place = (channel: ChannelId, id: EventId) => this.#distant.ids.place(channel, id);
    const { plan, filters, asked } = await resolve(this.#account, query, dates, place);
    if (!asked) return { total: 0, hits: [], away: 0, next: null, filters, asked };
    this.#history.hurry();
    await this.#indexer.forward();
    const most = Math.max(1, Math.min(limit, MOST));
    const find = () => this.#shelf.find(plan, most, after);
    const found = await find().catch(async (thrown: unknown) => {
      if (!(await this.#shelf.survive(thrown))) throw thrown;
      this.#indexer.poke();
      return await find();
    });
    const shown = await Promise.all(found.rows.map((row) => this.#hit(row, plan.clauses)));
    const last = found.rows.at(-1);
    return {
      total: found.total,
      hits: shown.filter((hit) => typeof hit === "object" && hit !== null),
      away: shown.filter((hit) => hit === "away").length,
      next:
        last === undefined || found.rows.length < most
          ? null
          : { at: last.at, channel: last.channel as ChannelId, pos: last.pos },
      filters,
      asked,
    };
  }

  /** How far back one can look: where the history ends that is here, and how much of it is in the index. */
  view(): SearchView {
    const { log, ports } = this.#account;
    let [places, held, indexed] = [0, 0, 0];
    let backTo: number | null = null;
    for (const channel of this.#account.channels()) {
      const { low: stored, high } = log.mark(channel);
      if (high === 0) continue;
      const cover = this.#shelf.cover(channel);
      // What was taken over is found as well as what is here.
      const low = Math.min(stored, cover?.low ?? stored);
      // Places begin anew after a restore of the server; those left out there were never given (L10).
      const before = (low - 1) % LIMITS.restoreSpan;
      const here =
        high -
        low +
        1 -
        (Math.floor(high / LIMITS.restoreSpan) - Math.floor(low / LIMITS.restoreSpan)) * LIMITS.restoreSpan;
      const count = Math.max(1, here);
      held += count;
      places += count + before;
      indexed += cover === undefined ? 0 : Math.min(count, Math.max(0, cover.high - cover.low + 1));
      if (before > 0 || (cover?.low ?? high + 1) > low)
        backTo = Math.max(backTo ?? 0, Math.min(cover?.lowAt ?? ports.clock.now(), ports.clock.now()));
    }
    return { backTo, places, held, indexed, history: this.#history.state, fault: this.#indexer.fault };
  }

  /** What is shown of a row, read from the event itself: what is gone meanwhile is not shown. */
  async #hit(row: Row, clauses: readonly Clause[]): Promise<SearchHit | "away" | null> {
    const account = this.#account;
    const channel = row.channel as ChannelId;
    const read = await this.#read(channel, row.pos).catch(() => undefined);
    // It is found, but nobody can be asked for it now.
    if (read === undefined) return "away";
    if (read?.record.user == null) {
      this.#indexer.stray(channel, row.pos);
      return null;
    }
    const { record } = read;
    const cut = (text: string) => snippet(text, clauses, (user) => nameOf(account, user));
    const texts = read.texts.map(cut);
    const files = read.files.map(({ name }) => cut(name));
    const [own = [], ...more] = texts;
    const also = more.filter((parts) => parts.some(({ hit }) => hit));
    return {
      channel,
      id: record.id,
      pos: record.pos,
      author: read.record.user,
      at: record.receivedAt,
      parts: [...own, ...also.flatMap((parts) => [{ text: own.length > 0 ? " · " : "", hit: false }, ...parts])],
      files,
      thread: read.thread,
      edited: read.edited,
    };
  }

  /** A message as it reads now, from here or, where only its words were taken over, from the server. */
  async #read(channel: ChannelId, pos: number): Promise<Readable | null> {
    const { vault } = this.#account;
    const record = await storedAt(vault, channel, pos);
    if (record !== undefined) return readable(this.#account, record, await storedAbout(vault, channel, record.id));
    const cover = this.#shelf.cover(channel);
    return cover !== undefined && isTaken(cover, pos) ? await this.#distant.glimpses.read(channel, pos) : null;
  }

  #load(): Promise<void> {
    this.#ready ??= this.#shelf
      .load()
      .then(() => this.#history.load())
      .then(() => this.#sharing.load());
    return this.#ready;
  }
}
