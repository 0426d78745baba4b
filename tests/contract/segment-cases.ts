// What every place for segments must promise, as tests that run on each of them.
import { expect, onTestFinished, test } from "vitest";
import { concat } from "@/lib/base/bytes.ts";
import { ID_BYTES, mintId } from "@/lib/base/ids.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { SegmentAt, SegmentStore } from "@/server/blobs/port.ts";

export type OpenedSegments = {
  readonly store: SegmentStore;
  /** the same place, as another process finds it */
  reopen(): Promise<SegmentStore>;
  done(): Promise<void>;
};

const place = (segment = 0): SegmentAt => ({
  ws: mintId<"workspace">(randomBytes(32)),
  blob: mintId<"blob">(randomBytes(ID_BYTES)),
  segment,
});
const pattern = (size: number, seed = 1) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + seed) & 255);

async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function* broken(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new TypeError("the line broke");
}
async function all(read: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of read) parts.push(new Uint8Array(part));
  return concat(...parts);
}

export function segmentCases(open: () => Promise<OpenedSegments>): void {
  const opened = async () => {
    const place = await open();
    onTestFinished(() => place.done());
    return place;
  };

  test("what was written is read whole, in any range, and found by another process", async () => {
    const { store, reopen } = await opened();
    const at = place();
    const bytes = pattern(200_003);
    expect(await store.size(at)).toBeUndefined();
    expect(await store.write(at, pieces(bytes), bytes.length)).toBe(bytes.length);
    expect(await store.size(at)).toBe(bytes.length);
    for (const [start, end] of [
      [0, bytes.length - 1],
      [0, 0],
      [65_535, 65_536],
      [bytes.length - 1, bytes.length - 1],
    ] as const)
      expect(Buffer.compare(await all(store.read(at, start, end)), bytes.subarray(start, end + 1))).toBe(0);
    const again = await reopen();
    expect(await all(again.read(at, 10, 20))).toEqual(bytes.slice(10, 21));
  });

  test("fewer bytes, more bytes and a line that breaks leave nothing behind, and the place free", async () => {
    const { store } = await opened();
    const at = place();
    const bytes = pattern(5000);
    await expect(store.write(at, pieces(bytes), 5001)).rejects.toMatchObject({ code: "may/bad-body" });
    await expect(store.write(at, pieces(bytes), 4999)).rejects.toMatchObject({ code: "wire/too-large" });
    await expect(store.write(at, broken(bytes), 9000)).rejects.toThrow();
    expect(await store.size(at)).toBeUndefined();
    await store.write(at, pieces(bytes), 5000);
    expect(await store.size(at)).toBe(5000);
  });

  test("what is there is never written over; the very same bytes may come again", async () => {
    const { store } = await opened();
    const at = place();
    await store.write(at, pieces(pattern(3000)), 3000);
    await store.write(at, pieces(pattern(3000), 7), 3000);
    await expect(store.write(at, pieces(pattern(3000, 2)), 3000)).rejects.toMatchObject({ code: "proof/duplicate" });
    expect(await all(store.read(at, 0, 2999))).toEqual(pattern(3000));
  });

  test("of two who write one place at once, one wins and the other is told, and what lies there is one of the two", async () => {
    const { store } = await opened();
    const at = place();
    const outcomes = await Promise.allSettled([
      store.write(at, pieces(pattern(3000, 1)), 3000),
      store.write(at, pieces(pattern(3000, 2)), 3000),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const there = await all(store.read(at, 0, 2999));
    expect([pattern(3000, 1), pattern(3000, 2)]).toContainEqual(there);
  });

  test("removing takes all of one blob and nothing else; sweeping takes what is unknown and old", async () => {
    const { store } = await opened();
    const first = place();
    const second = { ...first, segment: 1 };
    const kept = { ...place(), ws: first.ws };
    for (const at of [first, second, kept]) await store.write(at, pieces(pattern(100)), 100);
    await store.remove(first.ws, first.blob);
    expect([await store.size(first), await store.size(second), await store.size(kept)]).toEqual([
      undefined,
      undefined,
      100,
    ]);
    await store.remove(first.ws, first.blob);
    const stray = place();
    await store.write(stray, pieces(pattern(100)), 100);
    expect(await store.sweep([kept], Date.now() - 3_600_000)).toBe(0);
    expect(await store.sweep([kept], Date.now() + 3_600_000)).toBe(1);
    expect([await store.size(stray), await store.size(kept)]).toEqual([undefined, 100]);
  });

  test("a slow reader is waited for: no more is held than what is on its way", async () => {
    const { store } = await opened();
    const at = place();
    const bytes = pattern(2_000_000);
    await store.write(at, pieces(bytes, 100_000), bytes.length);
    const parts: number[] = [];
    for await (const part of store.read(at, 0, bytes.length - 1)) parts.push(part.length);
    expect(parts.reduce((sum, one) => sum + one, 0)).toBe(bytes.length);
    expect(Math.max(...parts)).toBeLessThanOrEqual(256 * 1024);
  });
}
