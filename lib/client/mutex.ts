// One at a time: runs asynchronous work in the order it was asked for.

/** A queue of one. `run` starts `work` after everything asked for earlier has settled. */
export class Mutex {
  #tail: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#tail.then(work, work);
    this.#tail = mine.catch(() => undefined);
    return mine;
  }
}
