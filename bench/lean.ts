// Clients that cost as little as they can, so that where clients and server share cores it is the server that is measured.
import { Agent, request } from "node:http";
import { WebSocket } from "ws";

/** Calls by name with a body made before, over kept connections. */
export class LeanCalls {
  readonly #agent: Agent;
  readonly #origin: URL;

  constructor(origin: string, connections: number) {
    this.#origin = new URL(origin);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Resolves with the text of the answer. */
  call(procedure: string, body: Buffer, token: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/json",
        "content-length": body.length,
        authorization: `Bearer ${token}`,
      };
      const { hostname, port } = this.#origin;
      const options = { agent: this.#agent, host: hostname, port, method: "POST", path: `/trpc/${procedure}`, headers };
      const call = request(options, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => void parts.push(part));
        answer.on("end", () => resolve(String(Buffer.concat(parts))));
      });
      call.on("error", reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** A signed-in socket that hears everything and reads nothing. */
export async function leanEar(origin: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.replace(/^http/, "ws")}/live`, { origin, perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once("open", () => socket.send(JSON.stringify({ t: "hello", token })));
    socket.once("message", resolve);
    socket.once("error", reject);
  });
  return socket;
}
