// E9: past a channel's days neither the server nor any device holds text or ciphertext; the raw stores are searched.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseBase64url } from "@/lib/base/encoding.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { HOUR, Shifted } from "@/tests/circle-kit.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

const DAY = 24 * HOUR;
const FILE = Buffer.from(`attached pelican ${"spoonbill ".repeat(400)}`);

/** Every byte that lies in the server's data folder. */
function disk(world: World): Buffer {
  const parts: Buffer[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else parts.push(readFileSync(path));
    }
  };
  visit(world.dataDir);
  return Buffer.concat(parts);
}

function blobFiles(world: World): string[] {
  const entries = readdirSync(join(world.dataDir, "blobs"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Every row of a device's store as its own key opens it, and as it lies there. */
async function store(actor: Actor): Promise<{ opened: Buffer; raw: Buffer }> {
  const { vault } = actor.account;
  const opened: Buffer[] = [];
  const raw: Buffer[] = [];
  for (const table of await actor.profile.storage.tables()) {
    const rows = await actor.profile.storage.scan(table, { limit: Number.MAX_SAFE_INTEGER });
    raw.push(...rows.flatMap(({ key, value }) => [Buffer.from(key), Buffer.from(value)]));
    for (const row of await vault.scan(table, { limit: Number.MAX_SAFE_INTEGER }))
      opened.push(Buffer.from(JSON.stringify(row, bytesAsText)));
  }
  return { opened: Buffer.concat(opened), raw: Buffer.concat(raw) };
}

/** Bytes as one string that can be searched for text and for other bytes. */
function bytesAsText(_key: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  const bytes = Buffer.from(value);
  return `${bytes.toString("latin1")} ${bytes.toString("hex")}`;
}

async function ciphertextOf(actor: Actor, channel: ChannelId, id: EventId): Promise<Buffer> {
  const { stored } = await actor.engine.inspectEvent({ ws: actor.ws, channel, id });
  const bytes = parseBase64url(String(stored.columns.ciphertext)) ?? new Uint8Array();
  expect(bytes.length).toBeGreaterThan(100);
  return Buffer.from(bytes);
}

async function say(actor: Actor, channel: ChannelId, text: string): Promise<EventId> {
  return (await actor.say(channel, text)).id;
}

async function gone(actor: Actor, channel: ChannelId, id: EventId): Promise<void> {
  await actor.until(`timeline:${actor.ws}:${channel}`, ({ items }) => !items.some((one) => one.id === id), "its end");
}

test("E9 past its days nothing of a message is left: not on the server, not on a device, not in its index", async () => {
  const time = new Shifted();
  await using world = await startWorld({ clock: time });
  const ana = await world.founder("Ana", { clock: time });
  const ben = await world.invited(ana, "Ben", { clock: time });
  const { id: channel } = await ana.channel("general");
  const { ws } = ana;
  await ana.engine.setRetention({ ws, channel, days: 30 });
  await ben.until(`channel:${ws}:${channel}`, (view) => view?.retentionDays === 30);

  const old = await say(ana, channel, "the heron is a canary of old");
  const source = { name: "bird.txt", type: "text/plain", source: FILE, width: null, height: null, thumbnail: null };
  const { id: withFile } = await ana.engine.sendMessage({ ws, channel, text: "with a bittern", files: [source] });
  await ana.message(channel, ({ id, files }) => id === withFile && files[0]?.state === "ready");
  await ben.message(channel, ({ id, files }) => id === withFile && files[0]?.state === "ready");
  await ben.reads(channel, "the heron is a canary of old");
  const sealed = await ciphertextOf(ana, channel, old);
  // Larger than a page of the database: what is emptied of it lies in pages that are free then.
  const long = await ciphertextOf(ana, channel, await say(ana, channel, `a long rail ${"reed ".repeat(7000)}`));
  time.shift = 29 * DAY;
  await ana.engine.editMessage({ ws, channel, id: old, text: "the egret says it better" });
  await ben.message(channel, ({ text }) => text === "the egret says it better");
  const fresh = await say(ana, channel, "the kingfisher is young");
  await ben.reads(channel, "the kingfisher is young");
  const young = await ciphertextOf(ana, channel, fresh);
  for (const actor of [ana, ben]) expect((await actor.engine.search({ ws, query: "bittern" })).total).toBe(1);
  const before = (await store(ana)).opened;
  expect(before.includes("heron")).toBe(true);
  expect(before.includes(sealed.toString("hex").slice(0, 96))).toBe(true);
  expect(disk(world).includes(sealed.subarray(0, 64))).toBe(true);
  expect(blobFiles(world).length).toBeGreaterThan(0);

  time.shift = 30 * DAY + HOUR;
  await world.server.sweep();
  for (const actor of [ana, ben]) {
    await actor.engine.retention(ws).sweep();
    await actor.engine.finding(ws).clean();
    await gone(actor, channel, old);
    await gone(actor, channel, withFile);
  }

  const bytes = disk(world);
  expect(bytes.includes(sealed.subarray(0, 64))).toBe(false);
  expect(bytes.includes(sealed.subarray(-64))).toBe(false);
  for (let at = 0; at + 64 < long.length; at += 4096) expect(bytes.includes(long.subarray(at, at + 64))).toBe(false);
  expect(bytes.includes(young.subarray(0, 64))).toBe(true);
  expect(blobFiles(world)).toEqual([]);
  for (const actor of [ana, ben]) {
    const { opened, raw } = await store(actor);
    for (const word of ["heron", "egret", "bittern", "bird.txt"]) expect(opened.includes(word), word).toBe(false);
    expect(opened.includes(sealed.toString("hex").slice(0, 96))).toBe(false);
    expect(raw.includes(sealed.subarray(0, 64))).toBe(false);
    expect(opened.includes("kingfisher")).toBe(true);
    for (const query of ["heron", "egret", "bittern"]) expect((await actor.engine.search({ ws, query })).total).toBe(0);
    expect((await actor.engine.search({ ws, query: "kingfisher" })).total).toBe(1);
  }

  const late = await world.invited(ana, "Cleo", { clock: time });
  await late.reads(channel, "the kingfisher is young");
  expect((await store(late)).opened.includes("heron")).toBe(false);
  for (const actor of [ana, ben, late]) {
    const { notices } = await actor.until(`workspace:${ws}`, () => true);
    expect(notices).toEqual([]);
  }
  const next = await say(ben, channel, "and the talk goes on");
  await ana.message(channel, ({ id, state }) => id === next && state === "delivered");
});

test("E9 M13 a device that was away deletes when it comes back, before the server has; names and profiles stay", async () => {
  const time = new Shifted();
  await using world = await startWorld({ clock: time });
  const ana = await world.founder("Ana", { clock: time });
  const ben = await world.invited(ana, "Ben", { clock: time });
  const { ws } = ana;
  const input = { ws, kind: "private", topic: "short lived", members: [ben.account.me], history: "full" } as const;
  const { channel } = await ana.engine.createChannel({ ...input, name: "passing" });
  await ana.engine.setRetention({ ws, channel, days: 1 });
  await ben.until(`channel:${ws}:${channel}`, (view) => view?.retentionDays === 1);
  const old = await say(ana, channel, "the curlew calls once");
  await ben.reads(channel, "the curlew calls once");
  await ben.stop();
  time.shift = 2 * DAY;
  await ben.reload();
  await ben.engine.retention(ws).sweep();
  await ben.engine.finding(ws).clean();
  expect((await store(ben)).opened.includes("curlew")).toBe(false);
  await gone(ben, channel, old);
  const item = await ben.channel("passing");
  expect(item).toMatchObject({ topic: "short lived", unread: 0 });
  const { people } = await ben.until(`workspace:${ws}`, (view) => view.people.length === 2);
  expect(people.map(({ name }) => name).sort()).toEqual(["Ana", "Ben"]);
});

test("E9 MS-40 false dates: from the far future a row keeps nothing, from the far past it does not end at once; in every channel", async () => {
  const time = new Shifted();
  await using world = await startWorld({ clock: time });
  const ana = await world.founder("Ana", { clock: time });
  const ben = await world.invited(ana, "Ben", { clock: time });
  const { id: channel } = await ana.channel("general");
  const { ws } = ana;
  await ana.engine.setRetention({ ws, channel, days: 30 });
  await ben.until(`channel:${ws}:${channel}`, (view) => view?.retentionDays === 30);
  const plan = { ws, kind: "public", name: "side", topic: "", history: "full", members: [] } as const;
  const { channel: side } = await ana.engine.createChannel(plan);
  await ana.engine.setRetention({ ws, channel: side, days: 30 });
  await ben.until(`channel:${ws}:${side}`, (view) => view?.retentionDays === 30);
  await say(ana, side, "a sanderling");
  await ben.reads(side, "a sanderling");
  const said: EventId[] = [];
  for (const text of ["a grebe", "a dunlin", "a turnstone"]) said.push(await say(ana, channel, text));
  await ben.reads(channel, "a turnstone");
  // As if the server had said so when the rows came: its word on when is not signed.
  const date = async (id: EventId | undefined, receivedAt: number): Promise<void> => {
    const { log } = ben.account;
    const record = await log.byId(channel, id as EventId);
    if (record === undefined) throw new TypeError("no record");
    await log.replace({ ...record, receivedAt });
  };
  await date(said[2], 0);
  const words = ["grebe", "dunlin", "turnstone", "sanderling"];
  const left = async (): Promise<string[]> => {
    await ben.engine.retention(ws).sweep();
    await ben.engine.finding(ws).clean();
    const { opened } = await store(ben);
    return words.filter((word) => opened.includes(word));
  };
  expect(await left()).toEqual(words);
  time.shift = 29 * DAY;
  await date(said[0], time.now() + 4000 * DAY);
  expect(await left()).toEqual(words);
  time.shift = 30 * DAY + HOUR;
  expect(await left()).toEqual(["grebe"]);
  time.shift = 59 * DAY + HOUR;
  expect(await left()).toEqual([]);
});

test("L7 E9 only whoever runs a channel says how long it keeps; what is kept for ever is", async () => {
  const time = new Shifted();
  await using world = await startWorld({ clock: time });
  const ana = await world.founder("Ana", { clock: time });
  const ben = await world.invited(ana, "Ben", { clock: time });
  const { id: channel } = await ana.channel("general");
  const { ws } = ana;
  await expect(ben.engine.setRetention({ ws, channel, days: 1 })).rejects.toMatchObject({ code: "proof/no-right" });
  for (const days of [0, -1, 1.5, 40_000])
    await expect(ana.engine.setRetention({ ws, channel, days })).rejects.toMatchObject({ code: "proof/bad-policy" });
  await say(ana, channel, "the albatross stays");
  time.shift = 4000 * DAY;
  await world.server.sweep();
  await ana.engine.retention(ws).sweep();
  expect((await store(ana)).opened.includes("albatross")).toBe(true);
});
