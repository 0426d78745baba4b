// What happened in a run, line by line: kept as a hash always, as text on demand.
import { createHash } from "node:crypto";

export class Trace {
  readonly #hash = createHash("sha256");
  readonly #print: ((line: string) => void) | null;
  readonly #now: () => number;
  readonly #start: number;
  lines = 0;

  /** `print` gets every line as it comes. */
  constructor(now: () => number, print: ((line: string) => void) | null = null) {
    this.#now = now;
    this.#start = now();
    this.#print = print;
  }

  say(...words: readonly (string | number)[]): void {
    const seconds = ((this.#now() - this.#start) / 1000).toFixed(3).padStart(9);
    const line = `${seconds} ${words.join(" ")}`;
    this.lines += 1;
    this.#hash.update(line).update("\n");
    this.#print?.(line);
  }

  /** The hash of all lines so far: the same seed gives the same. Once. */
  digest(): string {
    return this.#hash.digest("hex");
  }
}
