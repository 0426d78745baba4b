// How fast bytes go, as a person wants to know it: over the last seconds, not since the beginning.

/** How long a window is, in ms; a shorter one jumps, a longer one lies. */
const WINDOW = 4_000;
const LEAST = 300;

export class Pace {
  #points: { at: number; bytes: number }[] = [];

  /** `bytes`: sent so far, at this time in ms. */
  took(at: number, bytes: number): void {
    this.#points.push({ at, bytes });
    while (this.#points.length > 2 && (this.#points[1]?.at ?? at) < at - WINDOW) this.#points.shift();
  }

  /** Bytes a second; 0 while too little is known. */
  get speed(): number {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < LEAST) return 0;
    return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
  }
}
