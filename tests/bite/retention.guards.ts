// What takes a message off every disk past its channel's days; without each of these something of it is left.
import type { Guard } from "./guard.ts";

const TEST = "tests/scenario/retention.test.ts";
const LEFT = "E9 past its days nothing of a message is left";
const AWAY = "E9 M13 a device that was away";

const DATES = "E9 MS-40 false dates";
const GIVEN = "L10 E9 another's word on when and where";

const given = (keeps: string, find: string, replace: string): Guard => ({
  rule: `E9 ${keeps}`,
  keeps,
  file: "server/store/sqlite-restores.ts",
  find,
  replace,
  test: "tests/contract/store-sqlite.test.ts",
  name: GIVEN,
});

const guard = (keeps: string, file: string, find: string, replace: string, name = LEFT): Guard => ({
  rule: `E9 ${keeps}`,
  keeps,
  file,
  find,
  replace,
  test: TEST,
  name,
});

export const GUARDS: readonly Guard[] = [
  guard(
    "ciphertext in the log beside the database",
    "server/store/retention/sqlite-retention.ts",
    `void this.parts.raw.pragma("wal_checkpoint(TRUNCATE)")`,
    "undefined",
  ),
  guard(
    "ciphertext in the free pages of the database",
    "server/store/open.ts",
    `raw.pragma("secure_delete = ON");`,
    `raw.pragma("secure_delete = OFF");`,
  ),
  guard(
    "rows of the server",
    "server/retention.ts",
    "count += await app.store.retention.expireEvents(ws, channel, before);",
    "",
  ),
  guard(
    "files of the server",
    "server/retention.ts",
    "const gone = await app.store.retention.expireBlobs(ws, channel, before);",
    "const gone: [] = [];",
  ),
  guard(
    "ciphertext on a device",
    "lib/client/events/records.ts",
    `if (record.status !== "gone" || record.sealed === null) return record;`,
    `if (record.status !== "refused" || record.sealed === null) return record;`,
  ),
  guard(
    "edits of what is gone",
    "lib/client/retention/retention.ts",
    "log.replace(...old.map(emptied), ...later.map(emptied))",
    "log.replace(...old.map(emptied), ...later.slice(later.length).map(emptied))",
  ),
  guard(
    "text of a device that was away",
    "lib/client/retention/retention.ts",
    "return days === null ? null : this.#account.ports.clock.now() - days * DAY_MS;",
    "return days === null ? null : 0;",
    AWAY,
  ),
  guard(
    "what the server dates into the future",
    "lib/client/retention/retention.ts",
    "const first = seen.get(record.id) ?? (claimOf(record) > now ? now : null);",
    "const first = null as number | null;",
    DATES,
  ),
  guard(
    "what follows a row that is to be kept",
    "lib/client/retention/retention.ts",
    "await this.#empty(channel, past);",
    "const first = here.findIndex((record) => holdsContent(record) && !past.includes(record));\n      await this.#empty(channel, first < 0 ? past : []);",
    DATES,
  ),
  guard(
    "all channels but the first",
    "lib/client/retention/retention.ts",
    "Promise.all(rules.map(",
    "Promise.all(rules.slice(0, 1).map(",
    DATES,
  ),
  guard(
    "the end at once of what the server dates into the past",
    "lib/client/retention/age.ts",
    "Math.max(receivedAt, sentAt);",
    "receivedAt + 0 * sentAt;",
    DATES,
  ),
  given(
    "the end at once of what another dates into the past",
    "if (own) return receivedAt;",
    "if (own || w > -1) return receivedAt;",
  ),
  given("another's place and time for an author's own", "seq, own, pos, receivedAt };", "seq, own };"),
];
