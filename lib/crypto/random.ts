// The only source of randomness; tests alone may seed it, so that a failing seed replays to the byte (PROTOCOL C1).

import { concat } from "@/lib/base/bytes.ts";
import { u64be } from "@/lib/base/encoding.ts";
import { sodium } from "./sodium.ts";

type Stream = { readonly seed: Uint8Array; counter: number };
let stream: Stream | null = null;

/** What getRandomValues gives at most in one call. */
const MOST_AT_ONCE = 65_536;

/** The system's own generator, where libsodium draws too, but in one call: libsodium asks anew for every 4 bytes. */
function systemBytes(length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += MOST_AT_ONCE) crypto.getRandomValues(out.subarray(at, at + MOST_AT_ONCE));
  return out;
}

/** `length` bytes that nobody can guess. */
export function randomBytes(length: number): Uint8Array {
  if (stream === null) return systemBytes(length);
  const parts: Uint8Array[] = [];
  for (let have = 0; have < length; have += 64) {
    parts.push(sodium.crypto_generichash(64, u64be(stream.counter), stream.seed));
    stream.counter += 1;
  }
  return concat(...parts).subarray(0, length);
}

/** True while a test has seeded the source. */
export function isSeeded(): boolean {
  return stream !== null;
}

/**
 * For tests alone: until the returned function is called, randomBytes(n) yields a stream that `seed` fixes: blocks
 * BLAKE2b-512(key = seed, u64be(counter)), each call starting at a new block. A house test keeps it out of product code.
 */
export function seedRandom(seed: Uint8Array): () => void {
  const before = stream;
  stream = { seed: sodium.crypto_generichash(32, seed, null), counter: 0 };
  return () => {
    stream = before;
  };
}

/** For tests alone: runs `work` on a seeded source and gives the real one back, also when `work` throws. */
export function withSeed<T>(seed: Uint8Array, work: () => T): T {
  const restore = seedRandom(seed);
  try {
    return work();
  } finally {
    restore();
  }
}
