// The contract of restores as cases: what was given back waits, gets places of its own, and no place is given twice (PROTOCOL L10).
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { ChannelId, DeviceId, Id, SessionId, WorkspaceId } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import type { GivenEvent, Store } from "@/server/store/port.ts";
import type { Opened } from "./store-cases.ts";

const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const id = <K extends string>(): Id<K> => mintId<K>(bytes(16));
const SPAN = LIMITS.restoreSpan;

async function found(store: Store): Promise<WorkspaceId> {
  const ws = mintId<"workspace">(bytes(32));
  const hash = bytes(32);
  await store.setup.putSetupToken({ hash, first: false, expires: 1000 });
  const stub = { kind: "W" as const, chain: WORKSPACE_CHAIN, seq: 1, hash: bytes(32) };
  const link = { n: 1, stub, link: { bytes: bytes(50), sig: bytes(64), extra: null } };
  await store.ledger.createWorkspace({ ws, tokenHash: hash, now: 1, links: [link], keys: { seals: [], boxes: [] } });
  return ws;
}

const mine: { device: DeviceId; session: SessionId } = { device: id<"device">(), session: id<"session">() };
function event(seq: number, pos: number, own = false): GivenEvent {
  const parts = { header: bytes(100), nonce: bytes(24), ciphertext: bytes(500) };
  return { ...mine, id: id<"event">(), epoch: 1, seq, ...parts, pos, receivedAt: 1, own };
}

const fresh = (n: number) => ({ id: bytes(16), at: n, n, closedAt: null });

async function places(store: Store, ws: WorkspaceId, channel: ChannelId): Promise<[string, number][]> {
  const page = await store.events.eventsPage(ws, channel, { after: 0, before: null, limit: 100, maxBytes: 1e9 });
  return page.rows.map((row) => [row.id, row.pos]);
}

export function restoreCases(open: () => Promise<Opened>): void {
  test("L10 restores are numbered, each device is noted once, and both outlast a restart", async () => {
    const { store, reopen, done } = await open();
    const [ws, other] = [await found(store), await found(store)];
    expect(await store.restores.newest(ws)).toBeUndefined();
    const first = await store.restores.begin(ws, fresh(5));
    expect(first.number).toBe(1);
    await store.restores.noteGiven(ws, 1, mine.device);
    await store.restores.noteGiven(ws, 1, mine.device);
    const second = await store.restores.begin(ws, fresh(9));
    expect(second).toMatchObject({ number: 2, given: [] });
    await store.restores.noteGiven(ws, 2, mine.device);
    const again = await reopen();
    expect(await again.restores.newest(ws)).toMatchObject({ number: 2, n: 9, closedAt: null, given: [mine.device] });
    expect(await again.restores.newest(other)).toBeUndefined();
    await done();
  });

  test("L10 what is given back waits aside, and an author's own takes the place of another's word", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const channel = id<"channel">();
    const lies = event(0, 1);
    await store.events.appendEvents(ws, channel, [lies], 1);
    await store.restores.begin(ws, fresh(1));
    const word = event(1, 2);
    const stranger = event(2, 3);
    expect(await store.restores.missing(ws, channel, [lies.id, word.id, stranger.id])).toEqual([word.id, stranger.id]);
    expect(await store.restores.putGiven(ws, channel, [lies, word, stranger])).toBe(2);
    expect(await store.restores.missing(ws, channel, [lies.id, word.id])).toEqual([]);
    expect(await store.restores.putGiven(ws, channel, [{ ...word, ciphertext: bytes(500) }])).toBe(0);
    const own = { ...word, ciphertext: bytes(500), own: true };
    expect(await store.restores.putGiven(ws, channel, [own])).toBe(1);
    expect(await store.restores.putGiven(ws, channel, [{ ...word, ciphertext: bytes(500), own: true }])).toBe(0);
    expect(await places(store, ws, channel), "not shown before the end").toEqual([[lies.id, 1]]);
    await store.restores.close(ws, 1, 7, [channel]);
    expect(await places(store, ws, channel)).toEqual([
      [lies.id, 1],
      [word.id, SPAN + 1],
      [stranger.id, SPAN + 2],
    ]);
    const row = (await store.events.eventsPage(ws, channel, { after: SPAN, before: null, limit: 1, maxBytes: 1e9 }))
      .rows[0];
    expect(row?.ciphertext).toEqual(own.ciphertext);
    expect(await store.restores.newest(ws)).toMatchObject({ closedAt: 7 });
    await done();
  });

  test("L10 E9 another's word on when and where an event came neither ends it at once nor outlasts its author's", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const channel = id<"channel">();
    await store.events.appendEvents(ws, channel, [event(0, 1)], 700);
    await store.restores.begin(ws, fresh(800));
    const [first, second, late] = [event(1, 2), event(2, 3), event(3, 4)].map((one) => ({ ...one, receivedAt: 720 }));
    if (first === undefined || second === undefined || late === undefined) throw new TypeError("no events");
    const wrong = { ...second, pos: 1, receivedAt: 0 };
    expect(await store.restores.putGiven(ws, channel, [wrong, { ...first, own: true }])).toBe(2);
    expect(await store.retention.expireEvents(ws, channel, 700), "not older than what the backup has").toBe(0);
    expect(await store.restores.putGiven(ws, channel, [{ ...second, own: true }])).toBe(1);
    await store.restores.close(ws, 1, 900, [channel]);
    expect(await store.restores.appendGiven(ws, channel, [{ ...late, receivedAt: 0 }])).toMatchObject([
      { receivedAt: 700 },
    ]);
    const page = await store.events.eventsPage(ws, channel, { after: SPAN, before: null, limit: 9, maxBytes: 1e9 });
    expect(page.rows.map((row) => [row.id, row.receivedAt])).toEqual([
      [first.id, 720],
      [second.id, 720],
      [late.id, 700],
    ]);
    await done();
  });

  test("L10 after a restore every channel goes on beyond it, also where nothing was given back", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const [full, empty] = [id<"channel">(), id<"channel">()];
    await store.events.appendEvents(ws, full, [event(0, 1)], 1);
    await store.restores.begin(ws, fresh(1));
    await store.restores.close(ws, 1, 2, [empty]);
    for (const channel of [full, empty]) {
      const next = await store.events.appendEvents(ws, channel, [event(channel === full ? 1 : 0, 0)], 3);
      expect(next.landed.map(({ row }) => row.pos)).toEqual([SPAN + 1]);
    }
    expect(await store.restores.base(ws, full, 1)).toBe(1);
    expect(await store.restores.base(ws, empty, 1)).toBe(0);
    await done();
  });

  test("L10 what comes late goes to the end, once, and its author's next number follows it", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const channel = id<"channel">();
    await store.restores.begin(ws, { ...fresh(1), closedAt: 1 });
    await store.restores.close(ws, 1, 1, [channel]);
    const late = [event(0, 1), event(1, 2)];
    expect((await store.restores.appendGiven(ws, channel, late)).map(({ pos }) => pos)).toEqual([SPAN + 1, SPAN + 2]);
    expect(await store.restores.appendGiven(ws, channel, late)).toEqual([]);
    const gap = await store.events.appendEvents(ws, channel, [event(5, 0)], 2);
    expect(gap.landed).toEqual([]);
    expect((await store.events.appendEvents(ws, channel, [event(2, 0)], 2)).landed).toHaveLength(1);
    await done();
  });

  test("L10 whatever was written on a place that belongs to another moves behind all, with all after it", async () => {
    const { store, done } = await open();
    const ws = await found(store);
    const channel = id<"channel">();
    const [kept, usurper, after] = [event(0, 0), event(1, 0), event(2, 0)];
    await store.events.appendEvents(ws, channel, [kept, usurper, after], 1);
    await store.restores.begin(ws, fresh(1));
    const held = [
      { id: kept.id, pos: 1 },
      { id: id<"event">(), pos: 2 },
    ];
    const moved = await store.restores.makeRoom(ws, channel, 1, held);
    expect(moved.map((row) => [row.id, row.pos])).toEqual([
      [usurper.id, SPAN + 1],
      [after.id, SPAN + 2],
    ]);
    expect(await store.restores.makeRoom(ws, channel, 1, held)).toEqual([]);
    expect(await store.restores.base(ws, channel, 1)).toBe(1);
    await done();
  });

  test("L10 nothing of one workspace's restore touches another", async () => {
    const { store, done } = await open();
    const [one, two] = [await found(store), await found(store)];
    const channel = id<"channel">();
    const here = event(0, 1);
    await store.events.appendEvents(two, channel, [here], 1);
    await store.restores.begin(one, fresh(1));
    await store.restores.putGiven(one, channel, [event(1, 2)]);
    expect(await store.restores.makeRoom(one, channel, 1, [{ id: id<"event">(), pos: 1 }])).toEqual([]);
    await store.restores.close(one, 1, 2, []);
    expect(await places(store, two, channel)).toEqual([[here.id, 1]]);
    expect(await places(store, one, channel)).toHaveLength(1);
    await done();
  });
}
