// The guards of finding: what must not be found, what must leave the disk, and what a failing disk must not break.
import type { Guard } from "./guard.ts";

const SHELF = "lib/client/search/shelf/shelf.ts";
const STORE = "lib/client/search/shelf/store.ts";
const RESOLVE = "lib/client/search/resolve.ts";
const INDEXER = "lib/client/search/indexer.ts";
const PAST = "lib/client/events/past/past.ts";
const UNIT = "tests/unit/client/search/shelf.test.ts";
const SHARE = "lib/client/search/share";
const SHARED = "tests/scenario/daily/index-share.test.ts";
const PARCEL = "tests/unit/client/search/parcel.test.ts";
const SCENARIO = "tests/scenario/search.test.ts";

const guard = (keeps: string, test: string, name: string, file: string, find: string, replace: string): Guard => ({
  rule: "UX 7 search",
  keeps,
  test,
  name,
  file,
  find,
  replace,
});

export const GUARDS: readonly Guard[] = [
  guard(
    "another person's index",
    PARCEL,
    "an index comes over as it was left",
    `${SHARE}/parcel.ts`,
    "|| stored.user !== whose.user",
    "",
  ),
  guard(
    "a message of an index that nothing could take out again",
    PARCEL,
    "an index comes over as it was left",
    `${SHARE}/parcel.ts`,
    "|| !places.has(at)",
    "",
  ),
  guard(
    "what was edited since an index was left",
    SHARED,
    "a linked device finds an old message",
    `${SHARE}/taking.ts`,
    "piece.again.add(pos);",
    "",
  ),
  guard(
    "a channel with a term in what is left",
    SHARED,
    "E9 what was deleted, or is past its days",
    `${SHARE}/pack.ts`,
    "for (const channel of bare) readable.delete(channel);",
    "",
  ),
  guard(
    "an index on the server that holds what was deleted since",
    SHARED,
    "E9 what was deleted, or is past its days",
    `${SHARE}/sharing.ts`,
    'if (record !== undefined) await session.call("events.purge"',
    'if (record === undefined) await session.call("events.purge"',
  ),
  guard(
    "what was taken over and is past its days",
    SHARED,
    "E9 what was deleted, or is past its days",
    INDEXER,
    "await this.#expire();\n        await this.#save();\n      });\n      this.#told(null);",
    "await this.#save();\n      });\n      this.#told(null);",
  ),
  guard(
    "words of deleted messages on the disk",
    UNIT,
    "leaves the disk with the next tending",
    SHELF,
    "if (purge && !info.purge)",
    "if (purge && info.purge)",
  ),
  guard(
    "an older wording of what was deleted",
    UNIT,
    "an older wording of it leaves too",
    SHELF,
    "if (row !== undefined) this.#bury(info, columns, [row], doc === null);",
    "if (row !== undefined) this.#bury(info, columns, [row], doc === null && !this.#dead.get(info.id)?.has(row));",
  ),
  guard(
    "a message that is in two segments",
    UNIT,
    "what changes while segments are merged is found once",
    SHELF,
    "dead.add(rowAt(columns, channel, pos) as number);",
    "rowAt(columns, channel, pos);",
  ),
  guard(
    "rows that are damaged",
    UNIT,
    "rows that are damaged cost the index",
    SHELF,
    "this.#damaged += 1;\n    await this.reset();",
    "this.#damaged += 1;",
  ),
  guard(
    "what one may not read any more",
    SCENARIO,
    "words, beginnings, phrases and filters",
    RESOLVE,
    "channels: new Set(account.channels()),",
    "channels: new Set([...account.log.marks.keys()]),",
  ),
  guard(
    "more than was asked for",
    SCENARIO,
    "words, beginnings, phrases and filters",
    RESOLVE,
    "if (filters.some(({ known }) => !known)) bounds.channels = new Set();",
    "",
  ),
  guard(
    "an index that stops in silence",
    SCENARIO,
    "a full disk in mid-index",
    INDEXER,
    "this.#told(asFault(thrown).code);",
    "this.#told(null);",
  ),
  guard(
    "old wordings of edited messages",
    SCENARIO,
    "edits replace, names of files count",
    INDEXER,
    "this.#queue(record.channel, target.pos);",
    "return;",
  ),
  guard(
    "an index of another format",
    UNIT,
    "an index that another version wrote is made anew",
    STORE,
    "if (stored?.v !== VERSION) return undefined;",
    "if (stored === undefined) return undefined;",
  ),
  guard(
    "an old message without what was said of it since",
    "tests/scenario/past.test.ts",
    "an old message opens with its neighbours",
    PAST,
    "for (const record of [...records, ...said.flat()]) insert(stretch.window, record);",
    "for (const record of records) insert(stretch.window, record);",
  ),
];
