// What takes a message off every disk past its channel's days; without each of these something of it is left.
import type { Guard } from "./guard.ts";

const TEST = "tests/scenario/retention.test.ts";
const LEFT = "E9 past its days nothing of a message is left";
const AWAY = "E9 M13 a device that was away";

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
];
