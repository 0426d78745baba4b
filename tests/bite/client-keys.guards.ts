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
  client(
    "D7 a request replaced",
    "another root key than the one that was shown",
    "rekey",
    "lib/client/renewal/root.ts",
    "if (pending === null || toBase64url(pending.rik) !== root)",
    "if (pending === null)",
  ),
  client(
    "D7 L3",
    "a second reset after a lost answer",
    "rekey",
    "lib/client/renewal/root.ts",
    "if (before !== null && equal(before.auth, keys.public.auth)) return;",
    "",
  ),
  client(
    "D7 a stolen device",
    "a root key that a retired device announced",
    "rekey",
    "lib/proof/effects/devices.ts",
    "pendingRoot: pendingRoot?.device === device ? null : pendingRoot,",
    "pendingRoot,",
  ),
];
