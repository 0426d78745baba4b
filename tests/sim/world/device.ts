// One device of a person: a disk that outlives its engines, and the engine that runs now, which can end at any write.
import { Fault } from "@/lib/base/errors.ts";
import { createEngine, type Engine } from "@/lib/client/engine.ts";
import type { Clock, Spool, Storage } from "@/lib/client/ports.ts";
import { type MemoryProfile, memoryPorts, memoryProfile } from "@/lib/platform/memory/ports.ts";
import { type Net, Way } from "./net.ts";
import type { Time } from "./time.ts";

/** What ends with an engine's process: after that nothing goes on, not even a failure. */
type Life = { dead: boolean; writesLeft: number; dieBefore: boolean };

const NEVER = new Promise<never>(() => undefined);

/** The same disk for one engine's life. A write is whole or absent, as the port promises. */
function storageOf(inner: Storage, life: Life, died: () => void): Storage {
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (life.dead) return await NEVER;
    const value = await work();
    return life.dead ? await NEVER : value;
  };
  return {
    get: (table, key) => alive(() => inner.get(table, key)),
    scan: (table, range) => alive(() => inner.scan(table, range)),
    tables: () => alive(() => inner.tables()),
    wipe: () => alive(() => inner.wipe()),
    write: (ops) =>
      alive(async () => {
        life.writesLeft -= 1;
        const last = life.writesLeft === 0;
        if (last && life.dieBefore) died();
        if (!life.dead) await inner.write(ops);
        if (last && !life.dieBefore) died();
      }),
  };
}

/** Files on their way up, which the platform's ciphers seal on threads of their own. */
function spoolOf(inner: Spool, time: Time): Spool {
  return {
    keep: (...given) => time.inTurn(() => inner.keep(...given)),
    open: async (...given) => {
      const source = await time.inTurn(() => inner.open(...given));
      return source && { size: source.size, read: (...range) => time.inTurn(() => source.read(...range)) };
    },
    drop: (...given) => inner.drop(...given),
    sweep: (...given) => inner.sweep(...given),
  };
}

export class Device {
  readonly name: string;
  readonly #net: Net;
  readonly profile: MemoryProfile = memoryProfile();
  /** its clock is off by this */
  readonly skew: number;
  engine: Engine | null = null;
  way: Way;
  #life: Life = { dead: true, writesLeft: 0, dieBefore: false };
  #letGo: () => void = () => undefined;
  readonly #failed: (thrown: unknown) => void;

  constructor(name: string, net: Net, skew: number, failed: (thrown: unknown) => void) {
    this.name = name;
    this.#net = net;
    this.skew = skew;
    this.#failed = failed;
    this.way = new Way(net, name);
    this.way.die();
  }

  get running(): Engine {
    if (this.engine === null) throw new Fault("net/closed", { detail: `${this.name} is off` });
    return this.engine;
  }

  /** A tab opens. Where another holds the lock, it waits, and takes over when that one ends. */
  open(): void {
    const life: Life = { dead: false, writesLeft: 0, dieBefore: false };
    const way = new Way(this.#net, this.name);
    const { time } = this.#net.parts;
    const clock: Clock = {
      now: () => time.now() + this.skew,
      after: (ms, run) => time.after(ms, () => life.dead || run()),
    };
    let letGo: () => void = () => undefined;
    const storage = storageOf(this.profile.storage, life, () => this.#die(life, way, letGo));
    const spool = spoolOf(this.profile.spool, time);
    const ports = memoryPorts(way, { ...this.profile, storage, spool }, clock);
    letGo = () => ports.locks.crash();
    createEngine(ports).then(
      (engine) => {
        if (life.dead) return;
        way.cut = this.way.cut;
        Object.assign(this, { engine, way });
        this.#life = life;
        this.#letGo = letGo;
      },
      (thrown: unknown) => this.#failed(thrown),
    );
  }

  /** The engine's process ends now. */
  crash(): void {
    this.#die(this.#life, this.way, this.#letGo);
  }

  /** It ends with the n-th write from now, just before or just after it reaches the disk. */
  crashAtWrite(n: number, before: boolean): void {
    this.#life.writesLeft = n;
    this.#life.dieBefore = before;
  }

  get alive(): boolean {
    return this.engine !== null && !this.#life.dead;
  }

  #die(life: Life, way: Way, letGo: () => void): void {
    life.dead = true;
    way.die();
    if (life === this.#life) this.engine = null;
    letGo();
  }
}
