// Opened segments, held for whoever reads on; what is still coming is broken off once nobody looks there any more.
import { toHex } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Segment } from "@/lib/crypto/file.ts";
import type { FileRef } from "@/lib/protocol/file.ts";

/** The one that is read, the next, and the one of somebody who reads elsewhere. */
const HELD = 3;

/** Fetches and opens a segment, in `into`: room for its ciphertext. */
type Open = (file: FileRef, segment: Segment, into: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;

type Held = {
  readonly file: string;
  readonly index: number;
  readonly room: Uint8Array;
  readonly opening: Promise<Uint8Array>;
  readonly stop: AbortController;
  /** who waits for it, or copies from it */
  readers: number;
  whole: boolean;
};

/** By all that judges it: another message may name the same blob with another key, size or hash (F1). */
const fileName = ({ blob, size, key }: FileRef) => [blob, size, toHex(key)].join("/");
const segmentName = (file: FileRef, index: number) =>
  `${fileName(file)}/${index}/${toHex(file.segments[index] as Uint8Array)}`;

/** Rejects with app/cancelled when the signal comes first; what was waited for goes on for others. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const cancelled = () => reject(new Fault("app/cancelled"));
    if (signal.aborted) return cancelled();
    signal.addEventListener("abort", cancelled, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", cancelled));
  });
}

export class HeldSegments {
  readonly #open: Open;
  /** the one that was asked for last comes last */
  readonly #held = new Map<string, Held>();
  /** the room of one that was let go, for the next */
  #spare: Uint8Array | null = null;

  constructor(open: Open) {
    this.#open = open;
  }

  /** Gives an opened segment to `use`, which keeps nothing of it: its room is used again. Rejects as opening does. */
  async take<T>(
    file: FileRef,
    segment: Segment,
    signal: AbortSignal | undefined,
    use: (opened: Uint8Array) => T,
  ): Promise<T> {
    const held = this.#find(file, segment);
    held.readers += 1;
    try {
      return use(await unlessAborted(held.opening, signal));
    } finally {
      held.readers -= 1;
    }
  }

  /** Lets the next one come, for whoever reads on; what lies behind goes. */
  ahead(file: FileRef, segment: Segment): void {
    const passed = segment.index < 2 ? undefined : this.#held.get(segmentName(file, segment.index - 2));
    if (passed?.whole === true && passed.readers === 0) this.#drop(segmentName(file, passed.index), passed);
    this.#find(file, segment).opening.catch(() => undefined);
  }

  clear(): void {
    for (const { stop } of this.#held.values()) stop.abort();
    this.#held.clear();
    this.#spare = null;
  }

  #find(file: FileRef, segment: Segment): Held {
    const name = segmentName(file, segment.index);
    const held = this.#held.get(name) ?? this.#begin(file, segment, name);
    this.#held.delete(name);
    this.#held.set(name, held);
    for (const [old, one] of [...this.#held].slice(0, -HELD)) this.#drop(old, one);
    return held;
  }

  #begin(file: FileRef, segment: Segment, name: string): Held {
    this.#leave(fileName(file), segment.index);
    const spare = this.#spare;
    const fits = spare !== null && spare.length >= segment.sealedBytes;
    if (fits) this.#spare = null;
    const room = fits ? spare : new Uint8Array(segment.sealedBytes);
    const stop = new AbortController();
    const opening = this.#open(file, segment, room, stop.signal);
    const held: Held = { file: fileName(file), index: segment.index, room, opening, stop, readers: 0, whole: false };
    opening.then(
      () => {
        held.whole = true;
      },
      () => {
        if (this.#held.get(name) === held) this.#held.delete(name);
      },
    );
    return held;
  }

  /** Somebody needs the line for another place of this file: what nobody waits for, and nobody will, stops coming. */
  #leave(file: string, index: number): void {
    for (const [name, held] of this.#held) {
      const unread = held.file === file && !held.whole && held.readers === 0;
      if (unread && held.index !== index + 1) this.#drop(name, held);
    }
  }

  #drop(name: string, held: Held): void {
    this.#held.delete(name);
    if (held.readers > 0) return;
    if (held.whole) this.#spare = held.room;
    else held.stop.abort();
  }
}
