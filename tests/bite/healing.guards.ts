// Guards of a server that fell back: what notices it, and what names false bytes that are given back (PROTOCOL L10).
import { client, type Guard } from "./guard.ts";

const HEAL = "lib/client/heal/heal.ts";

export const GUARDS: readonly Guard[] = [
  {
    rule: "L10",
    keeps: "losses in whose places others lie",
    file: HEAL,
    find: "((ends.get(channel) ?? 0) < high || lacking.has(channel))",
    replace: "(ends.get(channel) ?? 0) < high",
    test: "tests/scenario/restore.test.ts",
    name: "as many new ones, and more",
  },
  client(
    "MS-49 a server that fell back and denies it",
    "losses below what is newest",
    "restored",
    HEAL,
    "...shown.slice(-SHOWN).map(({ id }) => id)",
    "",
  ),
  client(
    "MS-49 false bytes",
    "other bytes under the id of what is held",
    "restored",
    "lib/client/events/log.ts",
    "if (!given || isReplaced(row, context)) this",
    "if (!given) this",
  ),
  {
    rule: "SRV-02",
    keeps: "questions about events of channels that one may not read",
    file: "server/routers/sync.ts",
    find: "if (judgeRead(state, session.user, channel) !== null) continue;\n        if (",
    replace: "if (",
    test: "tests/hostile/server/srv-02-03-ids.test.ts",
    name: "SRV-02 sync.state",
  },
];
