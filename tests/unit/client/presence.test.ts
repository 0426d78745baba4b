// Who is there and who types, by a clock that stands still: what is said how often, and what is believed for how long.
import { expect, test } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import { formatShares, parseShares } from "@/lib/client/presence/here.ts";
import { AWAY_MS, Presence, refreshMs } from "@/lib/client/presence/presence.ts";
import { BELIEVE_MS, SAY_MS, Typing } from "@/lib/client/presence/typing.ts";
import { manualClock } from "@/lib/platform/memory/clock.ts";

const id = <K extends string>(n: number) => mintId<K>(new Uint8Array(16).fill(n));
const [ana, ben] = [id<"user">(1), id<"user">(2)];
const [phone, laptop] = [id<"device">(3), id<"device">(4)];
const channel = id<"channel">(9);

function presence(size = 2) {
  const clock = manualClock();
  const said: string[] = [];
  let changes = 0;
  const part = new Presence({
    clock,
    size: () => size,
    say: (state) => said.push(state),
    changed: () => {
      changes += 1;
    },
    chance: () => 0.5,
  });
  return { clock, said, part, changes: () => changes };
}

test("a device without a touch says nothing, however long it is online", () => {
  const { clock, said, part } = presence();
  part.online();
  clock.advance(3_600_000);
  expect(said).toEqual([]);
});

test("one who uses a device is active, is said to be so again in time, and is away without a touch", () => {
  const { clock, said, part } = presence();
  part.touch();
  expect(said).toEqual(["active"]);
  clock.advance(refreshMs(2));
  expect(said).toEqual(["active", "active"]);
  clock.advance(AWAY_MS);
  expect(said.at(-1)).toBe("away");
  const before = said.length;
  part.touch();
  expect(said.slice(before)).toEqual(["active"]);
  // Many touches are one word.
  for (let i = 0; i < 50; i += 1) part.touch();
  expect(said.length).toBe(before + 1);
});

test("however large the team, its talk about presence stays below one event in two seconds", () => {
  for (const size of [2, 30, 100, 500, 5000]) expect(size / refreshMs(size)).toBeLessThanOrEqual(1 / 2000);
});

test("the liveliest device speaks for a person; what is not said again is forgotten", () => {
  const { clock, part, changes } = presence();
  part.heard(ben, phone, "away");
  part.heard(ben, laptop, "active");
  expect(part.of(ben)).toBe("active");
  expect(part.of(ana)).toBeNull();
  part.heard(ben, laptop, "away");
  expect(part.all()).toEqual({ [ben]: "away" });
  const before = changes();
  part.heard(ben, laptop, "away");
  expect(changes()).toBe(before);
  clock.advance(refreshMs(2) * 2.5);
  expect(part.of(ben)).toBeNull();
  expect(part.all()).toEqual({});
});

test("a newcomer is answered once, in small teams", () => {
  const small = presence();
  small.part.touch();
  small.part.heard(ben, phone, "active");
  small.part.heard(ana, laptop, "active");
  small.clock.advance(4000);
  expect(small.said).toEqual(["active", "active"]);
  const large = presence(400);
  large.part.touch();
  large.part.heard(ben, phone, "active");
  large.clock.advance(10_000);
  expect(large.said).toEqual(["active"]);
});

function typing() {
  const clock = manualClock();
  const said: boolean[] = [];
  const part = new Typing({ clock, say: (_, on) => said.push(on), changed: () => undefined });
  return { clock, said, part };
}

test("typing is said every few seconds while it lasts, and its end once", () => {
  const { clock, said, part } = typing();
  for (let ms = 0; ms < SAY_MS * 3; ms += 100) {
    part.note(channel, true);
    clock.advance(100);
  }
  expect(said).toEqual([true, true, true]);
  part.note(channel, false);
  part.note(channel, false);
  expect(said).toEqual([true, true, true, false]);
});

test("a clock that was set back does not silence anybody", () => {
  const { clock, said, part } = typing();
  part.note(channel, true);
  clock.jump(-3_600_000);
  part.note(channel, true);
  expect(said).toEqual([true, true]);
});

test("who says nothing more, or speaks, types no more", () => {
  const { clock, part } = typing();
  part.heard(channel, ana, true);
  part.heard(channel, ben, true);
  expect(part.people(channel)).toEqual([ana, ben]);
  clock.advance(BELIEVE_MS - 1);
  part.heard(channel, ben, true);
  clock.advance(1);
  expect(part.people(channel)).toEqual([ben]);
  part.spoke(channel, ben);
  expect(part.people(channel)).toEqual([]);
  expect(part.people(id<"channel">(7))).toEqual([]);
});

test("what is shared reads back, and what cannot be read shares nothing", () => {
  for (const presence of [true, false])
    for (const typing of [true, false])
      expect(parseShares(formatShares({ presence, typing }))).toEqual({ presence, typing });
  expect(parseShares(undefined)).toEqual({ presence: true, typing: true });
  expect(parseShares("{}")).toEqual({ presence: false, typing: false });
});
