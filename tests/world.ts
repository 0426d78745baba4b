// A test's world in one line: a real server over real sockets, and whole engines for as many people as asked for.
import { cpSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { ChannelItem, MessageItem, SnapshotOf, TimelineItem, Topic, WorkspaceView } from "@/lib/client/api.ts";
import { createEngine, type Engine } from "@/lib/client/engine.ts";
import type { Clock, Spool, Transport, Verifier } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { type MemoryProfile, memoryPorts, memoryProfile } from "@/lib/platform/memory/ports.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { makeBackup } from "@/server/backup/backup.ts";
import { restoreBackup } from "@/server/backup/restore.ts";
import { type RunningServer, type StartOptions, startServer } from "@/server/main.ts";

const PATIENCE_MS = 30_000;

/** One person's engine with what a test asks of it. */
export class Actor {
  readonly name: string;
  readonly profile: MemoryProfile;
  readonly transport: Transport;
  readonly clock: Clock;
  engine: Engine;
  ws: WorkspaceId = "" as WorkspaceId;
  #crash: () => void;

  constructor(
    name: string,
    engine: Engine,
    parts: { profile: MemoryProfile; transport: Transport; clock: Clock; crash: () => void },
  ) {
    this.name = name;
    this.engine = engine;
    this.profile = parts.profile;
    this.transport = parts.transport;
    this.clock = parts.clock;
    this.#crash = parts.crash;
  }

  get account(): Account {
    const account = this.engine.accounts.get(this.ws);
    if (account === undefined) throw new TypeError(`${this.name} has no account`);
    return account;
  }

  /** Resolves with the first snapshot for which `is` holds; rejects with the last one seen when it never comes. */
  async until<T extends Topic>(
    topic: T,
    is: (snapshot: SnapshotOf<T>) => boolean,
    what = topic as string,
  ): Promise<SnapshotOf<T>> {
    return await new Promise((resolve, reject) => {
      let seen: unknown;
      const timer = setTimeout(() => {
        end();
        reject(new TypeError(`${this.name} waited for ${what}; last: ${JSON.stringify(seen)?.slice(0, 1500)}`));
      }, PATIENCE_MS);
      const end = this.engine.subscribe(topic, (snapshot) => {
        seen = snapshot;
        if (!is(snapshot)) return;
        clearTimeout(timer);
        queueMicrotask(() => end());
        resolve(snapshot);
      });
    });
  }

  async online(): Promise<WorkspaceView> {
    return await this.until(
      `workspace:${this.ws}`,
      (view) => view.connection === "online" && view.outbox === 0,
      "being online",
    );
  }

  /** The channel of that name, once it is known here. */
  async channel(name: string): Promise<ChannelItem> {
    const view = await this.until(
      `workspace:${this.ws}`,
      ({ channels }) => channels.some((one) => one.name === name),
      `#${name}`,
    );
    const found = view.channels.find((one) => one.name === name);
    if (found === undefined) throw new TypeError(name);
    return found;
  }

  async say(channel: ChannelId, text: string): Promise<MessageItem> {
    const { id } = await this.engine.sendMessage({ ws: this.ws, channel, text, files: [] });
    return await this.message(channel, (item) => item.id === id && item.state === "delivered");
  }

  /** The first message for which `is` holds, once it is there. */
  async message(channel: ChannelId, is: (item: MessageItem) => boolean): Promise<MessageItem> {
    const matches = (item: TimelineItem): item is MessageItem => item.t === "message" && is(item);
    const view = await this.until(`timeline:${this.ws}:${channel}`, ({ items }) => items.some(matches), "a message");
    const found = view.items.find(matches);
    if (found === undefined) throw new TypeError("gone");
    return found;
  }

  async reads(channel: ChannelId, text: string): Promise<MessageItem> {
    return await this.message(channel, (item) => item.text === text && item.state === "delivered");
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    this.#crash();
  }

  /** Ends this engine and starts another over the same profile, as a reload does. */
  async reload(): Promise<void> {
    await this.stop();
    const ports = memoryPorts(this.transport, this.profile, this.clock);
    this.#crash = () => ports.locks.crash();
    this.engine = await createEngine(ports);
  }
}

/** A server and its people; `await using` or `stop()` ends all of it. */
export class World {
  readonly dataDir: string;
  readonly #options: Partial<StartOptions>;
  readonly actors: Actor[] = [];
  server: RunningServer;

  constructor(server: RunningServer, dataDir: string, options: Partial<StartOptions>) {
    this.server = server;
    this.dataDir = dataDir;
    this.#options = options;
  }

  get origin(): string {
    return this.server.publicUrl;
  }

  /** A person with a fresh profile; `wrap` may stand between engine and server, as a lying server would. */
  async actor(
    name: string,
    options: { wrap?: (transport: Transport) => Transport; clock?: Clock; verifier?: Verifier; spool?: Spool } = {},
  ): Promise<Actor> {
    const bare = nodeTransport(this.origin);
    const transport = options.wrap === undefined ? bare : options.wrap(bare);
    const profile = memoryProfile(options.spool);
    const clock = options.clock ?? wallClock();
    const ports = memoryPorts(transport, profile, clock);
    const { verifier } = options;
    const engine = await createEngine(verifier === undefined ? ports : { ...ports, verifier });
    const actor = new Actor(name, engine, { profile, transport, clock, crash: () => ports.locks.crash() });
    this.actors.push(actor);
    return actor;
  }

  async founder(name: string, options: Parameters<World["actor"]>[1] = {}): Promise<Actor> {
    const actor = await this.actor(name, options);
    const fragment = `#${(this.server.setupLink ?? "").split("#")[1]}`;
    const { ws } = await actor.engine.createWorkspace({ fragment, workspace: "Riverbend", name });
    actor.ws = ws;
    await actor.online();
    return actor;
  }

  async invited(by: Actor, name: string, options: Parameters<World["actor"]>[1] = {}): Promise<Actor> {
    const { link } = await by.engine.createInvite({ ws: by.ws, label: name, maxUses: 1, hours: 24 });
    return await this.joins(link, name, options);
  }

  async joins(link: string, name: string, options: Parameters<World["actor"]>[1] = {}): Promise<Actor> {
    const actor = await this.actor(name, options);
    const { ws } = await actor.engine.joinWorkspace({ fragment: `#${link.split("#")[1]}`, name, avatar: null });
    actor.ws = ws;
    await actor.online();
    return actor;
  }

  /** Stops the server and starts it again over the same data and port. */
  async restart(): Promise<void> {
    const { port } = this.server;
    await this.server.stop();
    this.server = await startServer({ ...this.#options, dataDir: this.dataDir, port });
  }

  /** Writes a backup while the server runs. */
  async backup(file: string): Promise<void> {
    await makeBackup(this.dataDir, file, "test");
  }

  /** A plain copy of the data folder, taken while the server is down for a moment. */
  async copy(): Promise<string> {
    const { port } = this.server;
    await this.server.stop();
    const folder = mkdtempSync(join(tmpdir(), "tacit-copy-"));
    cpSync(this.dataDir, folder, { recursive: true });
    this.server = await startServer({ ...this.#options, dataDir: this.dataDir, port });
    return folder;
  }

  /** Starts a server over a copy instead of the data, as if nothing had happened. */
  async putBack(folder: string): Promise<void> {
    const { port } = this.server;
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true });
    renameSync(folder, this.dataDir);
    this.server = await startServer({ ...this.#options, dataDir: this.dataDir, port });
  }

  /** Stops the server and starts one over what this backup holds, at the same address. */
  async restore(file: string): Promise<void> {
    const { port } = this.server;
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true });
    await restoreBackup(file, this.dataDir);
    this.server = await startServer({ ...this.#options, dataDir: this.dataDir, port });
  }

  async stop(): Promise<void> {
    for (const actor of this.actors) await actor.stop();
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Starts a server over an empty folder. */
export async function startWorld(options: Partial<StartOptions> = {}): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), "tacit-world-"));
  const server = await startServer({ ...options, dataDir });
  return new World(server, dataDir, options);
}
