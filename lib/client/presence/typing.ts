// Who types: a sign every few seconds while somebody does, gone by itself when none follows (PROTOCOL section 9).
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Clock } from "@/lib/client/ports.ts";

/** A sign is said again after this long of typing, and believed for longer than that. */
export const SAY_MS = 4000;
export const BELIEVE_MS = 9000;

export type TypingOptions = {
  readonly clock: Clock;
  readonly say: (channel: ChannelId, on: boolean) => void;
  readonly changed: (channel: ChannelId) => void;
};

export class Typing {
  readonly #options: TypingOptions;
  readonly #said = new Map<ChannelId, number>();
  readonly #others = new Map<ChannelId, Map<UserId, { until: number; cancel: () => void }>>();

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  /** This person typed, or stopped: emptied the field, or sent what stood in it. */
  note(channel: ChannelId, on: boolean): void {
    const now = this.#options.clock.now();
    const last = this.#said.get(channel);
    if (on) {
      if (last !== undefined && now >= last && now - last < SAY_MS) return;
      this.#said.set(channel, now);
    } else if (!this.#said.delete(channel)) return;
    this.#options.say(channel, on);
  }

  heard(channel: ChannelId, user: UserId, on: boolean): void {
    const people = this.#others.get(channel) ?? new Map();
    this.#others.set(channel, people);
    const known = people.get(user);
    known?.cancel();
    if (!on) {
      if (people.delete(user)) this.#options.changed(channel);
      return;
    }
    const cancel = this.#options.clock.after(BELIEVE_MS, () => this.heard(channel, user, false));
    people.set(user, { until: this.#options.clock.now() + BELIEVE_MS, cancel });
    if (known === undefined) this.#options.changed(channel);
  }

  /** Whose message has come types no more. */
  spoke(channel: ChannelId, user: UserId): void {
    if (this.#others.get(channel)?.has(user) === true) this.heard(channel, user, false);
  }

  people(channel: ChannelId): UserId[] {
    return [...(this.#others.get(channel)?.keys() ?? [])];
  }

  stop(): void {
    for (const people of this.#others.values()) for (const { cancel } of people.values()) cancel();
    this.#others.clear();
  }
}
