// Listens in on what engines and server say to each other, body by body and frame by frame, as the server's host could.
import { WebSocket } from "ws";
import type { Transport } from "@/lib/client/ports.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import type { Sink } from "./search.ts";

/** Everything that went over the wire, in memory. */
export class Tap {
  readonly #parts = new Map<string, Buffer[]>();

  /** A transport to a server whose every body and frame is kept. */
  transport(origin: string): Transport {
    return nodeTransport(origin, {
      fetch: async (url, init) => {
        this.#keep("HTTP addresses", Buffer.from(url));
        this.#keep("HTTP headers", Buffer.from(JSON.stringify(init.headers ?? {})));
        if (typeof init.body === "string") this.#keep("HTTP requests", Buffer.from(init.body));
        else if (init.body instanceof Uint8Array) this.#keep("HTTP requests", Buffer.from(init.body));
        const response = await fetch(url, init);
        const bytes = Buffer.from(await response.arrayBuffer());
        this.#keep("HTTP answers", bytes);
        return new Response(bytes.length === 0 || response.status === 204 ? null : bytes, {
          status: response.status,
          headers: response.headers,
        });
      },
      socket: (url) => {
        const socket = new WebSocket(url, { origin, perMessageDeflate: false });
        const send = socket.send.bind(socket);
        socket.on("message", (data) => this.#keep("socket frames in", Buffer.from(data as Buffer)));
        return Object.assign(socket, {
          send: (text: string) => {
            this.#keep("socket frames out", Buffer.from(text));
            send(text);
          },
        });
      },
    });
  }

  sinks(): Sink[] {
    return [...this.#parts].map(([name, parts]) => ({ name, bytes: Buffer.concat(parts) }));
  }

  #keep(name: string, bytes: Buffer): void {
    const parts = this.#parts.get(name) ?? [];
    this.#parts.set(name, parts);
    parts.push(bytes, Buffer.from("\n"));
  }
}
