// Guards of polls, pins and quotes: what others say, or say they read, counts only where they had the right to say it.
import type { Guard } from "./guard.ts";

const POLLS = "lib/client/view/changes/polls.ts";
const CHOICES = "lib/client/conversation/polls.ts";
const QUOTES = "lib/client/conversation/quotes.ts";
const SINGLE = "lib/client/view/items/single.ts";
const HOSTILE = "tests/hostile/client/conversation.test.ts";
const SCENARIO = "tests/scenario/conversation.test.ts";

const COUNTS = "MS-34 a vote for answers";
const ENDS = "MS-34 nobody ends another’s poll";
const AUTHOR = "MS-34 not even its author";
const QUOTED = "MS-34 a quote that its author never wrote";
const PINNED = "MS-34 a pin counts";

function guard(name: string, keeps: string, file: string, find: string, replace: string, test = HOSTILE): Guard {
  return { rule: /^[A-Z]+-?\d+/.exec(name)?.[0] ?? name, keeps, file, find, replace, test, name };
}

const LISTS = "tests/hostile/client/lists.test.ts";
const BOUNDS = "lib/client/places/bounds.ts";

export const GUARDS: readonly Guard[] = [
  guard("MS-23 bookmarks", "a list without end", BOUNDS, "    .slice(0, most)\n", "", LISTS),
  guard(
    "MS-23 pins",
    "one person’s flood over everybody else’s",
    BOUNDS,
    "    .sort((a, b) => a.turn - b.turn)\n",
    "",
    LISTS,
  ),
  guard(
    "MS-23 emoji",
    "more pictures than a tab can hold",
    "lib/client/daily/emoji.ts",
    "return bytes > SHOWN.emojiBytes ? [] : [content];",
    "return [content];",
    LISTS,
  ),
  guard(
    COUNTS,
    "votes for answers that are not there",
    CHOICES,
    "return choices.every((choice) => choice < poll.options.length);",
    "return true;",
  ),
  guard(
    COUNTS,
    "one answer chosen twice",
    CHOICES,
    "new Set(choices).size !== choices.length || (!poll.many && choices.length > 1)",
    "!poll.many && new Set(choices).size > 1",
  ),
  guard(COUNTS, "more answers than a poll takes", CHOICES, "|| (!poll.many && choices.length > 1)", ""),
  guard(COUNTS, "votes on what is no poll", POLLS, `  hearing.foul(record, "event/unknown-target");\n`, ""),
  guard(
    ENDS,
    "ends of another’s poll",
    POLLS,
    "if (found.target.user !== record.user) {",
    "if (found.target.user === null) {",
  ),
  guard(ENDS, "several votes of one person", POLLS, "wins(vote, held.get(vote.user))", "vote.rev > 0"),
  guard(
    AUTHOR,
    "words over a poll that people voted on",
    "lib/client/view/changes/edits.ts",
    `target.content !== null && target.content.k !== "message"`,
    `target.content === null`,
  ),
  guard(AUTHOR, "votes after the end", POLLS, "vote.pos <= last && ", ""),
  guard(QUOTED, "another author", QUOTES, " && record.user === quote.user", ""),
  guard(QUOTED, "another time", QUOTES, " && record.sentAt === quote.at", ""),
  guard(QUOTED, "another event", QUOTES, "equal(record.hash, quote.hash) && ", ""),
  guard(
    QUOTED,
    "words that were never there",
    QUOTES,
    `said.some(({ text }) => text === quote.text) ? "earlier" : "differs"`,
    `"earlier"`,
  ),
  guard(
    PINNED,
    "another message under the id of what was pinned",
    SINGLE,
    "if (!there || !isPinned(new Map([[id, { hash, by, at }]]), id, original.record.hash)) continue;",
    "if (!there) continue;",
  ),
  guard(
    PINNED,
    "pins of a channel from outside of its scope",
    "lib/client/events/registers.ts",
    "scope !== null && (record.channel as string) === scope && mayWriteChannel",
    "scope !== null && mayWriteChannel",
  ),
  guard(
    "E9 what was said about a deleted message",
    "edits that outlive what they were about",
    "lib/client/account/deletions.ts",
    `if (one.status !== "opened" || one.content?.k === "delete") continue;`,
    "if (one.status !== null) continue;",
    SCENARIO,
  ),
  guard(
    "F2 a file that is in a channel twice",
    "files that another message still brings",
    "lib/client/conversation/blobs.ts",
    'if (content?.k === "file" && content.of !== message) blobs.delete(content.file.blob);',
    'if (content?.k === "file" && content.of !== message) blobs.add(content.file.blob);',
    SCENARIO,
  ),
  guard(
    "F1 a voice message carries its length",
    "pictures of sound beyond the protocol’s bounds",
    "lib/client/files/uploads.ts",
    "voice.peaks.slice(0, 128)",
    "voice.peaks",
    SCENARIO,
  ),
];
