// Who is there: said by each device itself, sealed, often enough to be believed and no oftener (PROTOCOL section 9).
import type { DeviceId, UserId } from "@/lib/base/ids.ts";
import type { PresenceState } from "@/lib/client/api/live/presence.ts";
import type { Clock } from "@/lib/client/ports.ts";

const MINUTE_MS = 60_000;
/** Without a touch for this long a person is away. */
export const AWAY_MS = 5 * MINUTE_MS;
/** Each person's share of the workspace's talk about presence: the larger the team, the rarer each says it. */
const SHARE_MS = 2000;
/** Teams up to this size answer a newcomer at once, so that nobody looks alone. */
const ANSWERED = 30;
const ANSWER_MS = 4000;

/** How often a device says that its person is there, in a workspace of so many. */
export const refreshMs = (people: number): number => Math.max(MINUTE_MS, people * SHARE_MS);

export type PresenceOptions = {
  readonly clock: Clock;
  /** how many people there are */
  readonly size: () => number;
  readonly say: (state: PresenceState) => void;
  readonly changed: () => void;
  /** a number from 0 to 1, so that not everybody answers in the same moment */
  readonly chance: () => number;
};

type Seen = { readonly state: PresenceState; readonly cancel: () => void };

export class Presence {
  readonly #options: PresenceOptions;
  readonly #seen = new Map<UserId, Map<DeviceId, Seen>>();
  #touched: number | null = null;
  #said: PresenceState | null = null;
  #cancel: (() => void) | null = null;
  #answer: (() => void) | null = null;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /** Somebody uses this device. Until the first touch nothing is said: an engine without a person is nobody's presence. */
  touch(): void {
    this.#touched = this.#options.clock.now();
    if (this.#said !== "active") this.#tell();
  }

  /** Connected anew: others may not have heard what was said before. */
  online(): void {
    if (this.#touched !== null) this.#tell();
  }

  heard(user: UserId, device: DeviceId, state: PresenceState): void {
    const { clock, size, changed } = this.#options;
    const before = this.of(user);
    const devices = this.#seen.get(user) ?? new Map<DeviceId, Seen>();
    this.#seen.set(user, devices);
    devices.get(device)?.cancel();
    const cancel = clock.after(refreshMs(size()) * 2.5, () => this.#forget(user, device));
    devices.set(device, { state, cancel });
    if (before === null) this.#answerLater();
    if (this.of(user) !== before) changed();
  }

  /** The liveliest of a person's devices speaks for him; null: none has said anything of late. */
  of(user: UserId): PresenceState | null {
    const states = [...(this.#seen.get(user)?.values() ?? [])].map(({ state }) => state);
    return states.includes("active") ? "active" : (states[0] ?? null);
  }

  all(): Record<UserId, PresenceState> {
    const found: Record<UserId, PresenceState> = {};
    for (const user of this.#seen.keys()) {
      const state = this.of(user);
      if (state !== null) found[user] = state;
    }
    return found;
  }

  stop(): void {
    this.#cancel?.();
    this.#answer?.();
    for (const devices of this.#seen.values()) for (const { cancel } of devices.values()) cancel();
    this.#seen.clear();
    this.#said = null;
  }

  #forget(user: UserId, device: DeviceId): void {
    const devices = this.#seen.get(user);
    const before = this.of(user);
    devices?.delete(device);
    if (devices?.size === 0) this.#seen.delete(user);
    if (this.of(user) !== before) this.#options.changed();
  }

  /** Says how it is, and looks again: soon while a touch may run out, else when it is due. */
  #tell(): void {
    const { clock, size, say } = this.#options;
    this.#cancel?.();
    const idle = clock.now() - (this.#touched ?? 0);
    const state = idle >= 0 && idle < AWAY_MS ? "active" : "away";
    this.#said = state;
    say(state);
    const due = refreshMs(size());
    const wait = state === "active" ? Math.min(due, Math.max(AWAY_MS - idle, 1000)) : due;
    this.#cancel = clock.after(wait, () => this.#tell());
  }

  #answerLater(): void {
    const { clock, size, chance } = this.#options;
    if (this.#touched === null || this.#answer !== null || size() > ANSWERED) return;
    this.#answer = clock.after(chance() * ANSWER_MS, () => {
      this.#answer = null;
      this.#tell();
    });
  }
}
