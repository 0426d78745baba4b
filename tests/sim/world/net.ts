// The network between devices and the server: slow, lossy, cut, and where a run says so one that doubles and shuffles.
import { asFault, Fault } from "@/lib/base/errors.ts";
import type { Api, LiveHandlers, LiveSocket, Procedure, Transport } from "@/lib/client/ports.ts";
import { parseServerCode, statusCode } from "@/lib/platform/http.ts";
import { parseJson } from "@/lib/platform/json.ts";
import type { Dice } from "@/tests/sim/dice.ts";
import type { Carrier, Line } from "./carrier.ts";
import { ORIGIN } from "./host.ts";
import type { Time } from "./time.ts";
import type { Trace } from "./trace.ts";

/** Chances from 0 to 1. */
export type Weather = {
  /** a call never arrives */
  readonly drop: number;
  /** it arrives, and its answer does not */
  readonly lose: number;
  /** it arrives twice */
  readonly double: number;
  /** something takes seconds */
  readonly slow: number;
  /** a frame is lost, comes twice, or overtakes others */
  readonly frames: number;
};

export const CALM: Weather = { drop: 0, lose: 0, double: 0, slow: 0, frames: 0 };
export const ROUGH: Weather = { drop: 0.01, lose: 0.03, double: 0.02, slow: 0.03, frames: 0.02 };

/** What a lying server makes of an answer or frame on its way to one device. */
export type Lies = {
  answer(procedure: Procedure, input: unknown, data: unknown): unknown;
  frames(frame: unknown): readonly unknown[];
};

const TIMEOUT_MS = 20_000;

export type NetParts = { readonly time: Time; readonly dice: Dice; readonly trace: Trace; readonly carrier: Carrier };

export class Net {
  readonly parts: NetParts;
  weather: Weather = CALM;
  /** every answer and frame that was given, for those who look for what leaked or play it again */
  readonly ways = new Set<Way>();

  constructor(parts: NetParts) {
    this.parts = parts;
  }

  delay(): number {
    const { dice } = this.parts;
    return dice.chance(this.weather.slow) ? 500 + dice.below(6000) : 3 + dice.below(60);
  }

  /** Ends every socket, as the end of the server does. */
  hangUp(): void {
    for (const way of [...this.ways]) way.hangUp();
  }
}

type Socket = { readonly handlers: LiveHandlers; line: Line | null; last: number; over: boolean };

/** The way of one engine to the server, as long as that engine lives. */
export class Way implements Transport {
  readonly origin = ORIGIN;
  readonly name: string;
  readonly #net: Net;
  readonly #sockets = new Set<Socket>();
  #dead = false;
  cut = false;
  lies: Lies | null = null;
  /** another server than everyone's: a fork of it */
  elsewhere: Carrier | null = null;
  /** asked before each call; a fault that it gives is what the call meets */
  barred: ((procedure: Procedure) => boolean) | null = null;

  constructor(net: Net, name: string) {
    this.#net = net;
    this.name = name;
    net.ways.add(this);
  }

  get #carrier(): Carrier {
    return this.elsewhere ?? this.#net.parts.carrier;
  }

  /** Nothing of this engine goes out any more, and nothing comes in. */
  die(): void {
    this.#dead = true;
    this.#net.ways.delete(this);
    for (const socket of [...this.#sockets]) this.#end(socket, false);
  }

  /** Ends every socket and lets nothing through until `cut` is false again. */
  sever(): void {
    this.cut = true;
    this.hangUp();
  }

  hangUp(): void {
    for (const socket of [...this.#sockets]) this.#end(socket, true);
  }

  call: Transport["call"] = async (procedure, input, token) => {
    const body = JSON.stringify(input);
    const text = await this.#reach(procedure, (carrier) => carrier.call(procedure, body, token));
    const data = this.#read(procedure, text);
    const heard = this.lies === null ? data : this.lies.answer(procedure, input, data);
    if (heard instanceof Fault) throw heard;
    return heard as Api[typeof procedure]["output"];
  };

  /** There and back again, with everything that may happen on the way. */
  async #reach<T>(what: Procedure | "blob", ask: (carrier: Carrier) => Promise<T>): Promise<T> {
    const net = this.#net;
    const { time, dice, trace } = net.parts;
    const { drop, lose, double } = net.weather;
    const fate = { drop: dice.chance(drop), lose: dice.chance(lose), double: dice.chance(double) };
    await this.#pass(net.delay());
    const carrier = this.#carrier;
    if (fate.drop || this.cut || !carrier.up) {
      trace.say(this.name, what, "never arrived");
      await this.#pass(fate.drop ? TIMEOUT_MS : 5);
      throw new Fault(fate.drop ? "net/timeout" : "net/offline");
    }
    const { generation } = carrier;
    const answer = await time.during(ask(carrier));
    if (fate.double) await time.during(ask(carrier));
    await this.#pass(net.delay());
    const lost = fate.lose || this.cut || carrier.generation !== generation;
    trace.say(this.name, what, lost ? "answer lost" : fate.double ? "came twice" : "ok");
    if (!lost) return answer;
    await this.#pass(fate.lose ? TIMEOUT_MS : 5);
    throw new Fault(fate.lose ? "net/timeout" : "net/closed");
  }

  #read(procedure: Procedure, text: string): unknown {
    try {
      return readAnswer(text);
    } catch (thrown) {
      this.#net.parts.trace.say(this.name, procedure, asFault(thrown).code);
      throw thrown;
    }
  }

  /** Waits; for ever when the engine ends meanwhile. */
  async #pass(ms: number): Promise<void> {
    await this.#net.parts.time.wait(ms);
    if (this.#dead) await new Promise<never>(() => undefined);
  }

  putSegment: Transport["putSegment"] = async (at, bytes, token, { progress }) => {
    progress?.(0);
    const { status } = await this.#reach("blob", (carrier) => carrier.blob("PUT", at, token, bytes));
    if (status !== 204) throw new Fault(statusCode(status));
    progress?.(bytes.length);
  };

  getSegment: Transport["getSegment"] = async (at, token) => {
    const { status, bytes } = await this.#reach("blob", (carrier) => carrier.blob("GET", at, token, new Uint8Array()));
    if (status !== 200) throw new Fault(statusCode(status));
    return bytes;
  };

  live: Transport["live"] = (handlers): LiveSocket => {
    const { time } = this.#net.parts;
    const socket: Socket = { handlers, line: null, last: 0, over: false };
    this.#sockets.add(socket);
    // What is said meanwhile waits for it.
    socket.last = time.now() + this.#net.delay();
    time.after(socket.last - time.now(), () => this.#open(socket));
    return {
      send: (frame) => {
        const text = JSON.stringify(frame);
        this.#later(socket, () => socket.line?.say(text));
      },
      close: () => this.#end(socket, false),
    };
  };

  #open(socket: Socket): void {
    if (socket.over) return;
    const carrier = this.#carrier;
    if (this.cut || !carrier.up) {
      this.#end(socket, true);
      return;
    }
    socket.line = carrier.open({
      frame: (text) => this.#deliver(socket, text),
      closed: () => this.#later(socket, () => this.#end(socket, true)),
    });
  }

  /** A frame from the server: in its order, unless the weather says otherwise. */
  #deliver(socket: Socket, text: string): void {
    const { dice, time } = this.#net.parts;
    const odd = dice.chance(this.#net.weather.frames) ? dice.pick(["lost", "twice", "late"] as const) : "none";
    // Nothing is lost in the middle of a line that holds: it has broken, and that shows a while later.
    if (odd === "lost") {
      time.after(dice.below(20_000), () => this.#end(socket, true));
      return;
    }
    const hear = () => {
      if (socket.over || this.#dead) return;
      const frame = parseJson(text);
      for (const one of this.lies?.frames(frame) ?? [frame]) socket.handlers.frame(one);
    };
    if (odd === "late") time.after(200 + dice.below(3000), hear);
    else this.#later(socket, hear);
    if (odd === "twice") time.after(200 + dice.below(3000), hear);
  }

  /** In the order in which it was sent. */
  #later(socket: Socket, run: () => void): void {
    const { time } = this.#net.parts;
    socket.last = Math.max(socket.last, time.now() + this.#net.delay());
    time.after(socket.last - time.now(), () => {
      if (!this.#dead) run();
    });
  }

  #end(socket: Socket, told: boolean): void {
    if (socket.over) return;
    socket.over = true;
    this.#sockets.delete(socket);
    socket.line?.close();
    if (told) this.#net.parts.time.after(1, () => this.#dead || socket.handlers.closed("net/closed"));
  }

  /** A frame that the server never sent. */
  push(frame: unknown): void {
    for (const socket of this.#sockets) if (!socket.over) socket.handlers.frame(frame);
  }
}

/** What a call brought, as the platform's transport reads it. */
function readAnswer(text: string): unknown {
  const value = parseJson(Buffer.from(text)) as {
    result?: { data: unknown };
    error?: { data?: { fault?: unknown } };
    fault?: unknown;
  };
  if (value.result !== undefined) return value.result.data;
  throw new Fault(parseServerCode(value.error?.data?.fault ?? value.fault) ?? "net/bad-answer");
}
