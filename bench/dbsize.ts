// Bytes that a message takes on the server's disk, over those of its ciphertext; and what other layouts would take.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { type DeviceId, ID_BYTES, type Id, idBytes, mintId, type SessionId, type UserId } from "@/lib/base/ids.ts";
import { channelKey, mintEpochKey } from "@/lib/crypto/epoch.ts";
import { mintSecret } from "@/lib/crypto/keys.ts";
import { sealEvent } from "@/lib/crypto/message.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import type { EventRef } from "@/lib/protocol/event.ts";
import { VERSION } from "@/lib/protocol/limits.ts";
import { WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import type { NewEvent, Store } from "@/server/store/port.ts";
import { openSqliteStore } from "@/server/store/sqlite.ts";
import { message } from "@/tests/writers.ts";
import { type Ask, brief, type Figures } from "./figures.ts";

const CHANNELS = 20;
const WRITERS = 50;
const BATCH = 8;
const MEAN = 97;

const id = <K extends string>(): Id<K> => mintId<K>(randomBytes(ID_BYTES));
const ws = mintId<"workspace">(randomBytes(32));
const key = mintEpochKey();
const kc = randomBytes(32);
const head = randomBytes(32);
type Writer = { readonly user: UserId; readonly device: DeviceId; readonly session: SessionId; next: number };

/** Lengths as people write: many short texts, few long ones, 97 bytes in the mean. */
function lengthOf(i: number): number {
  const part = ((i * 7919) % 1000) / 1000;
  return Math.max(1, Math.round(-MEAN * Math.log(1 - part)));
}

type Place = { readonly channel: Id<"channel">; readonly writers: readonly Writer[]; newest: EventRef[] };

/** The next message of a channel, sealed as an engine does it. */
function nextOf(place: Place, i: number): NewEvent {
  const writer = place.writers[i % WRITERS] as Writer;
  const { user, device, session } = writer;
  const name = { epoch: 1, user, device, session, seq: writer.next, id: id<"event">() };
  writer.next += 1;
  const { hash, header, nonce, ciphertext } = sealEvent({
    header: { v: VERSION, class: "stored", ws, channel: place.channel, ...name },
    kc,
    channelKey: channelKey(key, place.channel),
    signKey: sign,
    prevs: place.newest,
    n: 1000,
    head,
    sentAt: Date.now(),
    content: message("x".repeat(lengthOf(i))),
  });
  place.newest = [...place.newest, { id: name.id, epoch: 1, hash }].slice(-2);
  return { ...name, header, nonce, ciphertext };
}
const sign = mintSecret("device-sign");

/** Layouts beside the product's, of the same rows in the same order, with nothing but what reading needs. */
const KEY = "PRIMARY KEY (w, channel, pos)";
const NAMES = "w INTEGER, channel BLOB, pos INTEGER, id BLOB, epoch INTEGER, device BLOB, received_at INTEGER";
const BYTES = "header BLOB, nonce BLOB, ciphertext BLOB";
const SPLIT = "user BLOB, session BLOB, seq INTEGER, nonce BLOB, ciphertext BLOB";
const LAYOUTS = {
  keyed: { columns: `${NAMES}, ${BYTES}`, end: "WITHOUT ROWID", split: false },
  split: { columns: `${NAMES}, ${SPLIT}`, end: "", split: true },
  keyed_split: { columns: `${NAMES}, ${SPLIT}`, end: "WITHOUT ROWID", split: true },
} as const;

type Row = { readonly event: NewEvent; readonly place: number; readonly pos: number; readonly user: UserId };

class Layout {
  readonly #db: Database.Database;
  readonly #path: string;
  readonly #split: boolean;
  readonly #insert: Database.Statement;

  constructor(folder: string, name: keyof typeof LAYOUTS, pageBytes: number) {
    const { columns, end, split } = LAYOUTS[name];
    this.#path = join(folder, `${name}-${pageBytes}.db`);
    this.#db = new Database(this.#path);
    this.#db.pragma(`page_size = ${pageBytes}`);
    this.#db.pragma("synchronous = OFF");
    this.#db.exec(`CREATE TABLE events (${columns}, ${KEY}) ${end}`);
    this.#db.exec("CREATE UNIQUE INDEX events_id ON events (w, channel, id)");
    this.#split = split;
    this.#insert = this.#db.prepare(`INSERT INTO events VALUES (${columns.replace(/\w+ (BLOB|INTEGER)/g, "?")})`);
  }

  add(rows: readonly Row[], channels: readonly Place[]): void {
    this.#db.exec("BEGIN");
    for (const { event, place, pos, user } of rows) {
      const channel = idBytes((channels[place] as Place).channel);
      const names = [1, channel, pos, idBytes(event.id), event.epoch, idBytes(event.device), Date.now()];
      const rest = this.#split ? [idBytes(user), idBytes(event.session), event.seq] : [event.header];
      this.#insert.run(...names, ...rest, event.nonce, event.ciphertext);
    }
    this.#db.exec("COMMIT");
  }

  bytes(): number {
    this.#db.close();
    return statSync(this.#path).size;
  }
}

async function openStore(path: string): Promise<Store> {
  const store = openSqliteStore(path);
  const hash = randomBytes(32);
  await store.setup.putSetupToken({ hash, first: false, expires: Date.now() + 60_000 });
  const stub = { kind: "W" as const, chain: WORKSPACE_CHAIN, seq: 1, hash: randomBytes(32) };
  const link = { n: 1, stub, link: { bytes: randomBytes(50), sig: randomBytes(64), extra: null } };
  await store.ledger.createWorkspace({ ws, tokenHash: hash, now: 1, links: [link], keys: { seals: [], boxes: [] } });
  return store;
}

export async function dbsize({ full }: Ask): Promise<Figures> {
  await cryptoReady();
  const messages = full ? 100_000 : 10_000;
  const folder = mkdtempSync(join(tmpdir(), "tacit-size-"));
  const path = join(folder, "tacit.db");
  const store = await openStore(path);
  const devices = Array.from({ length: WRITERS }, () => ({ user: id<"user">(), device: id<"device">() }));
  const places: Place[] = Array.from({ length: CHANNELS }, () => ({
    channel: id<"channel">(),
    writers: devices.map((one) => ({ ...one, session: id<"session">(), next: 0 })),
    newest: [],
  }));
  const layouts = new Map<string, Layout>();
  for (const name of ["keyed", "split", "keyed_split"] as const)
    for (const page of [4096, 16_384]) layouts.set(`${name}_${page}`, new Layout(folder, name, page));
  const sums = { ciphertext: 0, header: 0, text: 0 };
  for (let i = 0; i < messages; i += BATCH) {
    const at = (i / BATCH) % CHANNELS;
    const place = places[at] as Place;
    const fresh = Array.from({ length: BATCH }, (_, k) => nextOf(place, i + k));
    const { landed } = await store.events.appendEvents(ws, place.channel, fresh, Date.now());
    if (landed.length !== BATCH) throw new TypeError("not all landed");
    const users = fresh.map((_, k) => place.writers[(i + k) % WRITERS]?.user as UserId);
    const rows = fresh.map((event, k) => ({
      event,
      place: at,
      pos: landed[k]?.row.pos ?? 0,
      user: users[k] as UserId,
    }));
    for (const layout of layouts.values()) layout.add(rows, places);
    for (const [k, event] of fresh.entries()) {
      sums.ciphertext += event.ciphertext.length;
      sums.header += event.header.length;
      sums.text += lengthOf(i + k);
    }
  }
  await store.close();
  const each = (bytes: number) => brief(bytes / messages);
  const found: Figures = {
    messages,
    text_mean: each(sums.text),
    ciphertext_mean: each(sums.ciphertext),
    header_mean: each(sums.header),
    bytes_a_message: each(statSync(path).size),
    ratio: brief(statSync(path).size / sums.ciphertext),
    target: 1.5,
    other_layouts: Object.fromEntries([...layouts].map(([name, one]) => [name, brief(one.bytes() / sums.ciphertext)])),
  };
  rmSync(folder, { recursive: true, force: true });
  return found;
}
