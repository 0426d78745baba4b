// The engine's guards of root keys, clocks and keys that served long enough, each with the case that must miss it.
import { client, type Guard } from "./guard.ts";

export const GUARDS: readonly Guard[] = [
  client(
    "A1",
    "a login signed for longer than a clock may be off",
    "clocks",
    "lib/client/wire/session.ts",
    `if (expires > furthest) throw new Fault("net/clock");`,
    "",
  ),
  client(
    "E10",
    "a key that served for 10,000 events",
    "clocks",
    "lib/client/keys/rooms.ts",
    "if (this.#options.written(scope, epoch.epoch) >= LIMITS.epochEvents) return true;",
    "",
  ),
];
