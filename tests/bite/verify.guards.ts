// Guards of comparing keys in person, and of what a changed one stops.
import type { Guard } from "./guard.ts";

const SCAN = "lib/client/verify/scan.ts";
const STANDING = "lib/client/verify/standing.ts";
const SCENARIO = "tests/scenario/verify.test.ts";
const CEREMONY = "tests/hostile/client/ceremony.test.ts";
const HARD_STOP = "A4 hard stop";
const CODES = "A3 by code";
const VOUCH = "A4 vouching";

export const GUARDS: readonly Guard[] = [
  {
    rule: "A4",
    keeps: "nothing is sealed toward a changed key that had been compared",
    file: "lib/client/events/outbox.ts",
    find: "waiting.length === 0 || this.#options.held(channel)",
    replace: "waiting.length === 0",
    test: SCENARIO,
    name: HARD_STOP,
  },
  {
    rule: "A4",
    keeps: "an accepted key is the present one",
    file: STANDING,
    find: "!(accepted !== undefined && equal(accepted.rik, root))",
    replace: "accepted === undefined",
    test: SCENARIO,
    name: HARD_STOP,
  },
  {
    rule: "A4",
    keeps: "what was compared is the present key",
    file: STANDING,
    find: "return record !== undefined && root !== undefined && equal(record.rik, root);",
    replace: "return record !== undefined && root !== undefined;",
    test: SCENARIO,
    name: HARD_STOP,
  },
  {
    rule: "A4",
    keeps: "a vouch is believed of those alone whom I compared",
    file: STANDING,
    find: "roleAt(this.#parts.state, one) !== null && this.sure(one)",
    replace: "roleAt(this.#parts.state, one) !== null",
    test: SCENARIO,
    name: VOUCH,
  },
  {
    rule: "A4",
    keeps: "a vouch is for one key",
    file: STANDING,
    find: "words.filter(({ vouch }) => equal(vouch.rik, root))",
    replace: "words",
    test: SCENARIO,
    name: VOUCH,
  },
  {
    rule: "A4",
    keeps: "nobody vouches for whom he did not compare",
    file: "lib/client/verify/commands.ts",
    find: "if (on && !new Standings(account).sure(user)) throw",
    replace: "if (on && false) throw",
    test: SCENARIO,
    name: VOUCH,
  },
  {
    rule: "A3",
    keeps: "both groups are typed",
    file: "lib/client/verify/number.ts",
    find: "return asked.every(",
    replace: "return asked.some(",
    test: SCENARIO,
    name: "A3 by number",
  },
  {
    rule: "A3",
    keeps: "a try counts for the number that it was made of",
    file: "lib/client/verify/commands.ts",
    find: `open === undefined || open.number !== groups.join(" ")`,
    replace: "open === undefined",
    test: SCENARIO,
    name: "A3 a code from before a renewal",
  },
  ...(
    [
      ["codes of another workspace", `if (code.ws !== parts.ws) throw new Fault("verify/other-workspace");`],
      ["codes of somebody else", `if (code.by !== user) throw new Fault("verify/other-person");`],
      ["codes for somebody else", `if (code.to !== parts.me) throw new Fault("verify/not-for-me");`],
      ["heads that the server does not show", `if (ours === undefined) throw new Fault("verify/behind");`],
    ] as const
  ).map(([keeps, find]): Guard => ({ rule: "A3", keeps, file: SCAN, find, replace: "", test: SCENARIO, name: CODES })),
  {
    rule: "A3",
    keeps: "keys that differ",
    file: SCAN,
    find: "  if (equal(own, code.theirs) && equal(theirs, code.own)) {",
    replace: "  if (own.length > 0) {",
    test: SCENARIO,
    name: CODES,
  },
  {
    rule: "MS-03",
    keeps: "a key swapped by a card passes for an old code",
    file: SCAN,
    find: "known && !anew(parts, code) &&",
    replace: "known &&",
    test: CEREMONY,
    name: "MS-03",
  },
  {
    rule: "MS-06",
    keeps: "two histories that a scan finds",
    file: SCAN,
    find: "if (ours !== undefined && !equal(ours, code.head)) {",
    replace: "if (ours === undefined && code.n === 0) {",
    test: CEREMONY,
    name: "L9 L10 two people",
  },
  {
    rule: "L10",
    keeps: "a head that the server does not show",
    file: "lib/client/ledger/book.ts",
    find: "if (!whole || found === undefined || !equal(found, head)) throw",
    replace: "if (!whole || found === undefined) throw",
    test: CEREMONY,
    name: "MS-06 L10",
  },
  {
    rule: "L10",
    keeps: "what was refused in a history that one has left since",
    file: "lib/client/verify/forks.ts",
    find: "  for (const channel of [...parts.stateChannels(), ...parts.channels()]) await rejudge(parts, channel);",
    replace: "",
    test: CEREMONY,
    name: "MS-06 L10",
  },
];
