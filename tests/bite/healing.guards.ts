// Guards of a server that fell back: what notices it, and what names false bytes that are given back (PROTOCOL L10).
import { client, type Guard } from "./guard.ts";

const HEAL = "lib/client/heal/heal.ts";
const RESTORE = "tests/scenario/restore.test.ts";
const EVERYTHING = "MS-49 links, keys, messages";

export const GUARDS: readonly Guard[] = [
  {
    rule: "L10",
    keeps: "losses in whose places others lie",
    file: HEAL,
    find: "((ends.get(channel) ?? 0) < high || lacking.has(channel))",
    replace: "(ends.get(channel) ?? 0) < high",
    test: RESTORE,
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
    "lib/client/events/inbox.ts",
    "if (!given || isReplaced(row, context)) hear",
    "if (!given) hear",
  ),
  client(
    "MS-49 false bytes under the id",
    "other bytes under the id of what was acknowledged",
    "restored",
    "lib/client/account/account.ts",
    "void this.outbox.doubt(record.id, record.code).catch(() => undefined);",
    "continue;",
  ),
  client(
    "MS-40",
    "false alarms over a forged row beside the true one",
    "events",
    "lib/client/events/outbox.ts",
    "if (columns.ciphertext === toJson(entry.sealed.ciphertext) || !this.#entries.has(id)) return;\n    if (await this.#cameBack(entry)) return;",
    "",
  ),
  client(
    "MS-49 an old head",
    "a server that fell back, said to nobody",
    "restored",
    HEAL,
    `if (refused || book.stop === "proof/rollback") this.#account.note("proof/rollback", "alarm", "");`,
    "",
  ),
  client(
    "MS-06",
    "an alarm's file without what proves it",
    "ledger",
    "lib/client/commands/alarms.ts",
    "evidence: await account.warnings.evidence(id),",
    "evidence: null,",
  ),
  {
    rule: "L10",
    keeps: "keys that the older copy lacks for good",
    file: HEAL,
    find: "await giveKeys(account, n);",
    replace: "",
    test: RESTORE,
    name: EVERYTHING,
  },
  {
    rule: "L10",
    keeps: "deleted words that lie there again",
    file: HEAL,
    find: "await this.#purge(this.#last.purges.map((one) => [one.channel as ChannelId, one.ids as EventId[]]));",
    replace: "",
    test: RESTORE,
    name: EVERYTHING,
  },
  {
    rule: "SRV-02",
    keeps: "questions about events of channels that one may not read",
    file: "server/routers/sync.ts",
    find: "if (judgeRead(state, session.user, channel) !== null) continue;\n        if (",
    replace: "if (",
    test: "tests/hostile/server/srv-02-03-ids.test.ts",
    name: "SRV-02 sync.state",
  },
  {
    rule: "L10",
    keeps: "what belongs below a head that cannot be made whole",
    file: HEAL,
    find: "if (book.behind !== null) return await this.#giveBelow(book.behind);",
    replace: "if (book.behind !== null) return;",
    test: RESTORE,
    name: "L10 D4",
  },
];
