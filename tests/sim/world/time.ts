// Virtual time: one queue of everything that is to happen, run in order, with whatever it sets off, before the next is taken.
import type { Clock } from "@/lib/client/ports.ts";

type Due = { readonly at: number; readonly order: number; run: (() => void) | null };

const nextTurn = setImmediate;

/** When every run begins, ms since 1970. */
const BEGINNING = Date.UTC(2026, 0, 5, 9);

export class Time implements Clock {
  #now = BEGINNING;
  #order = 0;
  #busy = 0;
  /** a binary heap, the earliest first */
  readonly #heap: Due[] = [];
  #last: Promise<unknown> = Promise.resolve();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const due: Due = { at: this.#now + Math.max(0, Math.ceil(ms)), order: this.#order, run };
    this.#order += 1;
    this.#push(due);
    return () => {
      due.run = null;
    };
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Counts work that leaves this thread's promises, as a commit does: time stands still until it is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
    }
  }

  /** The same for what other threads do, as ciphers are: one at a time, or who of two is done first would differ from run to run. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.during(this.#last.then(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** From now on time stands still for every further turn of the loop that anything in this process asks for. Gives the end of that. */
  countTurns(): () => void {
    const counted = (run: (...given: unknown[]) => void, ...given: unknown[]) => {
      this.#busy += 1;
      return nextTurn(() => {
        this.#busy -= 1;
        run(...given);
      });
    };
    globalThis.setImmediate = counted as typeof setImmediate;
    return () => {
      globalThis.setImmediate = nextTurn;
    };
  }

  /** Lets every promise that can go on go on. */
  async drain(): Promise<void> {
    do await new Promise<void>((resolve) => nextTurn(resolve));
    while (this.#busy > 0);
  }

  /** Runs what is due within `ms`, each at its own time, until `is` holds. True when it did. */
  async run(ms: number, is: () => boolean = () => false): Promise<boolean> {
    const until = this.#now + ms;
    await this.drain();
    while (!is()) {
      const due = this.#next(until);
      if (due === undefined) {
        this.#now = until;
        return false;
      }
      this.#now = due.at;
      due.run?.();
      await this.drain();
    }
    return true;
  }

  #next(until: number): Due | undefined {
    for (let first = this.#heap[0]; first !== undefined && first.at <= until; first = this.#heap[0]) {
      this.#pop();
      if (first.run !== null) return first;
    }
    return undefined;
  }

  #push(due: Due): void {
    const heap = this.#heap;
    heap.push(due);
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!before(heap[i] as Due, heap[parent] as Due)) return;
      [heap[i], heap[parent]] = [heap[parent] as Due, heap[i] as Due];
      i = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && before(heap[child] as Due, heap[least] as Due)) least = child;
      if (least === i) return;
      [heap[i], heap[least]] = [heap[least] as Due, heap[i] as Due];
      i = least;
    }
  }
}

function before(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
