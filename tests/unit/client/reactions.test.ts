// What counts as an emoji, and ten thousand reactions on one message: exact counts, few names, little time (M7).
import { expect, test } from "vitest";
import type { UserId } from "@/lib/base/ids.ts";
import { isEmoji } from "@/lib/client/reactions/emoji.ts";
import { MOST_EMOJI, reactionItems } from "@/lib/client/reactions/items.ts";
import { type Reacted, type Reactions, wins } from "@/lib/client/view/changes/hearing.ts";

const GOOD = ["👀", "🔬", "👍🏽", "❤️", "🇫🇷", "👩‍👩‍👧", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "☺", ":parrot:", ":a_b-1:"];
const BAD = [
  "",
  "a",
  "ok",
  "1",
  "#",
  "👀👀",
  "👍 ",
  ":Parrot:",
  "::",
  ":a b:",
  "\u200d",
  "\ufe0f",
  "\u202e👀",
  "👀a",
  "🙂".repeat(20),
];

test.each(GOOD)("%s may stand as a reaction", (text) => {
  expect(isEmoji(text)).toBe(true);
});

test.each(BAD)("%j may not", (text) => {
  expect(isEmoji(text)).toBe(false);
});

test("M7 the higher rev wins, on a tie the larger hash", () => {
  const low = { rev: 1, hash: Uint8Array.of(9) };
  expect(wins({ rev: 2, hash: Uint8Array.of(1) }, low)).toBe(true);
  expect(wins({ rev: 1, hash: Uint8Array.of(8) }, low)).toBe(false);
  expect(wins({ rev: 1, hash: Uint8Array.of(10) }, low)).toBe(true);
});

test("ten thousand reactions are counted exactly, and some of the names told", () => {
  const said = new Map<UserId, Reacted>();
  for (let i = 0; i < 10_000; i += 1)
    said.set(`user ${i}` as UserId, { rev: 1, hash: new Uint8Array(32), on: i % 10 !== 0 });
  const reactions: Reactions = new Map([["👀", said]]);
  const [item] = reactionItems(reactions, "user 9999" as UserId);
  expect(item?.count).toBe(9000);
  expect(item?.mine).toBe(true);
  expect(item?.users.length).toBeLessThanOrEqual(30);
});

test("a message shows no more kinds than a person could tell apart", () => {
  const said = (): Map<UserId, Reacted> => new Map([["one" as UserId, { rev: 1, hash: new Uint8Array(32), on: true }]]);
  const reactions: Reactions = new Map(Array.from({ length: 1000 }, (_, i) => [`:e${i}:`, said()]));
  expect(reactionItems(reactions, "me" as UserId)).toHaveLength(MOST_EMOJI);
});
