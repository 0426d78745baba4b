// The simulator itself: a seed does the same again to the byte, and the seeds that ever failed pass.
import { expect, test } from "vitest";
import { OPERATIONS, playSeed } from "@/tests/sim/play.ts";
import { replay } from "@/tests/sim/suite.ts";

test.each([4, 7])("seed %i played twice leaves the same trace", async (seed) => {
  const first = await playSeed(seed);
  const lines: string[] = [];
  const again = await playSeed(seed, { print: (line) => lines.push(line) });
  expect(again.trace).toBe(first.trace);
  expect(lines.length).toBeGreaterThan(100);
  expect((await playSeed(seed + 100)).trace).not.toBe(first.trace);
});

replay(({ operations }) => operations === OPERATIONS);
