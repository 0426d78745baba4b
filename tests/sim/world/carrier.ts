// How bytes get to the server and back: the one door of the network, with the server in this process behind it.
import type { HeardWire } from "@/server/live/hub.ts";
import type { BlobAnswer, BlobPlace } from "./blob-door.ts";
import { askBlob } from "./blob-door.ts";
import type { Host } from "./host.ts";

export type Hearing = { readonly frame: (text: string) => void; readonly closed: () => void };
export type Line = { say(text: string): void; close(): void };

/** A server that can be reached. `generation` changes when it is started anew: what was under way then is lost. */
export interface Carrier {
  readonly up: boolean;
  generation: number;
  /** asked once, before anything else; and `close` at last */
  begin(): Promise<void>;
  close(): void;
  call(name: string, body: string, token: string | null): Promise<string>;
  blob(method: "PUT" | "GET", at: BlobPlace, token: string, bytes: Uint8Array): Promise<BlobAnswer>;
  open(hearing: Hearing): Line;
}

const OPEN = 1;
const CLOSED = 3;

/** The server's end of a socket that is no more than two functions. */
class MemoryWire implements HeardWire {
  readonly bufferedAmount = 0;
  readyState = OPEN;
  readonly #hearing: Hearing;
  readonly #messages: ((data: unknown, binary: boolean) => void)[] = [];
  readonly #closes: (() => void)[] = [];

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
  }

  on(event: "message" | "error" | "close", listener: (data: unknown, binary: boolean) => void): void {
    if (event === "message") this.#messages.push(listener);
    if (event === "close") this.#closes.push(listener as () => void);
  }

  send(data: Buffer): void {
    if (this.readyState === OPEN) this.#hearing.frame(data.toString());
  }

  close(): void {
    this.terminate();
  }

  terminate(): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#hearing.closed();
    for (const listener of this.#closes) listener();
  }

  say(text: string): void {
    if (this.readyState !== OPEN) return;
    for (const listener of this.#messages) listener(Buffer.from(text), false);
  }
}

/** The server of this process. */
export class MemoryCarrier implements Carrier {
  readonly host: Host;
  generation = 0;

  constructor(host: Host) {
    this.host = host;
  }

  get up(): boolean {
    return this.host.app !== null;
  }

  async begin(): Promise<void> {}

  close(): void {}

  async call(name: string, body: string, token: string | null): Promise<string> {
    const answer = await this.host.call(name, body, token);
    return String(answer.body);
  }

  async blob(method: "PUT" | "GET", at: BlobPlace, token: string, bytes: Uint8Array): Promise<BlobAnswer> {
    return await askBlob(this.host.up, method, at, token, bytes);
  }

  open(hearing: Hearing): Line {
    const wire = new MemoryWire(hearing);
    this.host.listen(wire);
    return { say: (text) => wire.say(text), close: () => wire.terminate() };
  }
}
