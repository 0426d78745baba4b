// Polls as they are typed, what a press chooses, and sound as a picture.
import { describe, expect, test } from "vitest";
import { chosen } from "@/app/_channel/polls/choose.ts";
import { pollStart } from "@/app/_channel/polls/poll-start.ts";
import { BARS, clockOf, loudness, peaksOf } from "@/app/_channel/voice/peaks.ts";

describe("polls", () => {
  test.each([
    ["", { question: "", options: [] }],
    ["Which day?", { question: "Which day?", options: [] }],
    [" Which day? | Monday |  | Friday ", { question: "Which day?", options: ["Monday", "Friday"] }],
  ])("what %j behind /poll begins with", (rest, start) => {
    expect(pollStart(rest)).toEqual(start);
  });

  test("no more answers are taken than a poll carries", () => {
    expect(pollStart(`Q ${Array.from({ length: 20 }, (_, at) => `| a${at}`).join(" ")}`).options).toHaveLength(12);
  });

  test("a press chooses, chooses something else instead, or beside it; pressed again it takes the vote back", () => {
    expect(chosen({ many: false, mine: [] }, 1)).toEqual([1]);
    expect(chosen({ many: false, mine: [1] }, 2)).toEqual([2]);
    expect(chosen({ many: false, mine: [1] }, 1)).toEqual([]);
    expect(chosen({ many: true, mine: [2] }, 0)).toEqual([0, 2]);
    expect(chosen({ many: true, mine: [0, 2] }, 0)).toEqual([2]);
  });
});

describe("voice", () => {
  test("a picture has no more bars than were measured, and none beyond what a message carries", () => {
    expect(peaksOf([])).toHaveLength(0);
    expect(peaksOf([0.2, 0.4])).toEqual(Uint8Array.of(128, 255));
    const long = peaksOf(Array.from({ length: 100_000 }, (_, at) => Math.abs(Math.sin(at / 700))));
    expect(long).toHaveLength(BARS);
    expect(BARS).toBeLessThanOrEqual(128);
    expect(Math.max(...long)).toBe(255);
  });

  test("silence is low, and a full tone high", () => {
    expect(loudness(new Float32Array(1024))).toBe(0);
    expect(loudness(Float32Array.from({ length: 1024 }, (_, at) => Math.sin(at)))).toBe(1);
    expect(peaksOf([0, 0, 0])).toEqual(Uint8Array.of(0, 0, 0));
  });

  test("lengths read as clocks do", () => {
    expect([0, 499, 7_400, 59_999, 760_000].map(clockOf)).toEqual(["0:00", "0:00", "0:07", "1:00", "12:40"]);
  });
});
