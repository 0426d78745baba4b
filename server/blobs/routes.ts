// PUT and GET /blob/<workspace>/<blob>/<segment>: ciphertext streamed in and out, never shown, never sniffed.
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { FaultCode } from "@/lib/base/errors.ts";
import { asFault, Fault } from "@/lib/base/errors.ts";
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";
import { parseId } from "@/lib/base/ids.ts";
import type { App } from "@/server/app.ts";
import { findSession } from "@/server/app.ts";
import type { DeviceSession } from "@/server/auth/tokens.ts";
import { loginOf } from "@/server/auth/tokens.ts";
import { placeOf } from "@/server/log.ts";
import { judgeRead } from "@/server/may.ts";
import type { BlobEntry } from "@/server/store/port.ts";
import { declaredSizes, MAX_SEGMENT_BYTES } from "./limits.ts";
import type { SegmentAt } from "./port.ts";

export type BlobRequest = {
  readonly app: App;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly token: string | null;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
};

const STATUS: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
};

/** Answers one request; resolves with the fault it answered with, or null. */
export async function serveBlob(blob: BlobRequest): Promise<FaultCode | null> {
  try {
    const at = parseSegment(blob.path);
    const session = admit(blob, at);
    if (blob.request.method === "PUT") await put(blob, at, session);
    else if (blob.request.method === "GET" || blob.request.method === "HEAD") await get(blob, at, session);
    else throw new Fault("may/not-found");
    return null;
  } catch (thrown) {
    return refuse(blob, thrown);
  }
}

/** Exactly three parts, each in the one form that ids and numbers have here. */
export function parseSegment(path: string): SegmentAt {
  const [, root, wsText, blobText, segmentText = "", ...more] = path.split("?")[0]?.split("/") ?? [];
  const ws = parseId<"workspace">(wsText, 32);
  const blob = parseId<"blob">(blobText);
  if (root !== "blob" || ws === undefined || blob === undefined || more.length > 0) throw new Fault("may/not-found");
  if (!/^(0|[1-9]\d{0,2})$/.test(segmentText)) throw new Fault("may/not-found");
  return { ws, blob, segment: Number(segmentText) };
}

function admit({ app, token, address }: BlobRequest, at: SegmentAt): DeviceSession {
  const session = findSession(app, token);
  if (session === undefined) {
    app.rates.take("strangers", address);
    throw new Fault("may/not-signed-in");
  }
  app.rates.take("calls", loginOf(session));
  if (session.as !== "device") throw new Fault("may/forbidden");
  if (session.ws !== at.ws) throw new Fault("may/not-found");
  return session;
}

async function register(app: App, ws: WorkspaceId, id: BlobId): Promise<BlobEntry> {
  const blob = await app.store.blobs.blob(ws, id);
  if (blob === undefined) throw new Fault("may/not-found");
  return blob;
}

async function put(request: BlobRequest, at: SegmentAt, session: DeviceSession): Promise<void> {
  const { app } = request;
  const blob = await register(app, at.ws, at.blob);
  if (blob.device !== session.device || at.segment >= blob.segments) throw new Fault("may/not-found");
  if (blob.finishedAt !== null) throw new Fault("proof/duplicate");
  const text = request.request.headers["content-length"] ?? "";
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Fault("may/bad-body");
  const length = Number(text);
  if (length > MAX_SEGMENT_BYTES) throw new Fault("wire/too-large");
  if (length !== declaredSizes(blob)[at.segment]) throw new Fault("wire/bad-padding");
  await app.disk.write(at, timed(request.request, app.settings.limits.idleMs), length);
  request.response.writeHead(204, request.headers).end();
}

/** The pieces of a body; a sender who stalls is told so, and cut off with the answer. */
async function* timed(request: IncomingMessage, ms: number): AsyncGenerator<Uint8Array> {
  const pieces: AsyncIterator<Buffer> = request[Symbol.asyncIterator]();
  for (;;) {
    const next = await within(pieces.next(), ms);
    if (next.done === true) return;
    yield next.value;
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Fault("may/slow")), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault("may/bad-body", { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function get(request: BlobRequest, at: SegmentAt, session: DeviceSession): Promise<void> {
  const { app } = request;
  const { state } = app.workspaces.of(at.ws);
  const blob = await register(app, at.ws, at.blob);
  const readable = blob.channels.some((channel) => judgeRead(state, session.user, channel) === null);
  const size = await app.disk.size(at);
  if (!readable || blob.finishedAt === null || size === undefined) throw new Fault("may/not-found");
  const range = parseRange(request.request.headers.range, size);
  const headers: Record<string, string> = {
    ...request.headers,
    "content-type": "application/octet-stream",
    "content-disposition": 'attachment; filename="segment.bin"',
    "accept-ranges": "bytes",
  };
  if (range === "unsatisfiable") {
    request.response.writeHead(416, { ...headers, "content-range": `bytes */${size}` }).end();
    return;
  }
  headers["content-length"] = String(range.end - range.start + 1);
  if (range.partial) headers["content-range"] = `bytes ${range.start}-${range.end}/${size}`;
  request.response.writeHead(range.partial ? 206 : 200, headers);
  if (request.request.method === "HEAD") request.response.end();
  else await pipeline(app.disk.read(at, range.start, range.end), request.response);
}

type Range = { start: number; end: number; partial: boolean };

/** One range within bounds. Anything else than `bytes=a-b`, `a-` or `-n` is read as no range at all (RFC 9110 14.2). */
export function parseRange(header: string | undefined, size: number): Range | "unsatisfiable" {
  const whole = { start: 0, end: size - 1, partial: false };
  const match = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(header ?? "");
  if (match === null) return whole;
  const [, from = "", to = ""] = match;
  if (from === "" && to === "") return whole;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return start > end || start >= size ? "unsatisfiable" : { start, end, partial: true };
}

function refuse({ app, request, response, headers }: BlobRequest, thrown: unknown): FaultCode {
  const fault = asFault(thrown);
  if (fault.code === "bug/unexpected") app.log({ what: "fault", fault: fault.code, at: placeOf(fault.cause) });
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return fault.code;
  }
  const body = JSON.stringify({ fault: fault.code });
  const more = { "content-type": "application/json; charset=utf-8", "content-length": String(body.length) };
  const end = request.complete ? {} : { connection: "close" };
  response.writeHead(STATUS[fault.entry.wire] ?? 500, { ...headers, ...more, ...end }).end(body);
  return fault.code;
}
