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
];
