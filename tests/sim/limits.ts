// The server's bounds for tests that do in seconds what people do in weeks: every rate limit far away.
import type { Limits } from "@/server/env.ts";

const far = { burst: 1_000_000, perMinute: 1_000_000 };

export const SIM_LIMITS: Partial<Limits> = {
  strangers: far,
  guesses: far,
  calls: far,
  events: far,
  links: far,
  frames: far,
  socketsPerAddress: 10_000,
};

/** The same under a virtual clock, where no real timer may end anything; a server on real sockets takes no such bound. */
export const STILL_LIMITS: Partial<Limits> = { ...SIM_LIMITS, headMs: 2_000_000_000 };
