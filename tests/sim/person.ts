// One person with two tabs over one profile: the tab that leads holds the engine; when it crashes the other takes over.
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { createEngine, type Engine } from "@/lib/client/engine.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { type MemoryProfile, memoryPorts, memoryProfile } from "@/lib/platform/memory/ports.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { Wire } from "@/tests/wires.ts";
import { type Mortal, mortal } from "./storage.ts";

export class SimPerson {
  readonly name: string;
  readonly wire: Wire;
  readonly #profile: MemoryProfile = memoryProfile();
  #storage: Mortal | null = null;
  #letGo: () => void = () => undefined;
  engine: Engine | null = null;
  ws: WorkspaceId = "" as WorkspaceId;

  constructor(name: string, origin: string) {
    this.name = name;
    this.wire = new Wire(nodeTransport(origin));
  }

  get account(): Account {
    const account = this.engine?.accounts.get(this.ws);
    if (account === undefined) throw new TypeError(`${this.name} has no account`);
    return account;
  }

  get running(): Engine {
    if (this.engine === null) throw new TypeError(`${this.name} has no engine`);
    return this.engine;
  }

  /** A tab becomes the leader and starts the engine. */
  async lead(): Promise<void> {
    const storage = mortal(this.#profile.storage);
    const ports = memoryPorts(this.wire, { ...this.#profile, storage }, wallClock());
    this.#storage = storage;
    this.#letGo = () => ports.locks.crash();
    this.engine = await createEngine(ports);
  }

  /** The leading tab dies in the middle of whatever it does; the other tab takes over. */
  async crash(): Promise<void> {
    this.#storage?.die();
    const dead = this.engine;
    this.engine = null;
    await dead?.stop();
    this.#letGo();
    await this.lead();
  }

  async end(): Promise<void> {
    await this.engine?.stop();
    this.#letGo();
  }

  /** Resolves when `is` holds, looked at after each change; rejects with `what` when it never comes. */
  async settles(is: () => boolean | Promise<boolean>, what: string, patience = 20_000): Promise<void> {
    if (await is()) return;
    await new Promise<void>((resolve, reject) => {
      const engine = this.running;
      const timer = setTimeout(() => finish(new TypeError(`${this.name}: ${what}`)), patience);
      const look = async () => {
        if (await is()) finish();
      };
      const ends = [engine.subscribe(`workspace:${this.ws}`, () => void look())];
      for (const channel of this.account.channels())
        ends.push(engine.subscribe(`timeline:${this.ws}:${channel}`, () => void look()));
      const finish = (fault?: Error) => {
        clearTimeout(timer);
        for (const end of ends) end();
        if (fault === undefined) resolve();
        else reject(fault);
      };
    });
  }

  /** Ids of messages in a channel, as this device stores them, by status. */
  async messages(channel: ChannelId): Promise<{ id: string; status: string; text: string }[]> {
    const records = await this.account.log.since(channel, 0);
    const shown = records.filter((record) => record.status !== "opened" || record.content?.k === "message");
    return shown.map((record) => ({
      id: record.id,
      status: record.status,
      text: record.content?.k === "message" ? record.content.text : "",
    }));
  }
}
