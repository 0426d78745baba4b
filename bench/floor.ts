// Clients of the bare floor: sockets in rooms, which send bytes, hear when they are stored, and get what others send.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { Child } from "./place.ts";

export class FloorClient {
  readonly #socket: WebSocket;
  readonly #waiting: (() => void)[] = [];
  /** called with each message of the room, one's own too */
  heard: (text: string) => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const text = String(data);
      if (text === "ok") this.#waiting.shift()?.();
      else this.heard(text);
    });
  }

  static async open(url: string, room: number): Promise<FloorClient> {
    const socket = new WebSocket(`${url}/${room}`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return new FloorClient(socket);
  }

  /** Resolves once it is stored. */
  send(text: string): Promise<void> {
    this.#socket.send(text);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.#socket.terminate();
  }
}

export type Floor = { readonly url: string; readonly server: Child; stop(): Promise<void> };

export async function startFloor(): Promise<Floor> {
  const folder = mkdtempSync(join(tmpdir(), "tacit-floor-"));
  const server = new Child("./floor-child.ts", [join(folder, "floor.db")]);
  const { url } = await server.hear<{ t: "ready"; url: string }>("ready");
  return {
    url,
    server,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
