// The store contract as cases: every adapter passes all of them.
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { ChannelId, DeviceId, Id, ScopeId, SessionId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import type { ChainId } from "@/lib/protocol/link.ts";
import { WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import type { KeyEntries, LinkRow, NewEvent, PageBounds, SealEntry, Store } from "@/server/store/port.ts";

export type Opened = { store: Store; reopen(): Promise<Store>; done(): Promise<void> };

const NOTHING: KeyEntries = { seals: [], boxes: [] };
const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const id = <K extends string>(): Id<K> => mintId<K>(bytes(16));
const PAGE = { after: null, before: null, limit: 100, maxBytes: 1e9 };

function link(n: number, chain: ChainId = WORKSPACE_CHAIN, seq: number = n): LinkRow {
  const stub = { kind: "W" as const, chain, seq, hash: bytes(32) };
  return { n, stub, link: { bytes: bytes(50), sig: bytes(64), extra: n % 2 === 0 ? bytes(64) : null } };
}

async function found(store: Store): Promise<WorkspaceId> {
  const ws = mintId<"workspace">(bytes(32));
  const hash = bytes(32);
  await store.setup.putSetupToken({ hash, first: false, expires: 1000 });
  const first = { ws, tokenHash: hash, now: 1, links: [link(1)], keys: NOTHING };
  expect(await store.ledger.createWorkspace(first)).toBe("created");
  return ws;
}

type Place = { device: DeviceId; session: SessionId };
const somewhere = (): Place => ({ device: id<"device">(), session: id<"session">() });
function event(seq: number, place: Place): NewEvent {
  return { ...place, id: id<"event">(), epoch: 1, seq, header: bytes(100), nonce: bytes(24), ciphertext: bytes(500) };
}

function seal(scope: ScopeId, epoch: number, recipient: string, giver: UserId): SealEntry {
  const to = { to: "user", recipient: recipient as Id<"recipient">, gen: 1 } as const;
  return { purpose: "epoch", scope, epoch, ...to, giver, ct: bytes(1168) };
}

export function ledgerCases(open: () => Promise<Opened>): void {
  test("a setup token makes one workspace, even when used twice at once", async () => {
    const { store, done } = await open();
    const tokenHash = bytes(32);
    await store.setup.putSetupToken({ hash: tokenHash, first: true, expires: 1000 });
    const make = (now: number) => {
      const ws = mintId<"workspace">(bytes(32));
      return store.ledger.createWorkspace({ ws, tokenHash, now, links: [link(1)], keys: NOTHING });
    };
    expect(await make(1000)).toBe("refused");
    expect((await Promise.all([make(1), make(1)])).sort()).toEqual(["created", "refused"]);
    expect(await store.ledger.workspaces()).toHaveLength(1);
    await done();
  });

  test("first-start tokens end with the first workspace, others do not", async () => {
    const { store, done } = await open();
    const [first, other] = [bytes(32), bytes(32)];
    await store.setup.putSetupToken({ hash: first, first: true, expires: 1000 });
    await store.setup.putSetupToken({ hash: other, first: false, expires: 1000 });
    await found(store);
    expect(await store.setup.setupTokenServes(first, 1)).toBe(false);
    expect(await store.setup.setupTokenServes(other, 1)).toBe(true);
    await done();
  });

  test("links: compare-and-set, so that of two at once one is stale", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const both = await Promise.all([
      store.ledger.appendLinks(ws, 1, [link(2)], NOTHING),
      store.ledger.appendLinks(ws, 1, [link(2)], NOTHING),
    ]);
    expect(both).toEqual(["appended", "stale"]);
    expect((await store.ledger.links(ws, 0, 10)).map((row) => row.n)).toEqual([1, 2]);
    await done();
  });

  test("links come back byte for byte, also after a new start, and by chain", async () => {
    const { store, reopen, done } = await open();
    const ws = await found(store);
    const chain = id<"chain">();
    const rows = [link(2), link(3, chain, 1), link(4), link(5, chain, 2)];
    await store.ledger.appendLinks(ws, 1, rows, NOTHING);
    const again = await reopen();
    expect(await again.ledger.links(ws, 1, 10)).toEqual(rows);
    expect(await again.ledger.chainLinks(ws, chain)).toEqual([rows[1], rows[3]]);
    const stored = await again.ledger.storedRows(ws, id<"scope">(), chain, 10);
    expect(stored.map(({ table, columns }) => [table, columns.n, columns.seq])).toEqual([
      ["links", 5, 2],
      ["links", 3, 1],
    ]);
    await done();
  });

  test("a batch with a link that clashes is absent as a whole, with its seals; writes beside it land", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const scope = id<"scope">();
    const keys = { seals: [seal(scope, 1, id(), id<"user">())], boxes: [] };
    const broken = store.ledger.appendLinks(ws, 1, [link(2), link(2)], keys);
    const channel = id<"channel">();
    const beside = store.events.appendEvents(ws, channel, [event(0, somewhere())], 5);
    await expect(broken).rejects.toMatchObject({ name: "Fault" });
    expect((await beside).landed).toHaveLength(1);
    expect(await store.ledger.links(ws, 1, 10)).toEqual([]);
    const wanted = { purpose: "epoch", scope, to: "user", recipient: null, from: 0, upTo: 9, limit: 9 } as const;
    expect(await store.keys.seals(ws, wanted)).toEqual([]);
    await done();
  });
}

export function keyCases(open: () => Promise<Opened>): void {
  test("one seal for each giver: nobody pushes another's out", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const [scope, bob, eve, recipient] = [id<"scope">(), id<"user">(), id<"user">(), id()];
    const good = seal(scope, 2, recipient, bob);
    await store.keys.putKeys(ws, { seals: [good], boxes: [] });
    await store.keys.putKeys(ws, { seals: [seal(scope, 2, recipient, eve)], boxes: [] });
    const better = { ...good, ct: bytes(1168) };
    await store.keys.putKeys(ws, { seals: [better], boxes: [] });
    const wanted = { purpose: "epoch", scope, to: "user", recipient: good.recipient, limit: 9 } as const;
    const kept = await store.keys.seals(ws, { ...wanted, from: 2, upTo: 2 });
    expect(kept).toHaveLength(2);
    expect(kept).toContainEqual(better);
    expect(await store.keys.seals(ws, { ...wanted, from: 3, upTo: 9 })).toEqual([]);
    await done();
  });

  test("D6 letters of helpers: laid once, read by their name, gone in time; a former circle's rows go", async () => {
    const { store, reopen, done } = await open();
    const ws = await found(store);
    const mine = { mailbox: id<"mailbox">(), slot: 1, user: id<"user">(), receivedAt: 100, letter: bytes(8192) };
    expect(await store.letters.putLetter(ws, mine, 2)).toBe("kept");
    expect(await store.letters.putLetter(ws, { ...mine, receivedAt: 200 }, 2)).toBe("kept");
    expect(await store.letters.putLetter(ws, { ...mine, letter: bytes(8192) }, 2)).toBe("exists");
    expect(await store.letters.putLetter(ws, { ...mine, slot: 2, receivedAt: 300 }, 2)).toBe("kept");
    expect(await store.letters.putLetter(ws, { ...mine, mailbox: id<"mailbox">() }, 2)).toBe("full");
    const box = { purpose: "circle", scope: id<"scope">(), giver: mine.user } as const;
    const part = { ...seal(box.scope, 7, id<"user">(), mine.user), purpose: "circle" } as const;
    const rows = [7, 8].map((epoch) => ({ ...box, epoch, ct: bytes(72) }));
    await store.keys.putKeys(ws, { seals: [part, { ...part, epoch: 8 }], boxes: rows });
    await store.keys.dropCircles(ws, mine.user, 8);
    const span = { purpose: "circle", scope: box.scope, from: 0, upTo: 100, limit: 10 } as const;
    const again = await reopen();
    expect((await again.keys.boxes(ws, span)).map(({ epoch }) => epoch)).toEqual([8]);
    const to = { to: "user", recipient: null } as const;
    expect((await again.keys.seals(ws, { ...span, ...to })).map(({ epoch }) => epoch)).toEqual([8]);
    await again.keys.dropCircles(ws, mine.user, null);
    expect(await again.keys.boxes(ws, span)).toEqual([]);
    expect(await again.letters.letter(mine.mailbox, 1)).toEqual(mine.letter);
    expect(await again.letters.letter(id<"mailbox">(), 1)).toBeUndefined();
    expect(await again.letters.dropLetters(200)).toBe(1);
    expect(await again.letters.letter(mine.mailbox, 1)).toBeUndefined();
    expect(await again.letters.letter(mine.mailbox, 2)).toEqual(mine.letter);
    await done();
  });

  test("pleas: one for each person and epoch in its time, gone when answered", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const plea = { scope: id<"scope">(), epoch: 3, user: id<"user">(), device: id<"device">(), at: 7, sig: bytes(64) };
    expect(await store.keys.putRequest(ws, { ...plea, receivedAt: 100 }, 50)).toBe(true);
    expect(await store.keys.putRequest(ws, { ...plea, receivedAt: 120 }, 70)).toBe(false);
    expect(await store.keys.putRequest(ws, { ...plea, receivedAt: 200 }, 150)).toBe(true);
    expect(await store.keys.requests(ws, 0)).toEqual([{ ...plea, receivedAt: 200 }]);
    await store.keys.dropRequests(ws, [plea]);
    expect(await store.keys.requests(ws, 0)).toEqual([]);
    await done();
  });
}

export function eventCases(open: () => Promise<Opened>): void {
  test("positions rise by one in each channel, however many write at once", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const [one, two] = [id<"channel">(), id<"channel">()];
    const writes = Array.from({ length: 60 }, (_, i) =>
      store.events.appendEvents(ws, i % 3 === 0 ? two : one, [event(0, somewhere())], i),
    );
    const places = (await Promise.all(writes)).map((result) => result.landed[0]?.row);
    for (const [channel, count] of [
      [one, 40],
      [two, 20],
    ] as const) {
      const mine = places.filter((row) => row?.channel === channel).map((row) => row?.pos);
      expect(mine).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    }
    expect((await store.events.channelEnds(ws)).map((end) => end.last).sort()).toEqual([20, 40]);
    await done();
  });

  test("M2 M6 a retry lands where it was; a gap and a forged twin end the list", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const channel = id<"channel">();
    const place = somewhere();
    const [a, b, d] = [event(0, place), event(1, place), event(3, place)];
    await store.events.appendEvents(ws, channel, [a], 10);
    const again = await store.events.appendEvents(ws, channel, [a, b, d], 20);
    expect(again.landed.map(({ row, fresh }) => [row.pos, row.receivedAt, fresh])).toEqual([
      [1, 10, false],
      [2, 20, true],
    ]);
    expect(again.refused).toEqual({ id: d.id, code: "event/out-of-order" });
    const forged = await store.events.appendEvents(ws, channel, [{ ...b, nonce: bytes(24) }], 30);
    expect(forged).toEqual({ landed: [], refused: { id: b.id, code: "event/exists" } });
    await done();
  });

  test("pages: oldest after a cursor, newest before one, cut by bytes but never empty", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const channel = id<"channel">();
    const place = somewhere();
    await store.events.appendEvents(
      ws,
      channel,
      Array.from({ length: 10 }, (_, i) => event(i, place)),
      1,
    );
    const page = async (bounds: Partial<PageBounds>) =>
      (await store.events.eventsPage(ws, channel, { ...PAGE, ...bounds })).rows.map((row) => row.pos);
    expect(await page({ after: 3, limit: 2 })).toEqual([4, 5]);
    expect(await page({ before: 9, limit: 3 })).toEqual([6, 7, 8]);
    expect(await page({ limit: 2 })).toEqual([9, 10]);
    expect(await page({ after: 0, maxBytes: 1200 })).toEqual([1, 2]);
    expect(await page({ maxBytes: 1 })).toEqual([10]);
    expect(await page({ after: 2, before: 5 })).toEqual([3, 4]);
    await done();
  });

  test("M8 a purge empties the ciphertext and leaves the row; its bytes leave the stored row too", async () => {
    const { store, reopen, done } = await open();
    const ws = await found(store);
    const channel = id<"channel">();
    const one = event(0, somewhere());
    await store.events.appendEvents(ws, channel, [one], 1);
    const before = await store.events.storedRow(ws, channel, one.id);
    expect(before?.columns.ciphertext).toBe(toBase64url(one.ciphertext));
    expect(await store.events.purgeEvents(ws, channel, [one.id, id<"event">()])).toEqual([one.id]);
    const again = await reopen();
    const [row] = (await again.events.eventsPage(ws, channel, PAGE)).rows;
    expect(row?.ciphertext).toHaveLength(0);
    expect(row?.header).toEqual(one.header);
    const retry = await again.events.appendEvents(ws, channel, [one], 2);
    expect(retry.landed[0]?.row.pos).toBe(1);
    await done();
  });

  test("workspaces never see each other", async () => {
    const { store, done } = await open();
    const [one, two] = [await found(store), await found(store)];
    const channel = id<"channel">();
    const mine = event(0, somewhere());
    await store.events.appendEvents(one, channel, [mine], 1);
    expect((await store.events.eventsPage(two, channel, PAGE)).rows).toEqual([]);
    expect(await store.events.channelEnds(two)).toEqual([]);
    expect(await store.events.purgeEvents(two, channel, [mine.id])).toEqual([]);
    expect(await store.events.eventDevices(two, channel, [mine.id])).toEqual([]);
    await done();
  });
}

export function blobCases(open: () => Promise<Opened>): void {
  const fresh = (user: UserId, createdAt: number) => {
    const place = { blob: id<"blob">(), user, device: id<"device">() };
    return { ...place, segments: 2, bytes: 1000, createdAt };
  };

  test("a blob is known by its channels, and goes with the last of them", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const [one, two] = [id<"channel">(), id<"channel">()];
    const blob = fresh(id<"user">(), 1);
    await store.blobs.createBlob(ws, blob, one);
    expect(await store.blobs.shareBlob(ws, blob.blob, two, 5)).toBe(2);
    expect(await store.blobs.shareBlob(ws, blob.blob, two, 5)).toBe(2);
    await store.blobs.finishBlob(ws, blob.blob, 900, 5);
    const known = await store.blobs.blob(ws, blob.blob);
    expect(known).toMatchObject({ bytes: 900, finishedAt: 5 });
    expect([...(known?.channels ?? [])].sort()).toEqual([one, two].sort());
    expect(await store.blobs.unshareBlobs(ws, one, [blob.blob])).toEqual([]);
    expect(await store.blobs.unshareBlobs(ws, two, [blob.blob])).toEqual([blob.blob]);
    expect(await store.blobs.blob(ws, blob.blob)).toBeUndefined();
    await done();
  });

  test("uploads that were never finished go after their time; usage counts what is left", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const user = id<"user">();
    const channel: ChannelId = id<"channel">();
    const [old, young] = [fresh(user, 10), fresh(user, 100)];
    await store.blobs.createBlob(ws, old, channel);
    await store.blobs.createBlob(ws, young, channel);
    expect(await store.blobs.blobUsage(ws, user)).toEqual({ bytes: 2000, blobs: 2, own: 2000, open: 2 });
    expect(await store.blobs.blobUsage(ws, id<"user">())).toEqual({ bytes: 2000, blobs: 2, own: 0, open: 0 });
    expect(await store.blobs.dropUnfinished(50)).toEqual([{ ws, blob: old.blob }]);
    expect(await store.blobs.allBlobs()).toEqual([{ ws, blob: young.blob }]);
    expect(await store.blobs.blobUsage(ws, user)).toEqual({ bytes: 1000, blobs: 1, own: 1000, open: 1 });
    await done();
  });
}
