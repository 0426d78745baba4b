// Looks at the clock while something waits for its time; a clock that was set anew is noticed within seconds.
import type { Clock } from "@/lib/client/ports.ts";

/** A timer keeps its distance when the clock is set, and sleeps with the machine: so none is longer than this. */
const LOOK_MS = 15_000;

export class Hours {
  readonly #clock: Clock;
  /** the times that are waited for */
  readonly #times: () => readonly number[];
  readonly #come: () => void;
  #cancel: (() => void) | null = null;
  #running = false;

  constructor(clock: Clock, times: () => readonly number[], come: () => void) {
    this.#clock = clock;
    this.#times = times;
    this.#come = come;
  }

  start(): void {
    this.#running = true;
    this.look();
  }

  stop(): void {
    this.#running = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Something else may be waited for now. */
  look(): void {
    if (!this.#running) return;
    this.#cancel?.();
    this.#cancel = null;
    const times = this.#times();
    if (times.length === 0) return;
    const next = Math.min(...times);
    const rest = next - this.#clock.now();
    // What is due already and still waited for is tried again, and not in a circle.
    this.#cancel = this.#clock.after(rest > 0 ? Math.min(rest, LOOK_MS) : LOOK_MS, () => {
      this.#cancel = null;
      if (this.#clock.now() >= next) this.#come();
      this.look();
    });
  }
}
