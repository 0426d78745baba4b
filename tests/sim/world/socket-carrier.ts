// The same server behind real HTTP and real sockets on the loopback: time stands still until all that was sent has come.
import { Agent, request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import type { App } from "@/server/app.ts";
import { LiveDoor } from "@/server/live/upgrade.ts";
import { serveRequest } from "@/server/web/http.ts";
import type { BlobAnswer, BlobPlace } from "./blob-door.ts";
import type { Carrier, Hearing, Line } from "./carrier.ts";
import { type Host, ORIGIN } from "./host.ts";
import type { Time } from "./time.ts";

const LOOPBACK = "127.0.0.1";
const HOST = { host: new URL(ORIGIN).host };

/** A socket whose frames are kept until everything that was under way has come. */
class SocketLine {
  readonly #socket: WebSocket;
  readonly #hearing: Hearing;
  readonly opened: Promise<void>;
  #heard: string[] = [];
  #over = false;
  #told = false;

  constructor(port: number, hearing: Hearing) {
    this.#hearing = hearing;
    const options = { headers: HOST, origin: ORIGIN, perMessageDeflate: false };
    this.#socket = new WebSocket(`ws://${LOOPBACK}:${port}/live`, options);
    this.#socket.on("message", (data) => this.#heard.push(String(data)));
    this.opened = new Promise((resolve) => {
      this.#socket.once("open", resolve);
      this.#socket.once("close", resolve);
    });
    this.#socket.on("error", () => undefined);
    this.#socket.once("close", () => {
      this.#over = true;
    });
  }

  get over(): boolean {
    return this.#over;
  }

  say(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  end(): void {
    this.#told = true;
    this.#socket.terminate();
  }

  /** Resolves once all is here that the server sent before it reads this. */
  async caughtUp(): Promise<void> {
    await this.opened;
    if (this.#over) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#socket.off("pong", done);
        this.#socket.off("close", done);
        resolve();
      };
      this.#socket.on("pong", done);
      this.#socket.on("close", done);
      this.#socket.ping();
    });
  }

  /** Hands on what came. */
  tell(): void {
    const heard = this.#heard;
    this.#heard = [];
    for (const text of heard) this.#hearing.frame(text);
    if (!this.#over || this.#told) return;
    this.#told = true;
    this.#hearing.closed();
  }
}

export class SocketCarrier implements Carrier {
  readonly #host: Host;
  readonly #time: Time;
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #doors = new Map<App, LiveDoor>();
  readonly #lines = new Set<SocketLine>();
  generation = 0;

  constructor(host: Host, time: Time) {
    this.#host = host;
    this.#time = time;
    const web = () => ({ app: host.up, assets: null });
    this.#server = createServer((request, response) => void serveRequest(web(), request, response));
    this.#server.on("upgrade", (request, socket, head) => this.#door().upgrade(request, socket, head));
  }

  #door(): LiveDoor {
    const app = this.#host.up;
    const door = this.#doors.get(app) ?? new LiveDoor(app);
    this.#doors.set(app, door);
    return door;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get up(): boolean {
    return this.#host.app !== null;
  }

  async begin(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, LOOPBACK, resolve));
  }

  close(): void {
    for (const line of this.#lines) line.end();
    for (const door of this.#doors.values()) door.close("net/closed");
    this.#agent.destroy();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async call(name: string, body: string, token: string | null): Promise<string> {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    const type = { "content-type": "application/json" };
    const { bytes } = await this.#exchange("POST", `/trpc/${name}`, { ...headers, ...type }, Buffer.from(body));
    return Buffer.from(bytes).toString();
  }

  async blob(method: "PUT" | "GET", at: BlobPlace, token: string, bytes: Uint8Array): Promise<BlobAnswer> {
    const path = `/blob/${at.ws}/${at.blob}/${at.segment}`;
    return await this.#exchange(method, path, { authorization: `Bearer ${token}` }, bytes);
  }

  async #exchange(
    method: string,
    path: string,
    more: Readonly<Record<string, string>>,
    body: Uint8Array,
  ): Promise<BlobAnswer> {
    const headers = { ...HOST, ...more, "content-length": String(body.length) };
    const options = { host: LOOPBACK, port: this.#port, method, path, headers, agent: this.#agent };
    const answer = await new Promise<BlobAnswer>((resolve, reject) => {
      const sent = ask(options, (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(pieces) }));
        response.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
    await this.#catchUp();
    return answer;
  }

  open(hearing: Hearing): Line {
    const line = new SocketLine(this.#port, hearing);
    this.#lines.add(line);
    void this.#time.during(line.opened);
    return {
      say: (text) => {
        line.say(text);
        void this.#time.during(this.#catchUp());
      },
      close: () => {
        line.end();
        this.#lines.delete(line);
      },
    };
  }

  /** Everything that the server has sent arrives, and is told in the order of the sockets, whichever was faster. */
  async #catchUp(): Promise<void> {
    const lines = [...this.#lines];
    await Promise.all(lines.map((line) => line.caughtUp()));
    for (const line of lines) line.tell();
    for (const line of lines) if (line.over) this.#lines.delete(line);
  }
}
