// How figures are taken and told: rounds of floor and product in turn, medians with their spread, one JSON line.

/** Middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

/** The value that a share of `part` (0..1) of all values does not pass. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** Rounded to four significant digits. */
export function brief(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : value;
}

export type Ratio = { readonly median: number; readonly least: number; readonly most: number };

/** Product over floor, round by round: what disturbs a machine for long disturbs both halves of a round. */
export function ratioOf(product: readonly number[], floor: readonly number[]): Ratio {
  const each = product.map((value, i) => value / (floor[i] ?? Number.NaN));
  return { median: brief(median(each)), least: brief(Math.min(...each)), most: brief(Math.max(...each)) };
}

/** Runs floor and product in turn, `rounds` times, each first as often as the other; the first pair only warms up. */
export async function inRounds<T>(
  rounds: number,
  floor: () => Promise<T> | T,
  product: () => Promise<T> | T,
): Promise<{ floor: T[]; product: T[] }> {
  const found: { floor: T[]; product: T[] } = { floor: [], product: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const order = round % 2 === 0 ? (["floor", "product"] as const) : (["product", "floor"] as const);
    for (const which of order) {
      const value = await (which === "floor" ? floor() : product());
      if (round > 0) found[which].push(value);
    }
  }
  return found;
}

/** Milliseconds of wall time that `work` takes. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** What a benchmark is given: `full` asks for the whole size. */
export type Ask = { readonly full: boolean };
export type Figures = Readonly<Record<string, unknown>>;
