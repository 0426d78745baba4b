// Segments inside libsodium's own memory: the same bytes as by its front door, bounded, and no key left behind (C1, F1).
import { hchacha } from "@noble/ciphers/chacha.js";
import { beforeAll, describe, expect, test } from "vitest";
import { asFault } from "@/lib/base/errors.ts";
import { mintId } from "@/lib/base/ids.ts";
import { mintFileKey, openSegment, sealSegment } from "@/lib/crypto/file.ts";
import { ChunkStream, hashOf, RunningHash } from "@/lib/crypto/inside/stream.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { cryptoReady, inside, sodium } from "@/lib/crypto/sodium.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const MIB = 1024 * 1024;
const AD = new Uint8Array(28).fill(7);

beforeAll(cryptoReady);

function pushed(key: Uint8Array, header: Uint8Array, chunks: readonly Uint8Array[]) {
  const stream = new ChunkStream(key, header, AD);
  const hash = new RunningHash();
  const out = chunks.map((chunk, i) => {
    const sealed = new Uint8Array(chunk.length + 17);
    stream.push(chunk, chunk.length, i === chunks.length - 1 ? 3 : 0, sealed, hash);
    return sealed;
  });
  const sum = hash.final();
  stream.end();
  hash.end();
  return { out, sum };
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "none";
  } catch (thrown) {
    return asFault(thrown).code;
  }
};

describe("F1 libsodium from inside", () => {
  test("chunks of every size are what its front door makes, and what it opens", () => {
    const key = new Uint8Array(randomBytes(32));
    const header = new Uint8Array(randomBytes(24));
    const chunks = [0, 1, 65_536, MIB, 5].map((size) => new Uint8Array(size).map((_, i) => (i * 31) ^ (i >> 9)));
    const { out, sum } = pushed(key, header, chunks);
    const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
    for (const [i, sealed] of out.entries()) {
      const opened = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed, AD);
      expect(opened !== false && opened.tag, `${i}`).toBe(i === 4 ? 3 : 0);
      expect(opened !== false && Buffer.compare(opened.message, chunks[i] as Uint8Array), `${i}`).toBe(0);
    }
    expect(sum).toEqual(sodium.crypto_generichash(32, Buffer.concat(out), null));
    expect(hashOf(Buffer.concat(out))).toEqual(sum);
    const pull = new ChunkStream(key, header, AD);
    for (const [i, sealed] of out.entries()) {
      const plain = new Uint8Array(sealed.length - 17);
      expect(pull.pull(sealed, plain), `${i}`).toBe(i === 4 ? 3 : 0);
      expect(Buffer.compare(plain, chunks[i] as Uint8Array), `${i}`).toBe(0);
    }
    pull.end();
  });

  test("what does not open leaves its room as it was, and no length but the right one is taken", () => {
    const key = new Uint8Array(randomBytes(32));
    const header = new Uint8Array(randomBytes(24));
    const [sealed = new Uint8Array()] = pushed(key, header, [new Uint8Array(100).fill(5)]).out;
    const altered = sealed.with(50, (sealed[50] as number) ^ 1);
    for (const [bytes, room] of [
      [altered, 100],
      [sealed, 99],
      [sealed.subarray(0, 16), 0],
      [new Uint8Array(LIMITS.chunkBytes + 18), LIMITS.chunkBytes + 1],
    ] as const) {
      const stream = new ChunkStream(key, header, AD);
      const plain = new Uint8Array(room).fill(9);
      expect(stream.pull(bytes, plain)).toBeNull();
      expect(plain.every((byte) => byte === 9)).toBe(true);
      stream.end();
    }
    const hash = new RunningHash();
    const stream = new ChunkStream(key, header, AD);
    const push = (plain: number, padded: number, out: number) =>
      codeOf(() => stream.push(new Uint8Array(plain), padded, 0, new Uint8Array(out), hash));
    expect(push(10, 9, 26)).toBe("bug/unexpected");
    expect(push(10, 10, 26)).toBe("bug/unexpected");
    expect(push(10, LIMITS.chunkBytes + 1, LIMITS.chunkBytes + 18)).toBe("bug/unexpected");
    expect(push(10, 12, 29)).toBe("none");
    expect(codeOf(() => new ChunkStream(key.subarray(1), header, AD))).toBe("bug/unexpected");
    expect(codeOf(() => new ChunkStream(key, header, new Uint8Array(256)))).toBe("bug/unexpected");
    stream.end();
    hash.end();
  });

  test("a whole segment passes through without its memory growing to hold one", () => {
    const file = { key: mintFileKey(), blob: mintId<"blob">(new Uint8Array(16)), size: LIMITS.segmentBytes };
    const one = sealSegment(file, 0, new Uint8Array(LIMITS.segmentBytes));
    openSegment({ ...file, segments: [one.hash] }, 0, one.sealed, one.sealed);
    expect(inside().HEAPU8.length).toBeLessThan(LIMITS.segmentBytes);
  });

  test("neither a stream's key nor what is derived from it stays in there", () => {
    const key = new Uint8Array(randomBytes(32));
    const header = new Uint8Array(randomBytes(24));
    const [sealed = new Uint8Array()] = pushed(key, header, [new Uint8Array(1000), new Uint8Array(1)]).out;
    const stream = new ChunkStream(key, header, AD);
    const subkey = new Uint32Array(8);
    const words = (bytes: Uint8Array) => new Uint32Array(bytes.slice().buffer);
    hchacha(words(new TextEncoder().encode("expand 32-byte k")), words(key), words(header.subarray(0, 16)), subkey);
    const lies = (secret: Uint8Array) => Buffer.from(inside().HEAPU8).includes(Buffer.from(secret));
    // Its second half: what is given back has its first bytes written over anyhow.
    const derived = new Uint8Array(subkey.buffer, 16);
    expect([lies(key), lies(derived)]).toEqual([false, true]);
    // Not the last one, after which a stream turns its key by itself.
    expect(stream.pull(sealed, new Uint8Array(1000))).toBe(0);
    stream.end();
    expect([lies(key), lies(derived)]).toEqual([false, false]);
  });
});
