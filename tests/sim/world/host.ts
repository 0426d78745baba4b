// The server in this process: its own procedures and sockets over a database in memory, which a test can crash, copy and put back.
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { BlobId } from "@/lib/base/ids.ts";
import type { App } from "@/server/app.ts";
import { assemble } from "@/server/assemble.ts";
import { mintSetupToken, setupLink } from "@/server/auth/setup.ts";
import { noteRestored } from "@/server/backup/restore.ts";
import { DEFAULT_LIMITS, DEFAULT_PUSH, type Settings } from "@/server/env.ts";
import type { HeardWire } from "@/server/live/hub.ts";
import { LiveSocket } from "@/server/live/socket.ts";
import type { Random } from "@/server/random.ts";
import { migrated } from "@/server/store/open.ts";
import type { Store } from "@/server/store/port.ts";
import { storeOver } from "@/server/store/sqlite.ts";
import { sweep } from "@/server/upkeep.ts";
import { parseJson } from "@/server/web/body.ts";
import { answerCall, type CallAnswer } from "@/server/web/call.ts";
import { STILL_LIMITS } from "@/tests/sim/limits.ts";
import { MemoryBlobs } from "./blobs.ts";
import type { Time } from "./time.ts";

export const ORIGIN = "http://localhost:4410";
const ADDRESS = "127.0.0.1";
const SETTINGS: Settings = {
  dataDir: "",
  host: "127.0.0.1",
  port: 4410,
  publicUrl: ORIGIN,
  origins: [],
  tls: null,
  behindProxy: false,
  staticDir: null,
  maxPages: null,
  push: DEFAULT_PUSH,
  limits: { ...DEFAULT_LIMITS, ...STILL_LIMITS },
};

/** A copy of everything that lies on the server's disk. */
export type Image = { readonly database: Buffer; readonly blobs: MemoryBlobs };

let empty: Buffer | undefined;

/** An empty database of this version's schema, made once a process. */
function emptyDatabase(): Buffer {
  if (empty !== undefined) return empty;
  const raw = new Database(":memory:");
  raw.pragma("page_size = 4096");
  migrated(raw);
  empty = raw.serialize();
  raw.close();
  return empty;
}

function openRaw(bytes: Buffer): Database.Database {
  const raw = new Database(bytes);
  raw.pragma("journal_mode = MEMORY");
  raw.pragma("synchronous = OFF");
  return raw;
}

export type HostParts = { readonly time: Time; readonly random: Random; readonly log?: App["log"] };

export class Host {
  readonly #parts: HostParts;
  #raw: Database.Database;
  #blobs = new MemoryBlobs();
  #app: App | null = null;

  constructor(parts: HostParts, image: Image | null = null) {
    this.#parts = parts;
    this.#raw = openRaw(image?.database ?? emptyDatabase());
    if (image !== null) this.#blobs = image.blobs.copy();
  }

  /** Null while it is down. */
  get app(): App | null {
    return this.#app;
  }

  get up(): App {
    if (this.#app === null) throw new TypeError("the server is down");
    return this.#app;
  }

  get database(): Database.Database {
    return this.#raw;
  }

  async start(): Promise<void> {
    const { time, random, log } = this.#parts;
    const bare = { settings: SETTINGS, now: () => time.now(), log: log ?? (() => undefined), random };
    this.#app = await assemble({ ...bare, origins: () => [ORIGIN] }, this.#store(), this.#blobs);
  }

  #store(): Store {
    return storeOver({ raw: this.#raw, db: drizzle({ client: this.#raw }) });
  }

  /** The process ends: what was committed stays, what it had in memory goes. */
  crash(): void {
    this.#app = null;
  }

  /** The link to make a workspace with. */
  async setupLink(): Promise<string> {
    const { store, now, random } = this.up;
    return setupLink(ORIGIN, await mintSetupToken(store.setup, true, now(), random));
  }

  /** One call, as bytes in and bytes out. */
  async call(name: string, body: string, token: string | null): Promise<CallAnswer> {
    const input = Buffer.from(body);
    const answer = await answerCall({ app: this.up, address: ADDRESS, token }, name, () => parseJson(input));
    return { ...answer, body: JSON.stringify(answer.body) };
  }

  /** A socket that was opened; `wire` is the server's end of it. */
  listen(wire: HeardWire): void {
    const pipe = { cork: () => undefined, uncork: () => undefined };
    new LiveSocket(this.up, wire, pipe, ADDRESS, () => undefined);
  }

  async sweep(): Promise<void> {
    if (this.#app !== null) await sweep(this.#app);
  }

  /** The files that were brought whole. */
  async wholeBlobs(): Promise<Set<BlobId>> {
    const { blobs } = this.up.store;
    const whole = new Set<BlobId>();
    for (const { ws, blob } of await blobs.allBlobs())
      if ((await blobs.blob(ws, blob))?.finishedAt != null) whole.add(blob);
    return whole;
  }

  /** A copy of the disk as it is now. */
  copy(): Image {
    return { database: this.#raw.serialize(), blobs: this.#blobs.copy() };
  }

  /**
   * Starts over an older copy. `told`: as `tacit restore` does it, which notes in each workspace that it fell back; else
   * as a plain copy of the folder, of which nobody says anything.
   */
  async putBack(image: Image, told: boolean): Promise<void> {
    this.#app = null;
    this.#raw.close();
    this.#raw = openRaw(Buffer.from(image.database));
    this.#blobs = image.blobs.copy();
    const { time, random } = this.#parts;
    if (told) await noteRestored(this.#store(), time.now(), random);
    await this.start();
  }

  close(): void {
    this.#app = null;
    this.#raw.close();
  }
}
