// A clock that stands still until a test moves it.
import type { Clock } from "@/lib/client/ports.ts";

export interface ManualClock extends Clock {
  /** moves time forward by `ms`; due timers run on the way, in order, each at its own time */
  advance(ms: number): void;
  /** moves the wall time alone, as a person changing the date would; timers keep their distance */
  jump(ms: number): void;
  /** milliseconds until the next timer is due; undefined when none is set */
  next(): number | undefined;
}

type Timer = { readonly due: number; readonly order: number; readonly run: () => void };

export function manualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsed = 0;
  let offset = start;
  let order = 0;
  const timers = new Set<Timer>();

  const earliest = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (first === undefined || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) {
        first = timer;
      }
    }
    return first;
  };

  return {
    now: () => offset + elapsed,
    after(ms, run) {
      const timer = { due: elapsed + Math.max(0, ms), order: order++, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const until = elapsed + ms;
      for (let timer = earliest(); timer !== undefined && timer.due <= until; timer = earliest()) {
        timers.delete(timer);
        elapsed = timer.due;
        timer.run();
      }
      elapsed = until;
    },
    jump(ms) {
      offset += ms;
    },
    next() {
      const timer = earliest();
      return timer === undefined ? undefined : timer.due - elapsed;
    },
  };
}
