// Guards of unread and mention counts, with the random schedules that must miss them.
import type { Guard } from "./guard.ts";

const guard = (keeps: string, file: string, find: string, replace: string): Guard => ({
  rule: "M7 counts",
  keeps,
  file,
  find,
  replace,
  test: "tests/scenario/counts.test.ts",
  name: "counts are never wrong after sync",
});

export const GUARDS: readonly Guard[] = [
  {
    ...guard(
      "a marker that goes back",
      "lib/client/events/registers.ts",
      "      return content.pos > held.content.pos;",
      "      return content.rev > held.content.rev;",
    ),
    test: "tests/unit/client/markers.test.ts",
    name: "what was read is read",
  },
  guard(
    "mentions that an edit made or took",
    "lib/client/account/unread.ts",
    "known.edits.get(editName(id, user, hash))?.named ?? named",
    "named",
  ),
  guard(
    "messages deleted before they were read",
    "lib/client/account/unread.ts",
    "if (this.#isDeleted(channel, known, id, message)) return [];",
    "",
  ),
];
