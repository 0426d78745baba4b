// History older than this device has, fetched in the background: newest first, page by page, only while there is time for it.
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Cover } from "@/lib/client/search/shelf/store.ts";
import { fetchOlder } from "./places.ts";

const TABLE = "finding";
const KEY = "history";
const PAGE = 200;
/** After the start others come first: what is on the screen, what waits to be sent. */
const FIRST_MS = 20_000;
const PAUSE_MS = 250;
/** What another device of its person has read can be found already: it comes when there is time, to be read offline. */
const QUIET_MS = 5_000;
const BUSY_MS = 2_000;
const AGAIN_MS = 30_000;

export type HistoryState = "fetching" | "offline" | "stopped" | "whole";

export class History {
  readonly #account: Account;
  readonly #coverOf: (channel: ChannelId) => Cover | undefined;
  readonly #fetched: () => void;
  /** channels of which the server gave nothing older, although there should be */
  readonly #dry = new Set<ChannelId>();
  #on = true;
  #cancel: (() => void) | null = null;
  #working = false;
  #ended = true;

  /** `coverOf`: what of a channel is in the index. `fetched` is told of every page. */
  constructor(account: Account, coverOf: (channel: ChannelId) => Cover | undefined, fetched: () => void) {
    this.#account = account;
    this.#coverOf = coverOf;
    this.#fetched = fetched;
  }

  async load(): Promise<void> {
    this.#on = (await this.#account.vault.get<boolean>(TABLE, KEY)) ?? true;
  }

  start(): void {
    this.#ended = false;
    this.#after(FIRST_MS);
  }

  stop(): void {
    this.#ended = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Somebody searches: now is the time. */
  hurry(): void {
    if (!this.#ended && !this.#working) this.#after(0);
  }

  /** Whether this device fetches at all; kept over restarts. */
  async set(on: boolean): Promise<void> {
    await this.#account.vault.put(TABLE, KEY, on);
    this.#on = on;
    this.#dry.clear();
    this.hurry();
    this.#fetched();
  }

  get state(): HistoryState {
    if (this.#next(true) === undefined) return "whole";
    if (!this.#on) return "stopped";
    return this.#account.live.connection === "online" ? "fetching" : "offline";
  }

  /** The channel whose history reaches back least far. `unfound`: of those with messages that cannot be found yet. */
  #next(unfound: boolean): ChannelId | undefined {
    const { log } = this.#account;
    let next: { channel: ChannelId; at: number } | undefined;
    for (const channel of this.#account.channels()) {
      if (log.mark(channel).low <= 1 || this.#dry.has(channel)) continue;
      const cover = this.#coverOf(channel);
      if (unfound && cover !== undefined && cover.low <= 1) continue;
      const at = cover?.lowAt ?? Number.MAX_SAFE_INTEGER;
      if (next === undefined || at > next.at) next = { channel, at };
    }
    return next?.channel;
  }

  #after(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#account.ports.clock.after(ms, () => {
      this.#cancel = null;
      void this.#step();
    });
  }

  async #step(): Promise<void> {
    if (this.#working || this.#ended || !this.#on) return;
    const unfound = this.#next(true);
    const channel = unfound ?? this.#next(false);
    if (channel === undefined) return this.#after(AGAIN_MS);
    const { live, outbox } = this.#account;
    if (live.connection !== "online") return this.#after(AGAIN_MS);
    // Who writes or sends files has the line.
    if (outbox.size > 0) return this.#after(BUSY_MS);
    this.#working = true;
    let pause = unfound === undefined ? QUIET_MS : PAUSE_MS;
    try {
      await this.#page(channel);
      this.#fetched();
    } catch {
      pause = AGAIN_MS;
    } finally {
      this.#working = false;
    }
    if (!this.#ended) this.#after(pause);
  }

  async #page(channel: ChannelId): Promise<void> {
    if (!(await fetchOlder(this.#account, channel, PAGE))) this.#dry.add(channel);
  }
}
