// The picture of a voice message: loudness over time, as few bars of one byte each.

/** Bars of a picture; the protocol takes 128. */
export const BARS = 64;

/** Loudness samples from 0 to 1 as at most `BARS` bytes, the loudest of each stretch, the loudest of all at the top. */
export function peaksOf(levels: readonly number[]): Uint8Array {
  const bars = Math.min(BARS, levels.length);
  const top = Math.max(0.01, ...levels);
  return Uint8Array.from({ length: bars }, (_, at) => {
    const from = Math.floor((at * levels.length) / bars);
    const to = Math.max(from + 1, Math.floor(((at + 1) * levels.length) / bars));
    return Math.round((Math.max(...levels.slice(from, to)) / top) * 255);
  });
}

/** Loudness of a piece of sound, 0 to 1: the root of its mean square. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / Math.max(1, samples.length)) * 3);
}

/** 0:07, 12:40. */
export function clockOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
