// Looking into a file here and there: which of its segments are fetched, and which stop coming (F1). Fetches are counted, not timed.
import { beforeAll, expect, test } from "vitest";
import { asFault, Fault } from "@/lib/base/errors.ts";
import { type BlobId, mintId, type WorkspaceId } from "@/lib/base/ids.ts";
import { Downloads } from "@/lib/client/files/downloads.ts";
import type { Transport } from "@/lib/client/ports.ts";
import { mintFileKey, sealSegment, segmentsOf } from "@/lib/crypto/file.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import type { FileRef } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const SEGMENT = LIMITS.segmentBytes;
const MIB = 1024 * 1024;
const COUNT = 7;
const ws = mintId<"workspace">(new Uint8Array(32)) as WorkspaceId;

/** One segment's bytes tell which it is. */
const byteAt = (index: number) => index + 1;

type Fetch = { readonly segment: number; readonly signal: AbortSignal | undefined; come(): void };
let file: FileRef;
const sealed: Uint8Array[] = [];

beforeAll(async () => {
  await cryptoReady();
  const key = mintFileKey();
  const blob = mintId<"blob">(new Uint8Array(16)) as BlobId;
  const size = COUNT * SEGMENT;
  const hashes = segmentsOf(size).map(({ index, from, to }) => {
    const one = sealSegment({ key, blob, size }, index, new Uint8Array(to - from).fill(byteAt(index)));
    sealed.push(one.sealed);
    return one.hash;
  });
  const bare = { name: "film", type: "video/webm", width: null, height: null, thumbnail: null };
  file = { ...bare, blob, key: exposeSecret(key), size, segments: hashes };
});

/** A line on which each segment comes when the test says so. */
function line() {
  const fetches: Fetch[] = [];
  let asked = () => {};
  const transport = {
    getSegment: ({ segment }, _token, { signal, into }) =>
      new Promise((resolve, reject) => {
        const come = () => {
          const room = into ?? new Uint8Array((sealed[segment] as Uint8Array).length);
          room.set(sealed[segment] as Uint8Array);
          resolve(room.subarray(0, (sealed[segment] as Uint8Array).length));
        };
        signal?.addEventListener("abort", () => reject(new Fault("app/cancelled")));
        fetches.push({ segment, signal, come });
        asked();
      }),
  } as Pick<Transport, "getSegment"> as Transport;
  const session = { carry: <T>(work: (token: string) => Promise<T>) => work("token") };
  const sink = () => {
    throw new TypeError("nothing is saved here");
  };
  const downloads = new Downloads({ session, transport, ws, sink });
  /** the `n`th fetch, from 0, once it was asked for */
  const nth = async (n: number): Promise<Fetch> => {
    for (;;) {
      const found = fetches[n];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        asked = resolve;
      });
    }
  };
  const list = () => fetches.map(({ segment, signal }) => `${segment}${signal?.aborted === true ? " ended" : ""}`);
  return { downloads, nth, list };
}

const read = async (downloads: Downloads, at: number, signal?: AbortSignal) =>
  (await downloads.read(file, at, at + 1, signal))[0];

test("F1 whoever winds a film gets the place he looks at first: what came for the place he left stops", async () => {
  const { downloads, nth, list } = line();
  const first = read(downloads, SEGMENT - 1);
  (await nth(0)).come();
  expect(await first).toBe(byteAt(0));
  // Read on to the end of a segment: the next one is on its way, and nobody waits for it yet.
  expect((await nth(1)).segment).toBe(1);
  const wound = read(downloads, 5 * SEGMENT);
  (await nth(2)).come();
  expect(await wound).toBe(byteAt(5));
  expect(list()).toEqual(["0", "1 ended", "5"]);
  // What was opened is there: neither place is fetched again.
  expect([await read(downloads, 10), await read(downloads, 5 * SEGMENT + MIB)]).toEqual([byteAt(0), byteAt(5)]);
  expect(list()).toEqual(["0", "1 ended", "5"]);
});

test("F1 what somebody waits for goes on; who stops waiting lets it go to whoever looks elsewhere", async () => {
  const { downloads, nth, list } = line();
  const waits = read(downloads, 2 * SEGMENT);
  const left = new AbortController();
  const leaves = read(downloads, 4 * SEGMENT, left.signal).catch((thrown) => asFault(thrown).code);
  await nth(1);
  expect(list()).toEqual(["2", "4"]);
  left.abort();
  expect(await leaves).toBe("app/cancelled");
  // Back at once, as a player does between two requests: it was still coming.
  const back = new AbortController();
  const again = read(downloads, 4 * SEGMENT + 9, back.signal).catch((thrown) => asFault(thrown).code);
  expect(list()).toEqual(["2", "4"]);
  back.abort();
  expect(await again).toBe("app/cancelled");
  const elsewhere = read(downloads, 6 * SEGMENT);
  await nth(2);
  expect(list()).toEqual(["2", "4 ended", "6"]);
  (await nth(2)).come();
  (await nth(0)).come();
  expect([await elsewhere, await waits]).toEqual([byteAt(6), byteAt(2)]);
  // Nobody may have it half: what was broken off is fetched anew.
  const anew = read(downloads, 4 * SEGMENT);
  (await nth(3)).come();
  expect(await anew).toBe(byteAt(4));
});

test("F1 two who read one file in turns, here and there, fetch each of their segments once", async () => {
  const { downloads, nth, list } = line();
  for (let at = 0; at < SEGMENT / 2; at += MIB) {
    for (const from of [at, 4 * SEGMENT + at]) {
      const before = list().length;
      const reading = read(downloads, from);
      if (list().length > before) (await nth(before)).come();
      expect(await reading).toBe(byteAt(Math.floor(from / SEGMENT)));
    }
  }
  expect(list()).toEqual(["0", "4"]);
});
