// The short set of the test run: every part plays its own stretch of seeds, so that the workers share them.
import { expect, test } from "vitest";
import { playAll, seedsFrom } from "./batch.ts";
import { FAILED_SEEDS, type FailedSeed } from "./failed-seeds.ts";
import { OPERATIONS, playSeed } from "./play.ts";

const PER_TEST = 15;
const TESTS = 3;
/** Behind the parts that are played in memory. */
const SOCKETS_FROM = 271;
const PER_PART = PER_TEST * TESTS;

/** Registers the tenth that goes over real HTTP and sockets. */
export function simulateSockets(): void {
  test.each(seedsFrom(0, 2))(`invariants hold over ${PER_TEST} seeds on real sockets (%i)`, async (i) => {
    const { failed } = await playAll(seedsFrom(SOCKETS_FROM + i * PER_TEST, PER_TEST), { sockets: true });
    expect(failed).toEqual([]);
  });
}

/** Registers the tests of one part, from 1. */
export function simulate(part: number): void {
  test.each(seedsFrom(0, TESTS))(`invariants hold over ${PER_TEST} seeds (%i)`, async (i) => {
    const first = 1 + (part - 1) * PER_PART + i * PER_TEST;
    const { failed, operations, crashes } = await playAll(seedsFrom(first, PER_TEST));
    expect(failed).toEqual([]);
    expect(operations).toBeGreaterThanOrEqual(PER_TEST * OPERATIONS);
    expect(crashes).toBeGreaterThanOrEqual(PER_TEST);
  });
}

/** Registers those of the seeds that ever failed. */
export function replay(these: (one: FailedSeed) => boolean): void {
  test.each(FAILED_SEEDS.filter(these))("seed $seed passes: $about", async ({ seed, operations, sockets = false }) => {
    expect((await playSeed(seed, { operations, sockets })).faults).toEqual([]);
  });
}
