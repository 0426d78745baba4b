// The guards that shut out who is gone, each with the case in which his keys would open what came later.
import type { Guard } from "./guard.ts";

const QUERIES = "lib/proof/queries.ts";
const TEST = "tests/scenario/removal.test.ts";
const ROTATION = {
  file: QUERIES,
  find: "last === undefined || (found.revoking.at(-1) ?? 0) > last.n;",
  replace: "last === undefined;",
};

export const GUARDS: readonly Guard[] = [
  {
    rule: "E4 member",
    ...ROTATION,
    keeps: "the old keys of a removed member",
    test: TEST,
    name: "a removed member opens nothing later",
  },
  {
    rule: "E4 guest",
    ...ROTATION,
    keeps: "the old keys of a removed guest",
    test: TEST,
    name: "a removed guest opens nothing later",
  },
  {
    rule: "E4 channel",
    ...ROTATION,
    more: [
      {
        file: "lib/client/commands/channels.ts",
        find: "if (user !== account.me) await account.rooms.rotateInto(draft, id);",
        replace: "",
      },
    ],
    keeps: "the old keys of who was put out of a channel",
    test: TEST,
    name: "put out of private channels alone",
  },
  {
    rule: "E4 bot",
    ...ROTATION,
    keeps: "the old keys of an account without an engine",
    test: TEST,
    name: "a bot-like account",
  },
  {
    rule: "E4 device",
    ...ROTATION,
    keeps: "the old keys of a retired device",
    test: TEST,
    name: "a retired device opens nothing later",
  },
  {
    rule: "E8 guest",
    file: QUERIES,
    find: `return scope.history === "since-join" && (scope.addedAt.at(-1) ?? 0) > last.n ? "cut" : "chain";`,
    replace: `return "chain";`,
    keeps: "what was said before somebody came, where history begins with joining",
    test: TEST,
    name: "a removed guest opens nothing later",
  },
];
