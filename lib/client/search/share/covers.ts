// Which places of a channel are in the index, and which of them another device of its person read.
import type { Cover } from "@/lib/client/search/shelf/store.ts";

export function covers({ low, high, far }: Cover, pos: number): boolean {
  return (pos >= low && pos <= high) || (far !== null && pos >= far.low && pos <= far.high);
}

/** Read elsewhere: here it may not be stored at all. */
export function isTaken({ taken, far }: Cover, pos: number): boolean {
  return pos <= Math.max(taken, far?.high ?? 0);
}

/** It could not be read yet, or has to be read again. */
export function isDark({ dark, far }: Cover, pos: number): boolean {
  return dark.includes(pos) || far?.dark.includes(pos) === true;
}

export function withDark(cover: Cover, change: (dark: readonly number[]) => readonly number[]): Cover {
  const { far, taken } = cover;
  const before = new Set([...cover.dark, ...(far?.dark ?? [])]);
  const all = [...new Set(change([...before]))];
  if (far === null) return { ...cover, dark: all };
  const inFar = (pos: number) => pos <= Math.max(taken, far.high);
  return { ...cover, dark: all.filter((pos) => !inFar(pos)), far: { ...far, dark: all.filter(inFar) } };
}

/** One stretch, where nothing is left between what was read here and what was taken over; `met`: records of it are here. */
export function joined(cover: Cover, met: boolean): Cover {
  const { far, ...own } = cover;
  if (far === null || (!met && own.low > far.high + 1)) return cover;
  return {
    low: Math.min(own.low, far.low),
    high: own.high,
    lowAt: Math.min(own.lowAt, far.lowAt),
    dark: [...new Set([...far.dark, ...own.dark])],
    taken: Math.max(own.taken, far.high),
    far: null,
  };
}
