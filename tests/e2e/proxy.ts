// A proxy between a browser and the real server that lies: it changes the answers of procedures, and passes on all else.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Api, Procedure } from "@/lib/client/ports.ts";

/** Gets what the server really answered; the browser sees what it returns. */
type Lie<P extends Procedure> = (answer: Api[P]["output"], input: Api[P]["input"]) => Api[P]["output"];

export class LyingProxy {
  readonly #lies = new Map<string, (answer: never, input: never) => unknown>();
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((asked, answer) => this.#pass(asked, answer));
  #target = 0;
  /** where the browser opens it */
  origin = "";

  /** Takes a port; the server has to know the address, and so comes after it. */
  async listen(): Promise<void> {
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    this.#server.on("upgrade", (asked: IncomingMessage, socket: Socket, head: Buffer) => {
      const there = connect(this.#target, "127.0.0.1", () => {
        const headers = asked.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : []));
        there.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
        there.write(head);
        socket.pipe(there).pipe(socket);
      });
      for (const [one, other] of [
        [socket, there],
        [there, socket],
      ] as const)
        one.on("error", () => other.destroy()).on("close", () => other.destroy());
    });
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  to(port: number): void {
    this.#target = port;
  }

  on<P extends Procedure>(procedure: P, lie: Lie<P>): void {
    this.#lies.set(procedure, lie as (answer: never, input: never) => unknown);
  }

  honest(): void {
    this.#lies.clear();
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = asked;
    const lie = this.#lies.get((url ?? "").replace(/^\/trpc\//, "").split("?")[0] ?? "");
    const plain = lie === undefined ? headers : { ...headers, "accept-encoding": "identity" };
    const sent: Buffer[] = [];
    if (lie !== undefined) asked.on("data", (part: Buffer) => sent.push(part));
    const options = { host: "127.0.0.1", port: this.#target, method, path: url, headers: plain };
    const out = request(options, (came) => {
      if (lie === undefined) {
        answer.writeHead(came.statusCode ?? 502, came.headers);
        came.pipe(answer);
        return;
      }
      const parts: Buffer[] = [];
      came.on("data", (part: Buffer) => parts.push(part));
      came.on("end", () => {
        const said = JSON.parse(Buffer.concat(parts).toString()) as { result?: { data: never } };
        if (said.result !== undefined)
          said.result.data = lie(said.result.data, JSON.parse(`${Buffer.concat(sent)}`) as never) as never;
        const body = JSON.stringify(said);
        answer.writeHead(came.statusCode ?? 502, { ...came.headers, "content-length": Buffer.byteLength(body) });
        answer.end(body);
      });
    });
    out.on("error", () => answer.destroy());
    asked.pipe(out);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
