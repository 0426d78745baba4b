// Finding among many messages: how long each kind of search takes, and how long the index takes to build beside SQLite's FTS5.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Storage } from "@/lib/client/ports.ts";
import { FLAGS } from "@/lib/client/search/shelf/doc.ts";
import type { Plan } from "@/lib/client/search/shelf/plan.ts";
import { FRESH, Shelf } from "@/lib/client/search/shelf/shelf.ts";
import { tokensOf } from "@/lib/client/search/words/tokens.ts";
import { Vault } from "@/lib/client/vault.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { sqliteStorage } from "@/lib/platform/node/storage.ts";
import { type Ask, brief, type Figures, median, percentile, ratioOf } from "./figures.ts";

const CHANNELS = 20;
const PEOPLE = 50;
/** Distinct words; how often each is used falls as its rank rises, as in speech. */
const WORDS = 60_000;
const MEAN_WORDS = 16;
const QUERIES = 300;
const ROUNDS = 3;
const LETTERS = "etaoinshrdlucmfwypvbgkjqxz";

/** The same numbers in each run: what is measured is the index, not the luck. */
function draws(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function wordOf(rank: number): string {
  let word = "";
  for (let rest = rank + 27; rest > 0; rest = Math.floor(rest / 26)) word += LETTERS[rest % 26];
  return word;
}

function textsOf(count: number, draw: () => number): string[] {
  const rank = () => Math.min(WORDS - 1, Math.floor(Math.exp(draw() * Math.log(WORDS))) - 1 + Math.floor(draw() * 3));
  return Array.from({ length: count }, () => {
    const length = Math.max(1, Math.round(-MEAN_WORDS * Math.log(1 - draw())));
    return Array.from({ length }, () => wordOf(rank())).join(" ");
  });
}

/** Milliseconds of this process's own work, whatever else runs on the machine, and of wall time. */
async function costs(work: () => Promise<void> | void): Promise<{ cpu: number; wall: number }> {
  const from = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall: performance.now() - from };
}

/** FTS5 as it comes, with the same commits: a transaction for as many messages as make a segment. */
function buildNative(folder: string, texts: readonly string[]): void {
  const path = join(folder, "native.db");
  rmSync(path, { force: true });
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec("CREATE VIRTUAL TABLE found USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')");
  const insert = db.prepare("INSERT INTO found(rowid, text) VALUES (?, ?)");
  for (let from = 0; from < texts.length; from += FRESH)
    db.transaction(() => {
      texts.slice(from, from + FRESH).forEach((text, i) => void insert.run(from + i + 1, text));
    })();
  db.close();
}

async function build(storage: Storage, texts: readonly string[]): Promise<Shelf> {
  const shelf = new Shelf(Vault.over(storage, [randomBytes(32)]), async () => undefined);
  await shelf.load();
  for (const [i, text] of texts.entries()) {
    shelf.add({
      channel: `channel ${i % CHANNELS}`,
      pos: i + 1,
      at: i * 1000,
      author: `person ${i % PEOPLE}`,
      flags: i % 40 === 0 ? FLAGS.file : 0,
      tokens: tokensOf([text]),
    });
    if (shelf.fresh < FRESH) continue;
    await shelf.save();
    await shelf.tend();
  }
  await shelf.save();
  await shelf.tend();
  return shelf;
}

const all: Plan = {
  clauses: [],
  channels: new Set(Array.from({ length: CHANNELS }, (_, i) => `channel ${i}`)),
  authors: null,
  since: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  flags: 0,
  places: null,
};

/** What people type: one more letter at a time is a search of its own, so short beginnings count. */
function kinds(texts: readonly string[], draw: () => number): Readonly<Record<string, () => Plan>> {
  const some = () => (texts[Math.floor(draw() * texts.length)] ?? "").split(" ");
  const words = (list: readonly string[], open: boolean): Plan => ({
    ...all,
    clauses: list.map((word) => ({ words: [word], open, also: [] })),
  });
  return {
    letter: () => words([LETTERS[Math.floor(draw() * 26)] ?? "e"], true),
    prefix: () => words([(some()[0] ?? "e").slice(0, 3)], true),
    word: () => words(some().slice(0, 1), false),
    two: () => words(some().slice(0, 2), true),
    phrase: () => ({ ...all, clauses: [{ words: some().slice(0, 3), open: false, also: [] }] }),
    filters: () => ({
      ...words(some().slice(0, 1), true),
      channels: new Set(["channel 3", "channel 7"]),
      authors: new Set(["person 3", "person 7", "person 27"]),
      since: texts.length * 200,
    }),
    files: () => ({ ...all, flags: FLAGS.file }),
  };
}

async function ask(shelf: Shelf, texts: readonly string[], draw: () => number): Promise<Figures> {
  const found: Record<string, unknown> = {};
  for (const [kind, make] of Object.entries(kinds(texts, draw))) {
    const times: number[] = [];
    const own: number[] = [];
    let hits = 0;
    for (let i = 0; i < QUERIES; i += 1) {
      const plan = make();
      const { cpu, wall } = await costs(async () => {
        hits += (await shelf.find(plan, 30, null)).total;
      });
      times.push(wall);
      own.push(cpu);
    }
    found[kind] = {
      p50: brief(median(times)),
      p99: brief(percentile(times, 0.99)),
      cpu_p50: brief(median(own)),
      cpu_p99: brief(percentile(own, 0.99)),
      hits: Math.round(hits / QUERIES),
    };
  }
  return found;
}

async function sized(count: number, rounds: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "tacit-bench-"));
  const draw = draws();
  const texts = textsOf(count, draw);
  const native: { cpu: number; wall: number }[] = [];
  const ours: { cpu: number; wall: number }[] = [];
  let asked: Figures = {};
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    native.push(await costs(() => buildNative(folder, texts)));
    const path = join(folder, `ours-${round}.db`);
    const storage = sqliteStorage(path);
    let shelf: Shelf | undefined;
    ours.push(
      await costs(async () => {
        shelf = await build(storage, texts);
      }),
    );
    if (round === rounds - 1 && shelf !== undefined) {
      asked = await ask(shelf, texts, draw);
      for (const { value } of await storage.scan("search", { limit: 1_000_000 })) bytes += value.length;
    }
    storage.close();
  }
  rmSync(folder, { recursive: true, force: true });
  const cpu = (all: readonly { cpu: number }[]) => all.map((one) => one.cpu);
  return {
    messages: count,
    build_ratio_cpu: ratioOf(cpu(ours), cpu(native)),
    build_ratio_wall: ratioOf(
      ours.map(({ wall }) => wall),
      native.map(({ wall }) => wall),
    ),
    build_ms: brief(median(ours.map(({ wall }) => wall))),
    native_ms: brief(median(native.map(({ wall }) => wall))),
    sealed_bytes_each: brief(bytes / count),
    ms: asked,
  };
}

export async function search({ full }: Ask): Promise<Figures> {
  await cryptoReady();
  const sizes = full ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
  const found: Record<string, unknown> = {};
  for (const count of sizes) found[String(count)] = await sized(count, count > 100_000 ? 1 : ROUNDS);
  return { target: { p99_ms: 50, build_ratio: 4 }, sizes: found };
}
