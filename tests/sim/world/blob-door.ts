// Segments of files through the server's own route, with a request and an answer that are no more than memory.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable, Writable } from "node:stream";
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";
import type { App } from "@/server/app.ts";
import { serveBlob } from "@/server/blobs/routes.ts";

export type BlobPlace = { readonly ws: WorkspaceId; readonly blob: BlobId; readonly segment: number };
export type BlobAnswer = { readonly status: number; readonly bytes: Uint8Array };

/** What the route uses of an answer: a status, then bytes. */
class Answer extends Writable {
  status = 0;
  readonly pieces: Buffer[] = [];

  get headersSent(): boolean {
    return this.status !== 0;
  }

  writeHead(status: number): this {
    this.status = status;
    return this;
  }

  override _write(piece: Buffer, _: BufferEncoding, done: () => void): void {
    this.pieces.push(Buffer.from(piece));
    done();
  }
}

/** One request for a segment, answered by the route that serves it over HTTP. */
export async function askBlob(
  app: App,
  method: "PUT" | "GET",
  at: BlobPlace,
  token: string,
  bytes: Uint8Array,
): Promise<BlobAnswer> {
  const path = `/blob/${at.ws}/${at.blob}/${at.segment}`;
  const body = Readable.from(bytes.length > 0 ? [Buffer.from(bytes)] : []);
  const request = Object.assign(body, { method, complete: true, headers: { "content-length": String(bytes.length) } });
  const response = new Answer();
  const finished = new Promise<void>((resolve) => {
    response.once("finish", resolve);
  });
  await serveBlob({
    app,
    request: request as unknown as IncomingMessage,
    response: response as unknown as ServerResponse,
    path,
    token,
    address: "127.0.0.1",
    headers: {},
  });
  await finished;
  return { status: response.status, bytes: new Uint8Array(Buffer.concat(response.pieces)) };
}
