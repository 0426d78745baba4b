// An index from elsewhere, read with distrust: another person's, another version's, and bytes that were altered anywhere.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type ChannelId, type EventId, mintId, type UserId, type WorkspaceId } from "@/lib/base/ids.ts";
import { namedOf } from "@/lib/client/search/share/ids.ts";
import { encodeParcel, type Part, parseParcel } from "@/lib/client/search/share/parcel.ts";
import type { Doc } from "@/lib/client/search/shelf/doc.ts";
import { buildSegment } from "@/lib/client/search/shelf/segment.ts";
import { Shelf } from "@/lib/client/search/shelf/shelf.ts";
import { Vault } from "@/lib/client/vault.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { memoryStorage } from "@/lib/platform/memory/storage.ts";

beforeAll(cryptoReady);

const idOf = (fill: number) => mintId<string>(new Uint8Array(16).fill(fill));
const WHOSE = { ws: mintId<"workspace">(new Uint8Array(32)) as WorkspaceId, user: idOf(1) as UserId };
const CHANNEL = idOf(2) as ChannelId;
const EVENTS = Array.from({ length: 30 }, (_, i) => [idOf(100 + i) as EventId, i + 5] as const);
const DOCS = EVENTS.map(([, pos]): Doc => {
  const tokens = ["common", `word${pos}`, "", "river"];
  return { channel: CHANNEL, pos, at: 1000 + pos, author: WHOSE.user, flags: 0, tokens };
});
const STRETCH = { low: 5, high: 34, lowAt: 1005, dark: [] };
const part = (change: Partial<Part> = {}): ReadonlyMap<ChannelId, Part> =>
  new Map([[CHANNEL, { stretch: STRETCH, named: namedOf(EVENTS), words: [], ...change }]]);
const parcel = (parts = part()) => encodeParcel(WHOSE, buildSegment(DOCS), parts);

/** Takes a parcel over into an empty index, and looks for what all its messages hold. */
async function adopted(bytes: Uint8Array): Promise<number> {
  const shelf = new Shelf(Vault.over(memoryStorage(), [new Uint8Array(32)]), async () => undefined);
  await shelf.load();
  await shelf.adopt(parseParcel(bytes, WHOSE).source, () => false, new Map(), []);
  const clauses = [{ words: ["common"], open: false, also: [] }];
  const wide = {
    authors: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    flags: 0,
    places: null,
  };
  return (await shelf.find({ clauses, channels: new Set([CHANNEL]), ...wide }, 100, null)).total;
}

test("an index comes over as it was left, and no other's does", async () => {
  expect(await adopted(parcel())).toBe(30);
  const refused = expect.objectContaining({ code: "store/bad-index" });
  const tried = (bytes: Uint8Array, whose = WHOSE) => {
    try {
      return parseParcel(bytes, whose);
    } catch (thrown) {
      return thrown;
    }
  };
  expect(tried(parcel(), { ...WHOSE, user: idOf(9) as UserId })).toEqual(refused);
  const elsewhere = mintId<"workspace">(new Uint8Array(32).fill(3)) as WorkspaceId;
  expect(tried(parcel(), { ...WHOSE, ws: elsewhere })).toEqual(refused);
  expect(tried(new Uint8Array())).toEqual(refused);
  // A message without an id could never be taken out again.
  expect(tried(parcel(part({ named: namedOf(EVENTS.slice(1)) })))).toEqual(refused);
  expect(tried(parcel(part({ stretch: { ...STRETCH, high: 33 } })))).toEqual(refused);
  expect(tried(parcel(new Map()))).toEqual(refused);
});

test("bytes that were altered, left out or put in are refused, or are an index all the same: nothing hangs, nothing else fails", async () => {
  const whole = parcel();
  const bytesOf = fc.oneof(
    fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] as number) ^ by;
      return bytes;
    }),
    fc.nat(whole.length - 1).map((end) => whole.slice(0, end)),
    fc.uint8Array({ maxLength: 200 }),
  );
  await fc.assert(
    fc.asyncProperty(bytesOf, async (bytes) => {
      const total = await adopted(bytes).catch((thrown: unknown) => {
        expect(thrown).toMatchObject({ code: "store/bad-index" });
        return 0;
      });
      expect(total).toBeLessThanOrEqual(30);
    }),
    { numRuns: 400 },
  );
});
