// The service worker's side of streams: a file as an answer in ranges, its bytes fetched from the engine as they are taken.
import { Fault } from "@/lib/base/errors.ts";
import type { OpenWire } from "@/lib/platform/browser/messages.ts";
import type { Route } from "@/lib/platform/browser/service/scope.ts";
import { type FileAt, PIECE, parseStreamPath, STREAM_LINE, type StreamAnswer, type StreamMessage } from "./line.ts";

/** The engine may be moving to another tab: asked again, then given up. */
const AGAIN_MS = 3_000;
const TRIES = 12;
/** A player gets this much at once and asks for more: no answer of it outlives what a browser grants a worker. */
const PLAYED = 16 * PIECE;

type Piece = Extract<StreamAnswer, { t: "piece" }>;
type Ask = (at: FileAt, from: number, to: number, signal: AbortSignal) => Promise<Piece>;

/** Asks over the line; answers come by the name of the question. Whoever stops waiting says so. */
function asker(open: OpenWire): Ask {
  const waiting = new Map<string, (answer: StreamAnswer) => void>();
  const line = open(STREAM_LINE, (heard) => {
    const message = heard as StreamMessage;
    if (message.t !== "ask" && message.t !== "drop") waiting.get(message.ask)?.(message);
  });
  return (at, from, to, signal) =>
    new Promise((resolve, reject) => {
      const ask = crypto.randomUUID();
      let tries = 0;
      const end = () => {
        clearInterval(timer);
        waiting.delete(ask);
        signal.removeEventListener("abort", drop);
      };
      const drop = () => {
        end();
        line.post({ t: "drop", ask } satisfies StreamMessage);
        reject(new Fault("app/cancelled"));
      };
      const put = () => {
        tries += 1;
        if (tries <= TRIES) return line.post({ t: "ask", ask, at, from, to } satisfies StreamMessage);
        end();
        reject(new Fault("net/timeout"));
      };
      const timer = setInterval(put, AGAIN_MS);
      signal.addEventListener("abort", drop, { once: true });
      if (signal.aborted) return drop();
      waiting.set(ask, (answer) => {
        if (answer.t === "coming") {
          tries = 0;
          return;
        }
        end();
        if (answer.t === "piece") resolve(answer);
        else reject(new Fault(answer.code));
      });
      put();
    });
}

type Part = { readonly from: number; readonly to: number };

/** `bytes=a-b` or `a-` within the file; null: no range was asked for; undefined: none that there is. */
export function parsePart(header: string | null, size: number, most: number): Part | null | undefined {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? "");
  if (match === null) return null;
  const from = Number(match[1]);
  const last = match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  return from > last ? undefined : { from, to: Math.min(last + 1, from + most) };
}

/** A stream that asks for the next piece when the last one was taken, and not before; nor for any once it was left. */
function bodyOf(
  ask: (from: number, to: number) => Promise<Piece>,
  part: Part,
  first: Piece,
  left: () => void,
): ReadableStream<Uint8Array> {
  let next = part.from;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = next === part.from ? first : await ask(next, Math.min(part.to, next + PIECE));
        next += piece.bytes.length;
        if (piece.bytes.length > 0) controller.enqueue(piece.bytes);
        if (next >= part.to || piece.bytes.length === 0) controller.close();
      },
      cancel: left,
    },
    { highWaterMark: 1 },
  );
}

const QUIET = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'none'; sandbox",
} as const;

/** RFC 6266: the plain form for none who read this, the other by percent-encoding. */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename*=UTF-8''${encoded}`;
}

function refusal(thrown: unknown): Response {
  const code = thrown instanceof Fault ? thrown.code : "bug/unexpected";
  return new Response(null, { status: 404, headers: { ...QUIET, "x-fault": code } });
}

/** Where the first piece begins: what a range asks for, known before the file's size is. */
function startOf(range: string | null): number {
  return Number(/^bytes=(\d{1,15})-/.exec(range ?? "")?.[1] ?? 0);
}

async function answer(ask: Ask, at: FileAt, request: Request, save: boolean): Promise<Response> {
  const range = save ? null : request.headers.get("range");
  const head = request.method === "HEAD";
  const start = startOf(range);
  // A player that is wound lets go of its last request, in one of two ways.
  const left = new AbortController();
  const leave = () => left.abort();
  request.signal.addEventListener("abort", leave, { once: true });
  const more = (begin: number, end: number) => ask(at, begin, end, left.signal);
  const first = await more(start, start + (head ? 0 : PIECE));
  const part = parsePart(range, first.size, PLAYED);
  if (part === undefined)
    return new Response(null, { status: 416, headers: { ...QUIET, "content-range": `bytes */${first.size}` } });
  const { from, to } = part ?? { from: 0, to: first.size };
  const headers: Record<string, string> = {
    ...QUIET,
    ...facing(request, first, save),
    "accept-ranges": "bytes",
    "content-length": String(to - from),
    ...(part === null ? {} : { "content-range": `bytes ${from}-${to - 1}/${first.size}` }),
  };
  const begun = { ...first, bytes: first.bytes.subarray(0, to - from) };
  const body = head ? null : bodyOf(more, { from, to }, begun, leave);
  return new Response(body, { status: part === null ? 200 : 206, headers });
}

/** Sound and film are all that is ever handed out under a type of their own, and to players alone (MS-26). */
function facing({ destination }: Request, { type, name }: Piece, save: boolean): Record<string, string> {
  const played = !save && (destination === "video" || destination === "audio") && /^(?:audio|video)\//.test(type);
  if (played) return { "content-type": type };
  return { "content-type": "application/octet-stream", "content-disposition": attachment(name) };
}

/** Answers for addresses of files, and for nothing else. */
export function streamRoute(open: OpenWire): Route {
  let ask: Ask | undefined;
  return (request, url) => {
    const wanted = parseStreamPath(url.pathname);
    if (wanted === undefined || (request.method !== "GET" && request.method !== "HEAD")) return undefined;
    ask ??= asker(open);
    return answer(ask, wanted.at, request, wanted.save).catch(refusal);
  };
}
