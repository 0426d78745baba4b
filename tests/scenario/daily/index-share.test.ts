// A further device finds what its person's other one had read, without reading it: taken over, kept true, and never more than is there.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Transport } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { linked } from "@/tests/linking.ts";
import { shelved } from "@/tests/search-kit.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

const DAY = 24 * 3_600_000;

/** Texts of what a search finds, newest first. */
async function found(actor: Actor, query: string): Promise<string[]> {
  const { hits, total } = await actor.engine.search({ ws: actor.ws, query, limit: 1000 });
  expect(hits.length).toBe(total);
  return hits.map(({ parts }) => parts.map(({ text }) => text).join(""));
}

async function fill(actor: Actor, channel: ChannelId, texts: readonly string[]): Promise<void> {
  await Promise.all(texts.map((text) => actor.engine.sendMessage({ ws: actor.ws, channel, text, files: [] })));
  await landed(actor, channel);
}

/** Everything that was sent has come back, verified: from then on it is stored. */
async function landed(actor: Actor, channel: ChannelId): Promise<void> {
  await actor.until(`timeline:${actor.ws}:${channel}`, ({ items }) =>
    items.every((item) => item.t !== "message" || item.receivedAt !== null),
  );
  await actor.until(`workspace:${actor.ws}`, () => actor.account.outbox.size === 0, "an empty outbox");
}

/** Which reads of a channel's events a device asked for. */
function counted(reads: { channel: string; limit: number }[]) {
  return (inner: Transport): Transport => ({
    ...inner,
    call: (async (procedure, input, ...rest) => {
      if (procedure === "events.read") reads.push(input as { channel: string; limit: number });
      return await inner.call(procedure, input, ...rest);
    }) as Transport["call"],
  });
}

/** Says that this device shall not fetch history by itself, and takes over what the other one left. */
async function takes(actor: Actor): Promise<void> {
  await actor.engine.fetchHistory({ ws: actor.ws, on: false });
  await actor.until(`workspace:${actor.ws}`, () => actor.account.registers.all("index").length > 0, "an index");
  await actor.engine.finding(actor.ws).share("take");
}

async function leaves(actor: Actor): Promise<void> {
  await actor.engine.finding(actor.ws).clean();
  const before = actor.account.registers.all("index")[0]?.rev ?? 0;
  await actor.engine.finding(actor.ws).share("leave");
  const here = () => (actor.account.registers.all("index")[0]?.rev ?? 0) > before;
  await actor.until(`workspace:${actor.ws}`, here, "its own index");
}

/** All bytes of all files of the server. */
function raw(folder: string): Buffer {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  return Buffer.concat(all.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path)));
}

function blobs(world: World): string[] {
  const folder = join(world.dataDir, "blobs");
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

test("a linked device finds an old message without fetching its channel's history, and shows it as it reads now", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  const quetzal = await ana.say(channel, "the quetzal of long ago");
  const heron = await ana.say(channel, "the heron of long ago");
  const ibis = await ana.say(channel, "the ibis of long ago");
  await ana.engine.editMessage({ ws: ana.ws, channel, id: heron.id, text: "the egret of long ago" });
  await fill(
    ana,
    channel,
    Array.from({ length: 300 }, (_, i) => `filler ${i}`),
  );
  await leaves(ana);
  // What comes after it was left: the next device hears of it from the channel alone.
  await ana.engine.deleteMessage({ ws: ana.ws, channel, id: ibis.id });
  await ana.engine.editMessage({ ws: ana.ws, channel, id: quetzal.id, text: "the quetzal, said anew" });
  await ana.say(channel, "the last word");
  const reads: { channel: string; limit: number }[] = [];
  const phone = await linked(world, ana, "Phone", { wrap: counted(reads) });
  await phone.reads(channel, "the last word");
  await phone.engine.fetchHistory({ ws: phone.ws, on: false });
  const before = reads.length;
  expect(phone.account.log.mark(channel).low).toBeGreaterThan(10);
  expect(await found(phone, "quetzal")).toEqual([]);
  await takes(phone);
  const low = phone.account.log.mark(channel).low;
  expect(low).toBeGreaterThan(10);
  expect(await found(phone, "quetzal")).toEqual(["the quetzal, said anew"]);
  expect(await found(phone, "anew")).toEqual(["the quetzal, said anew"]);
  expect(await found(phone, "egret")).toEqual(["the egret of long ago"]);
  expect(await found(phone, "heron")).toEqual([]);
  expect(await found(phone, "ibis")).toEqual([]);
  // Single events, and none of them kept: the channel's history is where it was.
  const asked = reads.slice(before).filter((one) => one.channel === channel);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(new Set(asked.map(({ limit }) => limit))).toEqual(new Set([1]));
  expect(phone.account.log.mark(channel).low).toBe(low);
  const reach = phone.engine.finding(phone.ws).view();
  expect([reach.backTo, reach.history, reach.indexed]).toEqual([null, "whole", reach.places]);
  // What is no longer said, or was taken back, lies in no index of this device.
  await phone.engine.finding(phone.ws).clean();
  expect(await shelved(phone)).not.toMatch(/ibis|heron/);
  // Without a connection it is found, and said to be out of reach; over a restart too.
  await phone.reload();
  await world.server.stop();
  const away = await phone.engine.search({ ws: phone.ws, query: "egret" });
  expect([away.total, away.away, away.hits]).toEqual([1, 1, []]);
});

test("what is found through an index that was taken over equals what reading everything finds, before and after the history came", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const [seed = 0] = fc.sample(fc.integer(), 1);
  const words = ["a", "ab", "abba", "b", "river", "rivers", "rock"];
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((some) => some.join(", "));
  const texts = fc.sample(text, { numRuns: 160, seed }).map((one, i) => `${one} n${i}`);
  const said: { id: Awaited<ReturnType<Actor["say"]>>["id"]; text: string | null }[] = [];
  for (const one of texts)
    said.push({ id: (await ana.engine.sendMessage({ ws: ana.ws, channel, text: one, files: [] })).id, text: one });
  await landed(ana, channel);
  const change = async (picks: readonly (readonly [number, string])[]) => {
    for (const [i, [at, fresh]] of picks.entries()) {
      const one = said[at];
      if (one === undefined || one.text === null) continue;
      if (i % 3 === 0) await ana.engine.deleteMessage({ ws: ana.ws, channel, id: one.id });
      else await ana.engine.editMessage({ ws: ana.ws, channel, id: one.id, text: `${fresh} e${i}` });
      one.text = i % 3 === 0 ? null : `${fresh} e${i}`;
    }
    await landed(ana, channel);
  };
  const picks = fc.sample(fc.tuple(fc.nat(159), text), { numRuns: 40, seed });
  await change(picks.slice(0, 20));
  await ben.say(channel, "rock by ben");
  await ana.reads(channel, "rock by ben");
  await leaves(ana);
  await change(picks.slice(20));
  await ana.say(channel, "the end");
  const phone = await linked(world, ana, "Phone");
  await phone.reads(channel, "the end");
  await takes(phone);
  const naive = (query: readonly string[]) =>
    [...said.flatMap((one) => (one.text === null ? [] : [one.text])), "rock by ben", "the end"]
      .filter((one) => query.every((word) => ` ${one.replace(/[^a-z0-9]+/g, " ")}`.includes(` ${word}`)))
      .sort();
  const asked = fc.sample(fc.array(fc.constantFrom(...words, "r", "n1", "e"), { minLength: 1, maxLength: 3 }), {
    numRuns: 25,
    seed,
  });
  const agree = async () => {
    for (const query of asked)
      expect([seed, query, (await found(phone, query.join(" "))).sort()]).toEqual([seed, query, naive(query)]);
  };
  await agree();
  while (await phone.account.older(channel));
  await phone.engine.finding(phone.ws).settled();
  await agree();
  await phone.engine.finding(phone.ws).clean();
  await phone.reload();
  await phone.engine.finding(phone.ws).settled();
  await agree();
});

test("between what was left and what is here lies a gap: it is fetched and read, and everything is found once", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  await fill(
    ana,
    channel,
    Array.from({ length: 150 }, (_, i) => `early ${i}`),
  );
  await leaves(ana);
  await fill(
    ana,
    channel,
    Array.from({ length: 350 }, (_, i) => `middle ${i}`),
  );
  await ana.say(channel, "late");
  const phone = await linked(world, ana, "Phone");
  await phone.reads(channel, "late");
  await takes(phone);
  expect(await found(phone, "early")).toHaveLength(150);
  expect((await found(phone, "middle")).length).toBeLessThan(350);
  expect(phone.engine.finding(phone.ws).view().backTo).not.toBe(null);
  await phone.reload();
  while (await phone.account.older(channel)) await phone.engine.finding(phone.ws).settled();
  await phone.engine.finding(phone.ws).settled();
  expect(await found(phone, "early")).toHaveLength(150);
  expect(await found(phone, "middle")).toHaveLength(350);
  expect(phone.engine.finding(phone.ws).view().backTo).toBe(null);
});

test("E9 what was deleted, or is past its days, comes back through no index that was left; older ones leave the server", async () => {
  let shift = 0;
  const wall = wallClock();
  const clock = { ...wall, now: () => wall.now() + shift };
  await using world = await startWorld({ clock });
  const ana = await world.founder("Ana", { clock });
  const { id: channel } = await ana.channel("general");
  const { channel: brief } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "public",
    name: "brief",
    topic: "",
    history: "full",
    members: [],
  });
  await ana.engine.setRetention({ ws: ana.ws, channel: brief, days: 7 });
  await ana.say(brief, "the curlew keeps a week");
  const pelican = await ana.say(channel, "the pelican");
  await ana.say(channel, "the albatross");
  await fill(
    ana,
    channel,
    Array.from({ length: 120 }, (_, i) => `filler ${i}`),
  );
  await leaves(ana);
  const [first] = blobs(world);
  expect(blobs(world)).toHaveLength(1);
  await ana.engine.deleteMessage({ ws: ana.ws, channel, id: pelican.id });
  await ana.message(channel, ({ id, deleted }) => id === pelican.id && deleted);
  await leaves(ana);
  // The one before held the word: event and file are gone from the server, and nothing of either is plain anywhere.
  await leaves(ana);
  expect(blobs(world)).not.toContain(first);
  for (const word of ["pelican", "albatross", "curlew"]) expect(raw(world.dataDir).includes(word)).toBe(false);
  const phone = await linked(world, ana, "Phone", { clock });
  await phone.reads(channel, "filler 119");
  await takes(phone);
  expect(await found(phone, "albatross")).toEqual(["the albatross"]);
  await phone.engine.finding(phone.ws).clean();
  const taken = await shelved(phone);
  expect(taken).toMatch(/albatross/);
  expect(taken).not.toMatch(/pelican/);
  // A term that is set later counts for what was taken over, stored here or not.
  await ana.engine.setRetention({ ws: ana.ws, channel, days: 7 });
  const { n } = ana.account.state;
  await phone.until(`workspace:${phone.ws}`, ({ position }) => position >= n, "the term");
  shift = 8 * DAY;
  await phone.engine.retention(phone.ws).sweep();
  await phone.engine.finding(phone.ws).clean();
  expect(await shelved(phone)).not.toMatch(/albatross|pelican|curlew/);
  expect(await found(phone, "albatross")).toEqual([]);
  // And of a channel with a term nothing is left at all.
  await leaves(ana);
  expect(ana.account.registers.all("index")[0]?.rows).toBe(0);
  const tablet = await linked(world, ana, "Tablet", { clock });
  await takes(tablet);
  await tablet.engine.finding(tablet.ws).clean();
  expect(await shelved(tablet)).not.toMatch(/albatross|pelican|curlew/);
});
