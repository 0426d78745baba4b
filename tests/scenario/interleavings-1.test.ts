// Invariant 10, a tenth of `npm run sim`: none unreadable, lost, doubled, no false gap, over crashes and lost answers.
import { expect, test } from "vitest";
import { runBatch } from "@/tests/sim/batch.ts";

const FIRST = 1;

test.each([0, 1])("invariant 10 holds over 25 seeded interleavings (%i)", async (part) => {
  const outcomes = await runBatch(FIRST + part * 25, 25);
  expect(outcomes.filter((outcome) => outcome.faults.length > 0)).toEqual([]);
  expect(outcomes.every((outcome) => outcome.operations >= 30 && outcome.crashes >= 1)).toBe(true);
});
