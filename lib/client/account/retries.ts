// What did not go out or did not come in: tried again per channel until it has (PROTOCOL M10).
import { asFault, type Fault, type FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Connection } from "@/lib/client/api.ts";
import type { Outbox } from "@/lib/client/events/outbox.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Clock } from "@/lib/client/ports.ts";

const RETRY_MS = 3_000;

export type RetriesOptions = {
  readonly outbox: Outbox;
  readonly book: Book;
  readonly clock: Clock;
  /** tells the person of a fault that trying again does not mend */
  readonly fault: (code: FaultCode) => void;
  readonly connection: () => Connection;
  /** fetches what follows in a channel, up to this place */
  readonly pull: (channel: ChannelId, to?: number) => Promise<void>;
  /** looks at everything again */
  readonly catchUp: () => Promise<void>;
  /** whether this person is in a channel, as far as the ledger here says */
  readonly readable: (channel: ChannelId) => boolean;
};

/** Sends and fetches again what a lost answer left undone, while the connection itself stays up. */
export class Retries {
  readonly #options: RetriesOptions;
  readonly #timers = new Map<ChannelId, () => void>();
  /** channels of which rows were announced that could not be fetched */
  readonly #behind = new Set<ChannelId>();
  /** channels that the server said it does not know, once */
  readonly #unknown = new Set<ChannelId>();
  #whole: (() => void) | null = null;
  #stopped = false;

  constructor(options: RetriesOptions) {
    this.#options = options;
  }

  /** Sends what waits in a channel and fetches what is known to lie there; comes back by itself while something is left. */
  kick(channel: ChannelId): void {
    const { book, connection } = this.#options;
    if (this.#stopped || connection() !== "online" || book.stop !== null) return;
    void this.#try(channel).then(
      () => this.again(channel),
      (thrown: unknown) => this.#failed(channel, asFault(thrown)),
    );
  }

  /** Who was put out of a channel, or left it, hears of that and of nothing else: what was to come of it is not his. */
  async #failed(channel: ChannelId, fault: Fault): Promise<void> {
    const { book, readable } = this.#options;
    // A stop is told by itself, and what it held up goes on after it.
    if (fault.entry.policy !== "retry" && fault.code !== "app/blocked") {
      await book.sync().catch(() => undefined);
      if (!readable(channel)) this.#behind.delete(channel);
      // A server that fell back knows a channel again once it was given the links: told when it says so twice (L10).
      else if (fault.code === "may/not-found" && !this.#unknown.has(channel)) this.#unknown.add(channel);
      else this.#options.fault(fault.code);
    }
    this.again(channel);
  }

  /** Everything that waits, after a catch-up; what does not go now is tried again. */
  async flushAll(): Promise<void> {
    const { outbox } = this.#options;
    await outbox.flushAll().catch(() => undefined);
    for (const channel of new Set(outbox.entries().map((entry) => entry.channel))) this.again(channel);
  }

  /** Rows of this channel are known to lie at the server and did not come. */
  behind(channel: ChannelId): void {
    this.#behind.add(channel);
    this.again(channel);
  }

  /** What the server announced was not looked at to its end, for a lost answer: everything is, in a while. */
  broken(fault: Fault): void {
    if (this.#stopped || this.#whole !== null || fault.entry.policy !== "retry") return;
    const { clock, connection, catchUp } = this.#options;
    this.#whole = clock.after(RETRY_MS, () => {
      this.#whole = null;
      // A new connection begins with everything anyway.
      if (connection() !== "online") return;
      catchUp().catch((thrown: unknown) => this.broken(asFault(thrown)));
    });
  }

  /** Tries again in a while, if anything is left to do. */
  again(channel: ChannelId): void {
    this.#timers.get(channel)?.();
    this.#timers.delete(channel);
    if (this.#stopped || !this.#left(channel)) return;
    const { clock } = this.#options;
    this.#timers.set(
      channel,
      clock.after(RETRY_MS, () => this.kick(channel)),
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#whole?.();
    for (const cancel of this.#timers.values()) cancel();
  }

  async #try(channel: ChannelId): Promise<void> {
    const { outbox, pull } = this.#options;
    await outbox.flush(channel);
    if (this.#behind.has(channel)) await pull(channel);
    this.#behind.delete(channel);
    // Acknowledged, and the row has not come back: its announcement, or its fetching, was lost.
    const landed = outbox.entries(channel).map((entry) => entry.pos ?? 0);
    if (landed.some((pos) => pos > 0)) await pull(channel, Math.max(...landed));
    this.#unknown.delete(channel);
  }

  #left(channel: ChannelId): boolean {
    if (this.#behind.has(channel)) return true;
    return this.#options.outbox.entries(channel).some((entry) => entry.failed === null);
  }
}
