// The index against a reader who goes through all messages word by word: the same finds, whatever was written, changed, removed.
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Fault } from "@/lib/base/errors.ts";
import type { Storage } from "@/lib/client/ports.ts";
import { type Doc, FLAGS } from "@/lib/client/search/shelf/doc.ts";
import type { After, Clause, Plan } from "@/lib/client/search/shelf/plan.ts";
import { Shelf } from "@/lib/client/search/shelf/shelf.ts";
import { Vault } from "@/lib/client/vault.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { memoryStorage } from "@/lib/platform/memory/storage.ts";

beforeAll(cryptoReady);

const KEY = new Uint8Array(32).fill(7);
const CHANNELS = ["aaa", "bbb", "ccc"];
const PEOPLE = ["ana", "ben", "cleo"];
const WORDS = ["a", "ab", "abc", "b", "ba", "bab", "éa", "水", "river", "rivers", "r", "@ana", ""];
const open = (storage: Storage) => new Shelf(Vault.over(storage, [KEY.slice()]), async () => undefined);

const docOf = fc.record({
  channel: fc.constantFrom(...CHANNELS),
  pos: fc.integer({ min: 1, max: 60 }),
  at: fc.integer({ min: 0, max: 40 }),
  author: fc.constantFrom(...PEOPLE),
  flags: fc.integer({ min: 0, max: 31 }),
  tokens: fc.array(fc.constantFrom(...WORDS), { maxLength: 9 }),
});
const clauseOf = fc.record({
  words: fc.array(fc.constantFrom(...WORDS.filter((word) => word !== "" && word !== "@ana")), {
    minLength: 1,
    maxLength: 3,
  }),
  open: fc.boolean(),
  also: fc.constantFrom<string[]>([], ["@ana"]),
});
const planOf: fc.Arbitrary<Plan> = fc.record({
  clauses: fc.array(clauseOf, { maxLength: 2 }),
  channels: fc.subarray(CHANNELS).map((some) => new Set(some)),
  authors: fc.option(fc.subarray(PEOPLE).map((some) => new Set(some))),
  since: fc.constantFrom(Number.NEGATIVE_INFINITY, 5, 20),
  until: fc.constantFrom(Number.POSITIVE_INFINITY, 15, 30),
  flags: fc.constantFrom(0, FLAGS.file, FLAGS.link | FLAGS.thread),
  places: fc.option(
    fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }).map((some) => new Map([["aaa", new Set(some)]])),
    { freq: 6 },
  ),
});
type Step =
  | { readonly do: "put"; readonly docs: readonly Doc[] }
  | { readonly do: "drop"; readonly channel: string; readonly pos: number }
  | { readonly do: "cut"; readonly channel: string; readonly before: number }
  | { readonly do: "save" | "tend" | "crash" };
const stepOf: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("put" as const), docs: fc.array(docOf, { maxLength: 12 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("drop" as const),
      channel: fc.constantFrom(...CHANNELS),
      pos: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("cut" as const),
      channel: fc.constantFrom(...CHANNELS),
      before: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ do: "save" as const }) },
  { weight: 2, arbitrary: fc.constant({ do: "tend" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "crash" as const }) },
);

/** Every message by place, read one after the other: a naive search, written apart from the index. */
class Naive {
  docs = new Map<string, Doc>();
  saved = new Map<string, Doc>();

  find({ clauses, channels, authors, since, until, flags, places }: Plan): string[] {
    const answers = (line: string, { words, open: goesOn, also }: Clause) =>
      also.some((term) => line.includes(` ${term} `)) || line.includes(` ${words.join(" ")}${goesOn ? "" : " "}`);
    const found = [...this.docs.values()].filter((doc) => {
      const line = ` ${doc.tokens.map((token) => (token === "" ? "|" : token)).join(" ")} `;
      if (!channels.has(doc.channel) || (authors !== null && !authors.has(doc.author))) return false;
      if (doc.at < since || doc.at >= until || (~doc.flags & flags) !== 0) return false;
      if (places !== null && places.get(doc.channel)?.has(doc.pos) !== true) return false;
      return clauses.every((clause) => answers(line, clause));
    });
    found.sort((a, b) => b.at - a.at || (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : b.pos - a.pos));
    return found.map(({ channel, pos, at, author }) => `${channel} ${pos} ${at} ${author}`);
  }
}

async function run(shelf: Shelf, naive: Naive, step: Step, storage: Storage): Promise<Shelf> {
  switch (step.do) {
    case "put":
      for (const doc of step.docs) {
        await shelf.replace(doc.channel, doc.pos, doc);
        naive.docs.set(`${doc.channel} ${doc.pos}`, doc);
      }
      return shelf;
    case "drop":
      await shelf.replace(step.channel, step.pos, null);
      naive.docs.delete(`${step.channel} ${step.pos}`);
      return shelf;
    case "cut":
      await shelf.remove(step.channel, ({ pos }) => pos < step.before);
      for (const [place, doc] of naive.docs)
        if (doc.channel === step.channel && doc.pos < step.before) naive.docs.delete(place);
      return shelf;
    case "save":
      await shelf.save();
      naive.saved = new Map(naive.docs);
      return shelf;
    case "tend":
      await shelf.save();
      await shelf.tend();
      naive.saved = new Map(naive.docs);
      return shelf;
    case "crash": {
      const next = open(storage);
      await next.load();
      naive.docs = new Map(naive.saved);
      return next;
    }
  }
}

/** All pages of a search, `limit` at a time. */
async function pages(shelf: Shelf, plan: Plan, limit: number): Promise<{ total: number; rows: string[] }> {
  const rows: string[] = [];
  for (let after: After | null = null; ; ) {
    const { total, rows: page } = await shelf.find(plan, limit, after);
    rows.push(...page.map(({ channel, pos, at, author }) => `${channel} ${pos} ${at} ${author}`));
    after = page.at(-1) ?? null;
    if (page.length < limit || after === null) return { total, rows };
  }
}

test("every search finds what reading every message finds, newest first and page by page", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(stepOf, { minLength: 1, maxLength: 40 }),
      fc.array(planOf, { minLength: 3, maxLength: 3 }),
      fc.integer({ min: 1, max: 20 }),
      async (steps, plans, limit) => {
        const storage = memoryStorage();
        const naive = new Naive();
        let shelf = open(storage);
        await shelf.load();
        for (const step of steps) shelf = await run(shelf, naive, step, storage);
        for (const plan of plans) {
          const rows = naive.find(plan);
          expect(await pages(shelf, plan, limit)).toEqual({ total: rows.length, rows });
        }
        expect(shelf.size).toBe(naive.docs.size);
      },
    ),
    { numRuns: 300 },
  );
});

const wide: Plan = {
  clauses: [],
  channels: new Set(CHANNELS),
  authors: null,
  since: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  flags: 0,
  places: null,
};
const doc = (pos: number, ...tokens: string[]): Doc => ({
  channel: "aaa",
  pos,
  at: pos,
  author: "ana",
  flags: 0,
  tokens,
});
const seek = (word: string): Plan => ({ ...wide, clauses: [{ words: [word], open: false, also: [] }] });

/** Everything in a store, opened with its key: the plaintext that lies on the disk for whoever has the key. */
async function opened(storage: Storage): Promise<string> {
  const rows = await Vault.over(storage, [KEY.slice()]).scan("search", { limit: 10_000 });
  return rows
    .map(({ value }) =>
      JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? Buffer.from(one).toString("latin1") : one)),
    )
    .join("\n");
}

describe("what is gone", () => {
  test("leaves the disk with the next tending, even for whoever has the key", async () => {
    const storage = memoryStorage();
    const shelf = open(storage);
    await shelf.load();
    for (let pos = 1; pos <= 50; pos += 1) shelf.add(doc(pos, "common", pos === 33 ? "quetzal" : "word"));
    await shelf.save();
    expect(await opened(storage)).toContain("quetzal");
    await shelf.replace("aaa", 33, null);
    await shelf.save();
    await shelf.tend();
    expect(await opened(storage)).not.toContain("quetzal");
    expect(shelf.unclean).toBe(false);
    expect((await shelf.find(seek("common"), 100, null)).total).toBe(49);
  });

  test("an older wording of it leaves too", async () => {
    const storage = memoryStorage();
    const shelf = open(storage);
    await shelf.load();
    for (let pos = 1; pos <= 50; pos += 1) shelf.add(doc(pos, "common", pos === 33 ? "quetzal" : "word"));
    await shelf.save();
    await shelf.replace("aaa", 33, doc(33, "common", "second"));
    await shelf.save();
    expect(await opened(storage)).toMatch(/quetzal/);
    await shelf.replace("aaa", 33, null);
    await shelf.save();
    await shelf.tend();
    expect(await opened(storage)).not.toMatch(/quetzal|second/);
  });
});

/** A storage whose writes fail, or land and are never known to have landed, from a given one on. */
function faltering(inner: Storage, from: number, lands: boolean): Storage {
  let writes = 0;
  return {
    ...inner,
    async write(ops) {
      writes += 1;
      if (writes < from) return await inner.write(ops);
      if (lands && writes === from) await inner.write(ops);
      throw new Fault("store/full");
    },
  };
}

describe("a disk that fails in the middle", () => {
  for (const lands of [false, true])
    for (let from = 1; from <= 14; from += 1)
      test(`at write ${from}${lands ? ", which lands" : ""}: what was saved is found once, by a new start`, async () => {
        const storage = memoryStorage();
        const shelf = open(faltering(storage, from, lands));
        let whole = 0;
        let tried = 0;
        try {
          await shelf.load();
          for (let batch = 0; batch < 12; batch += 1) {
            tried = batch;
            for (let i = 1; i <= 5; i += 1) shelf.add(doc(batch * 5 + i, "common", `word${batch * 5 + i}`));
            await shelf.save();
            whole = batch + 1;
            await shelf.tend();
          }
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "store/full" });
        }
        // What was in memory is searched all the same.
        if (!lands) expect((await shelf.find(seek("common"), 1, null)).total).toBe((tried + 1) * 5);
        const next = open(storage);
        await next.load();
        const { total, rows } = await next.find(seek("common"), 1000, null);
        expect(new Set(rows.map(({ pos }) => pos)).size).toBe(total);
        expect([whole * 5, (whole + 1) * 5]).toContain(total);
        await next.tend();
        expect((await next.find(seek("common"), 1, null)).total).toBe(total);
      });
});

test("rows that are damaged cost the index, never an answer", async () => {
  const storage = memoryStorage();
  const shelf = open(storage);
  await shelf.load();
  shelf.add(doc(1, "common"));
  await shelf.save();
  const rows = await storage.scan("search", { limit: 100 });
  const head = rows.find(({ key }) => key.endsWith("/head"));
  await storage.write([{ op: "put", table: "search", key: head?.key ?? "", value: new Uint8Array(40) }]);
  const next = open(storage);
  await next.load();
  const thrown = await next.find(seek("common"), 1, null).catch((fault: unknown) => fault);
  expect(thrown).toMatchObject({ code: "store/corrupt" });
  expect(await next.survive(thrown)).toBe(true);
  expect(await next.find(seek("common"), 1, null)).toEqual({ total: 0, rows: [] });
  expect(next.cover("aaa")).toBeUndefined();
});

test("an index that another version wrote is made anew", async () => {
  const storage = memoryStorage();
  const vault = Vault.over(storage, [KEY.slice()]);
  const shelf = open(storage);
  await shelf.load();
  shelf.add(doc(1, "common"));
  shelf.setCover("aaa", { low: 1, high: 1, lowAt: 1, dark: [], taken: 0, far: null });
  await shelf.save();
  const stored = await vault.get<{ v: number }>("search", "manifest");
  await vault.put("search", "manifest", { ...stored, v: 0 });
  const next = open(storage);
  await next.load();
  expect(next.cover("aaa")).toBeUndefined();
  expect(await next.find(seek("common"), 1, null)).toEqual({ total: 0, rows: [] });
});

test("what changes while segments are merged is found once, as it is now", async () => {
  const storage = memoryStorage();
  let meanwhile: () => Promise<void> = async () => undefined;
  const shelf = new Shelf(Vault.over(storage, [KEY.slice()]), () => meanwhile());
  await shelf.load();
  for (let batch = 0; batch < 8; batch += 1) {
    for (let i = 0; i < 5; i += 1) shelf.add(doc(batch * 5 + i, "common", "quetzal"));
    await shelf.save();
  }
  meanwhile = async () => {
    meanwhile = async () => undefined;
    await shelf.replace("aaa", 7, doc(7, "common", "ibis"));
    await shelf.replace("aaa", 8, null);
  };
  await shelf.tend();
  expect((await shelf.find(seek("common"), 100, null)).total).toBe(39);
  expect((await shelf.find(seek("quetzal"), 100, null)).total).toBe(38);
  expect((await shelf.find(seek("ibis"), 100, null)).rows.map(({ pos }) => pos)).toEqual([7]);
});
