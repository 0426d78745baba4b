// Many seeds one after the other, summed up.
import { type Outcome, type PlayOptions, playSeed } from "./play.ts";
import type { Tally } from "./world/stage.ts";

export type Summary = {
  seeds: number;
  operations: number;
  said: number;
  crashes: number;
  attacks: number;
  failed: { seed: number; kind: string; faults: readonly string[] }[];
  tallies: Record<string, Tally>;
};

export function emptySummary(): Summary {
  return { seeds: 0, operations: 0, said: 0, crashes: 0, attacks: 0, failed: [], tallies: {} };
}

export function addTo(sum: Summary, one: Summary): void {
  sum.seeds += one.seeds;
  sum.operations += one.operations;
  sum.said += one.said;
  sum.crashes += one.crashes;
  sum.attacks += one.attacks;
  sum.failed.push(...one.failed);
  for (const [name, { tried, done }] of Object.entries(one.tallies)) {
    const known = sum.tallies[name] ?? { tried: 0, done: 0 };
    sum.tallies[name] = { tried: known.tried + tried, done: known.done + done };
  }
}

function summaryOf({ seed, kind, faults, operations, said, crashes, attacks, tallies }: Outcome): Summary {
  const failed = faults.length > 0 ? [{ seed, kind, faults }] : [];
  return { seeds: 1, operations, said, crashes, attacks, failed, tallies: Object.fromEntries(tallies) };
}

/** Plays these seeds; `after` hears of each. */
export async function playAll(
  seeds: Iterable<number>,
  options: PlayOptions = {},
  after: (sum: Summary) => void = () => undefined,
): Promise<Summary> {
  const sum = emptySummary();
  for (const seed of seeds) {
    addTo(sum, summaryOf(await playSeed(seed, options)));
    after(sum);
  }
  return sum;
}

export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}
