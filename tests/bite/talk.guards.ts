// The engine's guards of reactions and threads, each with the hostile case that must miss it.
import { client, type Guard } from "./guard.ts";

const REACTIONS = "lib/client/view/changes/reactions.ts";

export const GUARDS: readonly Guard[] = [
  client(
    "MS-34",
    "words in place of an emoji",
    "reactions",
    REACTIONS,
    "if (!isEmoji(content.emoji)) {",
    "if (content.emoji === null) {",
  ),
  client(
    "MS-34",
    "reactions to what is no message",
    "reactions",
    REACTIONS,
    `if (target.status === "opened" && kind !== "message" && kind !== "poll") {`,
    `if (target.status === "refused" && kind !== "message" && kind !== "poll") {`,
  ),
  client(
    "MS-34",
    "reactions to another content",
    "reactions",
    "lib/client/view/changes/hearing.ts",
    "if (equal(found.hash, target.hash)) return found;",
    "if (equal(found.hash, found.hash)) return found;",
  ),
  client(
    "MS-34",
    "others' words about one's threads",
    "threads",
    "lib/client/threads/threads.ts",
    `if (self && content?.k === "thread") ops.push(`,
    `if (content?.k === "thread") ops.push(`,
  ),
  client(
    "MS-34",
    "others' marks",
    "threads",
    "lib/client/account/account.ts",
    `if (record.content?.k === "marker" && channel === this.selfChannel)`,
    `if (record.content?.k === "marker")`,
  ),
  client(
    "MS-34",
    "answers to what is no thread, in the channel",
    "threads",
    "lib/client/view/items/replies.ts",
    "if (head === undefined) return !whole;",
    "if (head === undefined) return true;",
  ),
  client(
    "MS-34",
    "deletions of answers by others",
    "threads",
    "lib/client/threads/kin.ts",
    `if (mine.some((by) => by.t === "delete" && mayDelete(by, row.user))) return [];`,
    `if (mine.some((by) => by.t === "delete")) return [];`,
  ),
];
