// The simulator itself: a seed does the same again to the byte, and the seeds that ever failed pass.
import { expect, test } from "vitest";
import { FAILED_SEEDS } from "@/tests/sim/failed-seeds.ts";
import { playSeed } from "@/tests/sim/play.ts";

test.each([4, 7])("seed %i played twice leaves the same trace", async (seed) => {
  const first = await playSeed(seed);
  const lines: string[] = [];
  const again = await playSeed(seed, { print: (line) => lines.push(line) });
  expect(again.trace).toBe(first.trace);
  expect(lines.length).toBeGreaterThan(100);
  expect((await playSeed(seed + 100)).trace).not.toBe(first.trace);
});

test.each(FAILED_SEEDS)("seed $seed passes: $about", async ({ seed, operations, sockets = false }) => {
  expect((await playSeed(seed, { operations, sockets })).faults).toEqual([]);
});
