// What a person is told of: the rule as a table, and its borders in time.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Arrival, decide, hasWord, isQuiet, type Moment, type Verdict } from "@/lib/client/notify/decide.ts";
import {
  type ChannelNotify,
  DEFAULT_CHANNEL,
  DEFAULT_NOTIFY,
  FOREVER,
  formatChannelNotify,
  formatNotify,
  type NotifySetting,
  parseChannelNotify,
  parseNotify,
} from "@/lib/protocol/setting/notify.ts";

const NOON: Moment = { ms: 1_790_000_000_000, minute: 720, weekday: 3 };
const plain: Arrival = {
  mine: false,
  direct: false,
  mention: false,
  text: "the print run",
  thread: null,
  joined: true,
};
const all = (change: Partial<NotifySetting> = {}): NotifySetting => ({ ...DEFAULT_NOTIFY, ...change });
const here = (change: Partial<ChannelNotify> = {}): ChannelNotify => ({ ...DEFAULT_CHANNEL, ...change });
const quiet = (change: Partial<NotifySetting["quiet"]>) => ({ ...DEFAULT_NOTIFY.quiet, on: true, ...change });
const followed = { followed: true };

const TABLE: readonly [string, Partial<Arrival>, Partial<NotifySetting>, Partial<ChannelNotify>, Verdict][] = [
  ["a plain message, mentions only", {}, {}, {}, "none"],
  ["a mention", { mention: true }, {}, {}, "show"],
  ["a direct message", { direct: true }, {}, {}, "show"],
  ["one's own words, from another device", { mine: true, mention: true, direct: true }, { level: "all" }, {}, "none"],
  ["everything", {}, { level: "all" }, {}, "show"],
  ["nothing, and a plain message", {}, { level: "nothing" }, {}, "none"],
  ["nothing, and a mention", { mention: true }, { level: "nothing" }, {}, "badge"],
  ["nothing, and a direct message", { direct: true }, { level: "nothing" }, {}, "badge"],
  ["everything here, mentions elsewhere", {}, {}, { level: "all" }, "show"],
  ["nothing here, everything elsewhere", { mention: true }, { level: "all" }, { level: "nothing" }, "badge"],
  ["a muted channel", {}, { level: "all" }, { muted: FOREVER }, "none"],
  ["a mention in a muted channel", { mention: true }, { level: "all" }, { muted: FOREVER }, "badge"],
  ["a muted conversation", { direct: true }, {}, { muted: FOREVER }, "none"],
  ["muted until a moment ago", { mention: true }, {}, { muted: NOON.ms }, "show"],
  ["muted until in a moment", { mention: true }, {}, { muted: NOON.ms + 1 }, "badge"],
  ["a word one asked for", {}, { words: ["PRINT"] }, {}, "show"],
  ["a word one asked for, in a muted channel", {}, { words: ["print"] }, { muted: FOREVER }, "none"],
  ["a reply in a thread one follows", { thread: followed }, {}, {}, "show"],
  ["the same, not wanted", { thread: followed }, { threads: false }, {}, "none"],
  ["a reply elsewhere, everything wanted", { thread: { followed: false } }, { level: "all" }, {}, "none"],
  ["a mention in a thread one does not follow", { thread: { followed: false }, mention: true }, {}, {}, "show"],
  ["a channel one has left", { mention: true, joined: false }, { level: "all" }, {}, "none"],
  ["a mention, not to be disturbed", { mention: true }, { pause: NOON.ms + 1 }, {}, "badge"],
  ["a mention, disturbed again", { mention: true }, { pause: NOON.ms }, {}, "show"],
  ["a mention in quiet hours", { mention: true }, { quiet: quiet({ from: 700, to: 800 }) }, {}, "badge"],
  ["a plain message in quiet hours", {}, { quiet: quiet({ from: 700, to: 800 }) }, {}, "none"],
];

test.each(TABLE)("%s", (_, arrival, chosen, channel, verdict) => {
  expect(decide({ ...plain, ...arrival }, { all: all(chosen), here: here(channel) }, NOON)).toBe(verdict);
});

test("quiet hours begin and end to the minute, over midnight too, and take whole weekends where that was chosen", () => {
  const at = (minute: number, weekday = 3) => ({ ...NOON, minute, weekday });
  const night = all({ quiet: quiet({ from: 1200, to: 450 }) });
  expect([1199, 1200, 1439, 0, 449, 450].map((minute) => isQuiet(night, at(minute)))).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
  ]);
  const day = all({ quiet: quiet({ from: 540, to: 600 }) });
  expect([539, 540, 599, 600].map((minute) => isQuiet(day, at(minute)))).toEqual([false, true, true, false]);
  expect(isQuiet(all({ quiet: quiet({ from: 300, to: 300 }) }), at(10))).toBe(true);
  const weekends = all({ quiet: { ...DEFAULT_NOTIFY.quiet, weekends: true } });
  expect([0, 1, 5, 6].map((weekday) => isQuiet(weekends, at(700, weekday)))).toEqual([true, false, false, true]);
});

test("words are whole ones, in any script and case", () => {
  expect(hasWord("Cadmium is back", ["cadmium"])).toBe(true);
  expect(hasWord("cadmiums, a cadmium!", ["cadmium"])).toBe(true);
  expect(hasWord("the cadmiumized plate", ["cadmium"])).toBe(false);
  expect(hasWord("print deadline moved", ["print deadline"])).toBe(true);
  expect(hasWord("une deadline imprévue", ["imprévu"])).toBe(false);
  expect(hasWord("c++ or c#", ["c++"])).toBe(true);
  expect(hasWord("дедлайн сегодня", ["ДЕДЛАЙН"])).toBe(true);
  expect(hasWord("anything", [""])).toBe(false);
});

test("whatever was chosen reads back the same; what cannot be read is as if nothing was chosen", () => {
  const settings = fc.record({
    level: fc.constantFrom("all" as const, "mentions" as const, "nothing" as const),
    threads: fc.boolean(),
    words: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,40}$/), { maxLength: 50 }),
    text: fc.boolean(),
    sound: fc.boolean(),
    quiet: fc.record({
      on: fc.boolean(),
      from: fc.integer({ min: 0, max: 1439 }),
      to: fc.integer({ min: 0, max: 1439 }),
      weekends: fc.boolean(),
    }),
    pause: fc.option(fc.nat()),
  });
  fc.assert(
    fc.property(settings, (setting) => {
      const value = formatNotify(setting);
      expect(value.length).toBeLessThanOrEqual(4096);
      expect(parseNotify(value)).toEqual(setting);
    }),
  );
  const bad = [undefined, "", "null", "{", "[]", '{"level":"all"}', '{"level":"loud"}', "9".repeat(4000)];
  for (const value of [...bad, `${formatNotify(DEFAULT_NOTIFY).slice(0, -1)},"more":1}`])
    expect(parseNotify(value)).toEqual(DEFAULT_NOTIFY);
  for (const value of [...bad, '{"level":null,"muted":-1}', '{"level":null,"muted":1e99}'])
    expect(parseChannelNotify(value)).toEqual(DEFAULT_CHANNEL);
  expect(parseChannelNotify(formatChannelNotify({ level: "all", muted: FOREVER }))).toEqual({
    level: "all",
    muted: FOREVER,
  });
});

test("words are brought into bounds before they are kept", () => {
  const words = [" deadline ", "deadline", "", "x".repeat(60), ...Array.from({ length: 80 }, (_, i) => `word${i}`)];
  const kept = parseNotify(formatNotify({ ...DEFAULT_NOTIFY, words })).words;
  expect(kept.slice(0, 2)).toEqual(["deadline", "x".repeat(40)]);
  expect(kept.length).toBe(50);
  expect(
    formatNotify({ ...DEFAULT_NOTIFY, words: Array.from({ length: 50 }, (_, i) => `${"\u0001".repeat(38)}${i}`) })
      .length,
  ).toBeLessThanOrEqual(4096);
});
