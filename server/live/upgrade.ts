// The door to live sockets: path, host, origin and number are checked before any upgrade.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { App } from "@/server/app.ts";
import { addressOf, isForeignOrigin, isKnownHost } from "@/server/web/origin.ts";
import { sayBye } from "./hub.ts";
import { LiveSocket, MAX_FRAME_BYTES } from "./socket.ts";

const GOING_AWAY = 1001;
const PULSE_MS = 30_000;

export class LiveDoor {
  private readonly app: App;
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  private readonly perAddress = new Map<string, number>();
  private readonly wires = new Set<WebSocket>();

  private readonly silent = new WeakSet<WebSocket>();
  private readonly pulse: NodeJS.Timeout;

  constructor(app: App) {
    this.app = app;
    this.pulse = setInterval(() => this.beat(), PULSE_MS);
    this.pulse.unref();
  }

  /** Cuts off sockets whose other end went away without a word. */
  private beat(): void {
    for (const wire of this.wires) {
      if (this.silent.has(wire)) wire.terminate();
      else {
        this.silent.add(wire);
        wire.ping();
      }
    }
  }

  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    const address = addressOf(this.app.settings, request);
    const status = this.judge(request, address);
    if (status !== null) refuse(socket, status);
    else this.server.handleUpgrade(request, socket, head, (wire) => this.open(wire, socket, address));
  };

  /** Ends every socket, signed in or not. */
  close(code: string): void {
    clearInterval(this.pulse);
    for (const wire of this.wires) sayBye(wire, code, GOING_AWAY);
  }

  private judge(request: IncomingMessage, address: string): string | null {
    const { app } = this;
    const { sockets, socketsPerAddress } = app.settings.limits;
    if (request.url !== "/live") return "404 Not Found";
    if (!isKnownHost(app, request) || isForeignOrigin(app, request)) return "403 Forbidden";
    const full = this.wires.size >= sockets || (this.perAddress.get(address) ?? 0) >= socketsPerAddress;
    return full ? "429 Too Many Requests" : null;
  }

  private open(wire: WebSocket, pipe: Duplex, address: string): void {
    this.wires.add(wire);
    wire.on("pong", () => this.silent.delete(wire));
    this.perAddress.set(address, (this.perAddress.get(address) ?? 0) + 1);
    this.app.log({ what: "socket-open", count: this.wires.size });
    new LiveSocket(this.app, wire, pipe, address, () => this.forget(wire, address));
  }

  private forget(wire: WebSocket, address: string): void {
    this.wires.delete(wire);
    const left = (this.perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.perAddress.set(address, left);
    else this.perAddress.delete(address);
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
