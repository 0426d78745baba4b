// Files: segments and chunks, with every way to cut, mix and grow them refused (F1, MS-21, MS-22, invariant 11).
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { asFault } from "@/lib/base/errors.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import type { FileClaim } from "@/lib/crypto/file.ts";
import {
  mintFileKey,
  openFile,
  openSegment,
  sealFile,
  sealSegment,
  sealSegmentSlowly,
  segmentHash,
  segmentsOf,
} from "@/lib/crypto/file.ts";
import { exposeSecret, KDF } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { cryptoReady, sodium } from "@/lib/crypto/sodium.ts";
import { chunkBytes, padmeSize } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const MIB = 1024 * 1024;

beforeAll(cryptoReady);

/** Bytes that no two places share by chance, cheaply. */
function content(size: number, seed = 1): Uint8Array {
  const out = new Uint8Array(size);
  let state = seed;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[at] = state >>> 24;
  }
  return out;
}

async function sealed(bytes: Uint8Array) {
  const file = { key: mintFileKey(), blob: mintId<"blob">(randomBytes(16)), size: bytes.length };
  const segments: Uint8Array[] = [];
  const hashes: Uint8Array[] = [];
  for await (const one of sealFile(file, async (from, to) => bytes.subarray(from, to))) {
    segments.push(one.sealed);
    hashes.push(one.hash);
  }
  const claim: FileClaim = { ...file, segments: hashes };
  return { file, segments, claim };
}

async function opened(claim: FileClaim, segments: readonly (Uint8Array | null)[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of openFile(claim, async (index) => segments[index] ?? null)) parts.push(part);
  return concat(...parts);
}

/** The code of a refusal, or "opened": a failed expectation must not print megabytes. */
async function refusal(work: Promise<Uint8Array>): Promise<string> {
  return await work.then(
    () => "opened",
    (fault) => asFault(fault).code,
  );
}
function thrown(work: () => Uint8Array): string {
  try {
    work();
    return "opened";
  } catch (fault) {
    return asFault(fault).code;
  }
}

/** The claim of a sender who hashes whatever segments there are: so the hashes alone don't refuse them. */
const claiming = (claim: FileClaim, segments: readonly Uint8Array[]): FileClaim => ({
  ...claim,
  segments: segments.map(segmentHash),
});

describe("F1 sealing and opening", () => {
  test("F1 files of every size around the borders come back whole", async () => {
    const sizes = [0, 1, 2, 65_535, 65_536, 65_537, 3 * MIB, 4 * MIB - 1, 4 * MIB, 8 * MIB, 8 * MIB + 1];
    for (const size of sizes) {
      const bytes = content(size);
      const { segments, claim } = await sealed(bytes);
      const back = await opened(claim, segments);
      expect(back.length, `${size}`).toBe(size);
      expect(Buffer.compare(back, bytes), `${size}`).toBe(0);
      expect(segments.map((one) => one.length)).toEqual(segmentsOf(size).map((one) => one.sealedBytes));
    }
  });

  test("F1 segments cover the padded file without gap or overlap, whatever its size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LIMITS.fileBytes }), (size) => {
        const segments = segmentsOf(size);
        expect(segments.reduce((sum, one) => sum + one.plainBytes, 0)).toBe(padmeSize(size));
        expect(segments.reduce((sum, one) => sum + one.to - one.from, 0)).toBe(size);
        expect(segments.length).toBeLessThanOrEqual(600);
        for (const [index, one] of segments.entries()) {
          expect(one.index).toBe(index);
          expect(one.plainBytes).toBeLessThanOrEqual(LIMITS.segmentBytes);
          expect(one.from).toBe(segments[index - 1]?.to ?? 0);
        }
      }),
    );
    for (const size of [-1, 0.5, Number.NaN, LIMITS.fileBytes + 1])
      expect(() => segmentsOf(size)).toThrow("wire/too-large");
  });

  test("F1 a segment opens in the room of its own ciphertext", async () => {
    for (const size of [0, 1, 65_537, 3 * MIB + 5, 8 * MIB + 300_000]) {
      const bytes = content(size);
      const { segments, claim } = await sealed(bytes);
      const parts = segments.map((one, index) => openSegment(claim, index, one, one));
      expect(Buffer.compare(concat(...parts), bytes), `${size}`).toBe(0);
    }
  });

  test("F1 sealed while it is read, in any room, a file is the same to the byte, and a small one is read once", async () => {
    for (const size of [0, 400_000, 3 * MIB + 5, 5 * MIB]) {
      const bytes = content(size);
      const { file, segments, claim } = await sealed(bytes);
      const reads: number[] = [];
      const room = new Uint8Array(MIB);
      const read = async (from: number, to: number) => {
        reads.push(to - from);
        room.set(bytes.subarray(from, to));
        return room.subarray(0, to - from);
      };
      const [first] = segments as [Uint8Array];
      const before = { header: first.slice(0, 24), hash: claim.segments[0] as Uint8Array };
      const again = await sealSegmentSlowly(file, 0, { read, before });
      expect(Buffer.compare(again.sealed, first), `${size}`).toBe(0);
      expect(reads, `${size}`).toHaveLength(Math.ceil(size / MIB));
    }
  });

  test("F1 the server sees the padded size alone: files of like size look the same", async () => {
    const [one, two] = [await sealed(content(1_000_001)), await sealed(content(1_010_000))];
    expect(padmeSize(1_000_001)).toBe(padmeSize(1_010_000));
    expect(one.segments[0]?.length).toBe(two.segments[0]?.length);
  });

  test("F1 a reader that gives more or fewer bytes than announced is told", () => {
    const file = { key: mintFileKey(), blob: mintId<"blob">(randomBytes(16)), size: 1000 };
    expect(() => sealSegment(file, 0, content(999))).toThrow("crypto/file-size");
    expect(() => sealSegment(file, 0, content(1001))).toThrow("crypto/file-size");
    expect(() => sealSegment(file, 1, content(0))).toThrow("crypto/file-size");
  });
});

describe("MS-21 a server that alters a file", () => {
  test("MS-21 any byte changed is refused", async () => {
    const { segments, claim } = await sealed(content(300));
    const [first = new Uint8Array()] = segments;
    for (let at = 0; at < first.length; at += 1) {
      const altered = first.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(
        thrown(() => openSegment(claim, 0, altered)),
        `${at}`,
      ).toBe("crypto/file-altered");
      const rehashed = claiming(claim, [altered]);
      expect(
        thrown(() => openSegment(rehashed, 0, altered)),
        `${at} rehashed`,
      ).toBe("crypto/file-altered");
    }
  });

  test("MS-21 a missing end is refused: of a segment, of the file", async () => {
    const { segments, claim } = await sealed(content(9 * MIB));
    const [first, second] = segments as [Uint8Array, Uint8Array];
    expect(await refusal(opened(claim, [first]))).toBe("crypto/file-truncated");
    expect(await refusal(opened(claim, [first, null]))).toBe("crypto/file-truncated");
    expect(await refusal(opened(claim, [first, second.subarray(0, -1)]))).toBe("crypto/file-truncated");
    expect(await refusal(opened(claim, [first.subarray(0, -(MIB + 17)), second]))).toBe("crypto/file-truncated");
    expect(await refusal(opened(claim, [new Uint8Array(), second]))).toBe("crypto/file-truncated");
    expect(await refusal(opened(claiming(claim, [first]), [first]))).toBe("crypto/file-size");
  });

  test("MS-21 swapped, doubled and appended segments are refused, by hash and without", async () => {
    const { segments, claim } = await sealed(content(17 * MIB));
    const [one, two, three] = segments as [Uint8Array, Uint8Array, Uint8Array];
    expect(await refusal(opened(claim, [two, one, three]))).toBe("crypto/file-altered");
    for (const mixed of [
      [two, one, three],
      [one, one, three],
    ])
      expect(await refusal(opened(claiming(claim, mixed), mixed))).toBe("crypto/file-altered");
    const longer = [...segments, three];
    expect(await refusal(opened(claiming(claim, longer), longer))).toBe("crypto/file-size");
  });

  test("MS-21 a segment of another file is refused, also under the same key", async () => {
    const bytes = content(5000);
    const [here, there] = [await sealed(bytes), await sealed(bytes)];
    const foreign = there.segments as Uint8Array[];
    expect(await refusal(opened(here.claim, foreign))).toBe("crypto/file-altered");
    expect(await refusal(opened(claiming(here.claim, foreign), foreign))).toBe("crypto/file-altered");
    const sameKey = sealSegment({ ...here.file, blob: mintId<"blob">(randomBytes(16)) }, 0, bytes).sealed;
    expect(await refusal(opened(claiming(here.claim, [sameKey]), [sameKey]))).toBe("crypto/file-altered");
  });

  test("MS-21 the same segment sealed once more is not the one that the message names", async () => {
    const bytes = content(5000);
    const { file, claim } = await sealed(bytes);
    const again = sealSegment(file, 0, bytes).sealed;
    expect(thrown(() => openSegment(claim, 0, again))).toBe("crypto/file-altered");
    expect(thrown(() => openSegment(claiming(claim, [again]), 0, again))).toBe("opened");
  });

  test("MS-22 a message that names more segments than its size gives is refused at once", async () => {
    const { segments, claim } = await sealed(content(5000));
    const [first = new Uint8Array()] = segments;
    const longer = claiming(claim, [first, first]);
    expect(thrown(() => openSegment(longer, 0, first))).toBe("crypto/file-size");
    expect(await refusal(opened(longer, [first, first]))).toBe("crypto/file-size");
  });

  test("MS-21 chunks swapped, doubled or dropped inside a segment are refused", async () => {
    const { segments, claim } = await sealed(content(65_536 * 4));
    const [first = new Uint8Array()] = segments;
    const sealedChunk = 65_536 + 17;
    const chunk = (at: number) => first.subarray(24 + at * sealedChunk, 24 + (at + 1) * sealedChunk);
    const header = first.subarray(0, 24);
    expect(concat(header, chunk(0), chunk(1), chunk(2), chunk(3))).toEqual(first);
    for (const order of [
      [1, 0, 2, 3],
      [0, 1, 1, 3],
      [0, 1, 3, 2],
      [0, 0, 2, 3],
    ]) {
      const mixed = concat(header, ...order.map(chunk));
      expect(
        thrown(() => openSegment(claiming(claim, [mixed]), 0, mixed)),
        order.join(),
      ).toBe("crypto/file-altered");
    }
    const shorter = concat(header, chunk(0), chunk(1), chunk(2));
    expect(thrown(() => openSegment(claiming(claim, [shorter]), 0, shorter))).toBe("crypto/file-truncated");
    const longer = concat(first, chunk(3));
    expect(thrown(() => openSegment(claiming(claim, [longer]), 0, longer))).toBe("crypto/file-altered");
  });
});

describe("MS-22 a sender who lies", () => {
  /** A segment as sealSegment makes it, but with tags and plaintext of one's own. */
  function sealOdd(claim: FileClaim, padded: Uint8Array, tags: (last: boolean) => number): Uint8Array {
    const chunk = chunkBytes(padmeSize(claim.size));
    const header = randomBytes(24);
    const key = KDF(exposeSecret(claim.key), "seg", 0);
    const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
    const parts = [header];
    for (let at = 0; at < padded.length; at += chunk) {
      const tag = tags(at + chunk >= padded.length);
      const ad = enc(idBytes(claim.blob), 0);
      parts.push(sodium.crypto_secretstream_xchacha20poly1305_push(state, padded.subarray(at, at + chunk), ad, tag));
    }
    return concat(...parts);
  }

  async function odd(size: number, tags: (last: boolean) => number, change = (padded: Uint8Array) => padded) {
    const bytes = content(size);
    const { claim } = await sealed(bytes);
    const padded = change(concat(bytes, new Uint8Array(padmeSize(size) - size)));
    const segment = sealOdd(claim, padded, tags);
    return () => openSegment(claiming(claim, [segment]), 0, segment);
  }
  const honest = (last: boolean) => (last ? 3 : 0);

  test("F1 the end of a segment carries FINAL, and nothing before it does", async () => {
    expect(Buffer.compare((await odd(200_000, honest))(), content(200_000))).toBe(0);
    expect(thrown(await odd(200_000, () => 0))).toBe("crypto/file-truncated");
    expect(thrown(await odd(200_000, () => 3))).toMatch(/^crypto\/file-/);
    expect(thrown(await odd(200_000, (last) => (last ? 1 : 0)))).toBe("crypto/file-truncated");
    expect(thrown(await odd(200_000, (last) => (last ? 3 : 1)))).toBe("crypto/file-truncated");
  });

  test("F1 MS-22 padding that is not zero means another size than was said", async () => {
    const size = 200_000;
    for (const at of [size, padmeSize(size) - 1])
      expect(thrown(await odd(size, honest, (padded) => padded.map((byte, i) => (i === at ? 1 : byte))))).toBe(
        "crypto/file-size",
      );
  });

  test("MS-22 a size that does not fit the segments is refused; one that fits cuts as it says", async () => {
    const bytes = content(9 * MIB);
    const { segments, claim } = await sealed(bytes);
    expect(await refusal(opened({ ...claim, size: 1000 }, segments))).toBe("crypto/file-size");
    expect(await refusal(opened({ ...claim, size: 40 * MIB }, segments))).toBe("crypto/file-size");
    expect(await refusal(opened({ ...claim, size: 10 * MIB }, segments))).toBe("crypto/file-truncated");
    expect(await refusal(opened({ ...claim, size: 9 * MIB - 1 }, segments))).toMatch(/crypto\/file-/);
  });
});
