// The wall clock and timers of browsers and Node.
import type { Clock } from "@/lib/client/ports.ts";

/** Longest delay that setTimeout takes before it overflows and runs at once. */
const LONGEST = 2 ** 31 - 1;

/** Real time. Longer delays than setTimeout takes are cut into several. */
export function wallClock(): Clock {
  return {
    now: () => Date.now(),
    local(ms) {
      const at = new Date(ms);
      return { minute: at.getHours() * 60 + at.getMinutes(), weekday: at.getDay() };
    },
    after(ms, run) {
      let left = Math.max(0, ms);
      let timer: ReturnType<typeof setTimeout>;
      const wait = () => {
        const step = Math.min(left, LONGEST);
        left -= step;
        timer = setTimeout(() => (left > 0 ? wait() : run()), step);
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
