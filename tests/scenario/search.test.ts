// Finding messages: as people type, over everything they may read, with what was changed, removed, renamed and not yet fetched.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { createEngine } from "@/lib/client/engine.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { memoryPorts } from "@/lib/platform/memory/ports.ts";
import { shelved } from "@/tests/search-kit.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

/** Texts of what a search finds, newest first. */
async function found(actor: Actor, query: string, dates = {}): Promise<string[]> {
  const { hits, total } = await actor.engine.search({ ws: actor.ws, query, dates, limit: 200 });
  expect(hits.length).toBe(total);
  return hits.map(({ parts }) => parts.map(({ text }) => text).join(""));
}

/** Everything sent has come back, verified: from then on it is stored. */
async function landed(actor: Actor, channel: ChannelId): Promise<void> {
  await actor.until(`timeline:${actor.ws}:${channel}`, ({ items }) =>
    items.every((item) => item.t !== "message" || item.receivedAt !== null),
  );
}

async function marked(actor: Actor, query: string): Promise<string[]> {
  const { hits } = await actor.engine.search({ ws: actor.ws, query });
  return hits.flatMap(({ parts, files }) =>
    [...parts, ...files.flat()].filter(({ hit }) => hit).map(({ text }) => text),
  );
}

test("words, beginnings, phrases and filters find what one may read, and nothing else", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana Duarte");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  const { channel: secret } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "river story",
    topic: "",
    history: "full",
    members: [],
  });
  await ana.say(general, "The lab results are in. Station 4 is over the limit for cadmium.");
  await ana.say(general, "Six bottles, six stations. See https://example.org/table");
  await ben.reads(general, "Six bottles, six stations. See https://example.org/table");
  await ben.say(general, `I will ask <@${ana.account.me}> tomorrow about Évry and the naïve plan`);
  await ana.reads(general, `I will ask <@${ana.account.me}> tomorrow about Évry and the naïve plan`);
  await ana.say(secret, "cadmium again, for our eyes only");
  await landed(ana, secret);

  expect(await found(ana, "cadm")).toEqual([
    "cadmium again, for our eyes only",
    "The lab results are in. Station 4 is over the limit for cadmium.",
  ]);
  expect(await found(ben, "cadm")).toEqual(["The lab results are in. Station 4 is over the limit for cadmium."]);
  expect(await marked(ana, "station cadmium")).toEqual(["Station", "cadmium"]);
  expect(await marked(ana, "STATIONS")).toEqual(["stations"]);
  expect(await found(ana, '"limit for cadmium"')).toHaveLength(1);
  expect(await found(ana, '"for limit cadmium"')).toHaveLength(0);
  expect(await found(ana, '"station"')).toHaveLength(1);
  expect(await found(ana, "evry naive")).toEqual(["I will ask @Ana Duarte tomorrow about Évry and the naïve plan"]);
  expect(await marked(ben, "duarte")).toEqual(["@Ana Duarte"]);
  expect(await found(ana, "from:ben")).toHaveLength(1);
  expect(await found(ben, "from:me plan")).toHaveLength(1);
  expect(await found(ana, "from:ana cadmium in:#general")).toHaveLength(1);
  expect(await found(ana, 'cadmium in:"river story"')).toHaveLength(1);
  expect(await found(ana, "has:link")).toHaveLength(1);
  expect(await found(ana, "has:file")).toHaveLength(0);
  const now = Date.now();
  const dates = { today: { since: now - 3_600_000, until: now + 3_600_000 } };
  expect(await found(ana, "on:today cadmium", dates)).toHaveLength(2);
  expect(await found(ana, "before:today cadmium", dates)).toHaveLength(0);
  expect(await found(ana, "after:today cadmium", dates)).toHaveLength(0);
  // A filter that names nobody finds nothing: never more than what was asked for.
  const { filters, total } = await ana.engine.search({ ws: ana.ws, query: "cadmium from:nobody" });
  expect([total, filters.map(({ known }) => known)]).toEqual([0, [false]]);
  for (const strange of ["has:nonsense", "is:nothing", "before:someday"])
    expect(await found(ana, `cadmium ${strange}`)).toEqual([]);
  expect((await ana.engine.search({ ws: ana.ws, query: "   " })).asked).toBe(false);
  // Names are read when one searches: a renamed channel is found as it is called now.
  await ana.engine.renameChannel({ ws: ana.ws, channel: secret, name: "delta", topic: "" });
  await ana.channel("delta");
  expect(await found(ana, "cadmium in:delta")).toHaveLength(1);
  // Who was put out finds no more of it than he sees.
  await ana.engine.addMember({ ws: ana.ws, channel: secret, user: ben.account.me });
  await ben.reads(secret, "cadmium again, for our eyes only");
  expect(await found(ben, "cadmium")).toHaveLength(2);
  await ana.engine.removeMember({ ws: ana.ws, channel: secret, user: ben.account.me });
  await ben.until(`workspace:${ben.ws}`, ({ channels }) => !channels.some(({ id }) => id === secret));
  expect(await found(ben, "cadmium")).toHaveLength(1);
});

test("edits replace, names of files count, and what was deleted is on no disk in any form", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const sent = await ana.say(channel, "the quetzal is teh bird");
  await ben.reads(channel, "the quetzal is teh bird");
  const file = {
    name: "cadmium-limits.pdf",
    type: "application/pdf",
    source: new Uint8Array(9),
    width: null,
    height: null,
    thumbnail: null,
  };
  await ana.engine.sendMessage({ ws: ana.ws, channel, text: "", files: [file] });
  await ben.message(channel, ({ files }) => files[0]?.state === "ready");
  expect(await marked(ben, "cadmium")).toEqual(["cadmium"]);
  expect(await marked(ben, "cadmium-lim has:file")).toEqual(["cadmium", "limits"]);
  await ben.account.vault.get("search", "manifest");
  await ana.engine.editMessage({ ws: ana.ws, channel, id: sent.id, text: "the ibis is the bird" });
  await ben.reads(channel, "the ibis is the bird");
  expect(await found(ben, "quetzal")).toEqual([]);
  expect(await found(ben, "ibis")).toEqual(["the ibis is the bird"]);
  const finding = ben.engine.finding(ben.ws);
  await finding.clean();
  expect(await shelved(ben)).toMatch(/ibis/);
  await ana.engine.deleteMessage({ ws: ana.ws, channel, id: sent.id });
  await ben.message(channel, ({ deleted }) => deleted);
  expect(await found(ben, "ibis")).toEqual([]);
  await finding.clean();
  expect(await shelved(ben)).not.toMatch(/ibis|quetzal/);
  expect(await shelved(ben)).toMatch(/cadmium/);
});

test("the index on disk carries no plaintext", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  const words = Array.from({ length: 30 }, (_, i) => `quetzalcoatl${i} pomegranate`);
  for (const word of words) await ana.say(channel, word);
  await landed(ana, channel);
  await ana.engine.finding(ana.ws).clean();
  expect(await shelved(ana)).toMatch(/quetzalcoatl/);
  const { storage } = ana.profile;
  let rows = 0;
  for (const table of await storage.tables())
    for (const { key, value } of await storage.scan(table, { limit: 100_000 })) {
      rows += 1;
      for (const canary of ["quetzal", "coatl", "pomegranate"]) {
        expect(Buffer.from(value).includes(canary)).toBe(false);
        expect(Buffer.from(value).includes(Buffer.from(canary, "utf16le"))).toBe(false);
        expect(key).not.toContain(canary);
      }
    }
  expect(rows).toBeGreaterThan(60);
});

/** Reads every item of a timeline, word by word: what a search must find, written apart from it. */
function naive(items: readonly MessageItem[], words: readonly string[]): string[] {
  return items
    .filter(({ text, deleted }) => {
      const line = ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, " ")}`;
      return !deleted && words.every((word) => line.includes(` ${word}`));
    })
    .map(({ text }) => text)
    .sort();
}

test("random messages, edits and deletions: a search finds what reading everything finds, over a restart too", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const [{ seed }] = fc.sample(fc.record({ seed: fc.integer() }), 1) as [{ seed: number }];
  const words = ["a", "ab", "abba", "b", "river", "rivers", "rock"];
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((some) => some.join(", "));
  const texts = fc.sample(text, { numRuns: 120, seed });
  const ids = [];
  for (const [i, one] of texts.entries()) ids.push((await (i % 3 === 0 ? ben : ana).say(channel, `${one} n${i}`)).id);
  const picks = fc.sample(fc.tuple(fc.nat(119), text), { numRuns: 30, seed });
  for (const [i, [at, fresh]] of picks.entries()) {
    const writer = at % 3 === 0 ? ben : ana;
    const id = ids[at];
    if (id === undefined) continue;
    const gone = i % 5 === 0;
    if (gone) await writer.engine.deleteMessage({ ws: ana.ws, channel, id }).catch(() => undefined);
    else await writer.engine.editMessage({ ws: ana.ws, channel, id, text: `${fresh} e${i}` }).catch(() => undefined);
  }
  await ana.say(channel, "the end");
  await ben.reads(channel, "the end");
  const queries = fc.sample(fc.array(fc.constantFrom(...words, "r", "ri", "n1", "e"), { minLength: 1, maxLength: 3 }), {
    numRuns: 40,
    seed,
  });
  for (const round of [0, 1, 2]) {
    await ben.engine.finding(ben.ws).settled();
    const view = await ben.until(`timeline:${ben.ws}:${channel}`, ({ items }) =>
      items.some((item) => item.t === "message" && item.text === "the end"),
    );
    while ((await ben.account.older(channel)) === true);
    const { items } = await ben.until(`timeline:${ben.ws}:${channel}`, ({ hasOlder }) => !hasOlder);
    expect(view.channel).toBe(channel);
    const messages = items.filter((item) => item.t === "message");
    for (const query of queries)
      expect([seed, query, (await found(ben, query.join(" "))).sort()]).toEqual([seed, query, naive(messages, query)]);
    if (round === 0) await ben.engine.finding(ben.ws).clean();
    if (round === 1) await ben.reload();
  }
});

test("a full disk in mid-index is said; everything is found all the same, and the index goes on when there is room", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  for (let i = 0; i < 12; i += 1) await ana.say(channel, `pomegranate ${i}`);
  await landed(ana, channel);
  await ana.stop();
  let full = true;
  const { storage } = ana.profile;
  const tight = {
    ...storage,
    write: async (ops: Parameters<typeof storage.write>[0]) => {
      if (full && ops.some(({ op, table }) => op === "put" && table === "search")) throw new Fault("store/full");
      await storage.write(ops);
    },
  };
  const ports = memoryPorts(ana.transport, { ...ana.profile, storage: tight }, ana.clock);
  const engine = await createEngine(ports);
  const finding = engine.finding(ana.ws);
  await finding.settled();
  await expect(finding.clean()).rejects.toMatchObject({ code: "store/full" });
  expect(finding.view().fault).toBe("store/full");
  expect((await engine.search({ ws: ana.ws, query: "pomegranate" })).total).toBe(12);
  full = false;
  await finding.clean();
  expect(finding.view().fault).toBe(null);
  expect((await engine.search({ ws: ana.ws, query: "pomegranate" })).total).toBe(12);
  await engine.stop();
  ports.locks.crash();
});

test("history that this device never saw is fetched while one searches, and how far it reaches is said", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  await ana.say(channel, "the quetzal of long ago");
  await Promise.all(
    Array.from({ length: 300 }, (_, i) =>
      ana.engine.sendMessage({ ws: ana.ws, channel, text: `filler ${i}`, files: [] }),
    ),
  );
  await ana.online();
  const ben = await world.invited(ana, "Ben");
  await ben.reads(channel, "filler 299");
  await ben.engine.fetchHistory({ ws: ben.ws, on: false });
  const before = await ben.until(`search:${ben.ws}`, ({ history }) => history === "stopped");
  expect(before.backTo).not.toBeNull();
  expect(before.held).toBeLessThan(before.places);
  expect(await found(ben, "quetzal")).toEqual([]);
  await ben.engine.fetchHistory({ ws: ben.ws, on: true });
  const view = await ben.until(`search:${ben.ws}`, ({ history, backTo }) => history === "whole" && backTo === null);
  expect([view.held, view.indexed]).toEqual([view.places, view.places]);
  expect(await found(ben, "quetzal")).toEqual(["the quetzal of long ago"]);
});

test("E9 a crash between a channel's forgetting and its index leaves no word of what it forgot", async () => {
  const wall = wallClock();
  let shift = 0;
  const clock = { ...wall, now: () => wall.now() + shift };
  await using world = await startWorld({ clock });
  const ana = await world.founder("Ana", { clock });
  const { id: channel } = await ana.channel("general");
  await ana.engine.setRetention({ ws: ana.ws, channel, days: 1 });
  await ana.say(channel, "the curlew");
  await landed(ana, channel);
  await ana.engine.finding(ana.ws).clean();
  expect(await shelved(ana)).toMatch(/curlew/);
  shift = 2 * 86_400_000;
  await ana.engine.retention(ana.ws).sweep();
  await ana.reload();
  await ana.engine.finding(ana.ws).clean();
  expect(await shelved(ana)).not.toMatch(/curlew/);
  expect(await found(ana, "curlew")).toEqual([]);
});
