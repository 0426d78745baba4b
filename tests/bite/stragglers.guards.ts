// Guards of devices that hear of things late: each with the scenario that must go wrong without it (PROTOCOL L2, L8, L9, M10).
import type { Guard } from "./guard.ts";

const test = "tests/scenario/stragglers.test.ts";

export const GUARDS: readonly Guard[] = [
  {
    rule: "L9 late",
    keeps: "a newcomer's first event before his link",
    file: "lib/client/events/inbox.ts",
    find: "if (!context.final && deviceOf(context.ledger, header.device) === undefined) return",
    replace: "if (context.ledger.n < 0) return",
    test,
    name: "L9 a newcomer's first event",
  },
  {
    rule: "L2 late",
    keeps: "chains of those who are out again",
    file: "server/routers/ledger.ts",
    find: `if (seen.length === 0) throw new Fault("may/not-found");`,
    replace: `if (!chainVisible(state, viewer, chain)) throw new Fault("may/not-found");`,
    test,
    name: "L2 who was put into a channel",
  },
  {
    rule: "L8 late",
    keeps: "messages that may not be sent any more",
    file: "lib/client/events/outbox.ts",
    find: "if (code !== null) return await this.#failAll(waiting, code);",
    replace: "",
    test,
    name: "L8 what was written",
  },
  {
    rule: "M10 late",
    keeps: "what lies sealed under an older key of one's own",
    file: "lib/client/events/outbox-entry.ts",
    find: "if (self !== null) return epoch === currentPuk(state, self)?.gen;",
    replace: "if (self !== null) return epoch > 0;",
    test,
    name: "M10 what was sealed",
  },
  {
    rule: "A2 late",
    keeps: "what an announcement began and a lost answer broke off",
    file: "lib/client/account/catch-up.ts",
    find: "account.retries.broken(asFault(thrown));",
    replace: "",
    test,
    name: "A2 who was put into a channel",
  },
  {
    rule: "M9 late",
    keeps: "rows that wait unseen",
    file: "lib/client/account/account.ts",
    find: "this.#catchUp.wakeRows();",
    replace: "",
    test,
    name: "M9 what waited",
  },
  {
    rule: "L2 told",
    keeps: "notices about a lost answer",
    file: "lib/client/account/ending.ts",
    find: `if (entry.blame !== "network") account.note(code, "note", "");`,
    replace: `if (entry.blame !== "server") account.note(code, "note", "");`,
    test,
    name: "L2 a lost answer",
  },
  {
    rule: "L8 told",
    keeps: "notices about what one may not read any more",
    file: "lib/client/account/retries.ts",
    find: "if (readable(channel)) this.#options.fault(fault.code);\n      else this.#behind.delete(channel);",
    replace: "this.#options.fault(fault.code);\n      if (!readable(channel)) this.#behind.delete(channel);",
    test,
    name: "L8 rows that could not",
  },
];
