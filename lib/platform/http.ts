// One HTTP exchange with the pinned server: nothing follows a redirect, nothing is read without a bound (MS-23, MS-39).
import { Fault, type FaultCode, isFaultCode } from "@/lib/base/errors.ts";

/** Milliseconds: without a byte from the server, and in all. */
export type Patience = { readonly idle: number; readonly total: number };
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
export type Exchange = {
  readonly fetch: Fetch;
  readonly url: string;
  readonly init: RequestInit;
  /** the answer is cut, and refused, beyond this */
  readonly maxBytes: number;
  readonly patience: Patience;
  readonly signal?: AbortSignal | undefined;
  /** room for the answer, used when it is large enough */
  readonly into?: Uint8Array | undefined;
};
export type HttpAnswer = { readonly status: number; readonly bytes: Uint8Array };

/** A refusal is a code and little else, however small the answer that was asked for. */
const REFUSAL_BYTES = 65_536;
const QUIET = {
  redirect: "manual",
  credentials: "omit",
  referrerPolicy: "no-referrer",
  cache: "no-store",
} as const satisfies RequestInit;

/** Aborts when the caller does, or when the server lets us wait; tells afterwards which it was. */
function watch(patience: Patience, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  let why: FaultCode | undefined;
  const end = (code: FaultCode) => {
    why ??= code;
    controller.abort();
  };
  const cancelled = () => end("app/cancelled");
  if (outer?.aborted === true) cancelled();
  outer?.addEventListener("abort", cancelled, { once: true });
  const total = setTimeout(() => end("net/timeout"), patience.total);
  let idle = setTimeout(() => end("net/timeout"), patience.idle);
  return {
    signal: controller.signal,
    why: () => why,
    heard() {
      clearTimeout(idle);
      idle = setTimeout(() => end("net/timeout"), patience.idle);
    },
    /** `whole`: the answer was read to its end, so there is nothing left to break off */
    stop(whole: boolean) {
      clearTimeout(total);
      clearTimeout(idle);
      outer?.removeEventListener("abort", cancelled);
      if (!whole) controller.abort();
    },
  };
}

function isRedirect(response: Response, url: string): boolean {
  if (response.type === "opaqueredirect" || response.redirected) return true;
  if (response.status >= 300 && response.status < 400) return true;
  return response.url !== "" && new URL(response.url).origin !== new URL(url).origin;
}

/** The same bytes in a room for at least `least`; each is twice the last, so that copying stays cheap. */
function grown(room: Uint8Array, least: number, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(most, Math.max(least, room.length * 2, 4096)));
  larger.set(room);
  return larger;
}

async function readBody(
  response: Response,
  maxBytes: number,
  heard: () => void,
  into?: Uint8Array,
): Promise<Uint8Array> {
  const claimed = Number(response.headers.get("content-length") ?? 0);
  if (claimed > maxBytes) throw new Fault("net/bad-answer", { detail: "too long" });
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  // A length that was told, and is within bounds, has its room at once: a large answer is not held twice.
  const known = Number.isSafeInteger(claimed) && claimed > 0 ? claimed : 0;
  let room = into !== undefined && into.length >= known ? into : new Uint8Array(known);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return room === into || length === room.length ? room.subarray(0, length) : room.slice(0, length);
    heard();
    if (length + value.length > maxBytes) throw new Fault("net/bad-answer", { detail: "too long" });
    if (length + value.length > room.length) room = grown(room, length + value.length, maxBytes);
    room.set(value, length);
    length += value.length;
  }
}

/**
 * Sends one request and reads the whole answer. Throws net/offline (no answer came), net/closed (it broke off),
 * net/timeout, net/redirected, net/bad-answer (too long) or app/cancelled. No status is a fault here.
 */
export async function exchange(request: Exchange): Promise<HttpAnswer> {
  const watched = watch(request.patience, request.signal);
  let answered = false;
  let whole = false;
  try {
    const response = await request.fetch(request.url, { ...request.init, ...QUIET, signal: watched.signal });
    answered = true;
    watched.heard();
    if (isRedirect(response, request.url)) throw new Fault("net/redirected");
    const bound = response.ok ? request.maxBytes : REFUSAL_BYTES;
    const bytes = await readBody(response, bound, watched.heard, response.ok ? request.into : undefined);
    whole = true;
    return { status: response.status, bytes };
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    throw new Fault(watched.why() ?? (answered ? "net/closed" : "net/offline"), { cause: thrown });
  } finally {
    watched.stop(whole);
  }
}

/** Areas and codes that a server may blame; codes about this device's own keys and files are not its to send. */
const SERVER_AREAS = ["wire/", "proof/", "event/", "may/"];
const SERVER_CODES: readonly FaultCode[] = [
  "net/closed",
  "net/timeout",
  "store/full",
  "store/corrupt",
  "store/locked",
  "bug/unexpected",
];

/** A code in a server's answer, when it is one that a server may send. */
export function parseServerCode(value: unknown): FaultCode | undefined {
  if (!isFaultCode(value)) return undefined;
  const allowed = SERVER_AREAS.some((area) => value.startsWith(area)) || SERVER_CODES.includes(value);
  return allowed ? value : undefined;
}

const BY_STATUS: Readonly<Record<number, FaultCode>> = {
  401: "may/not-signed-in",
  403: "may/forbidden",
  404: "may/not-found",
  408: "net/timeout",
  413: "wire/too-large",
  429: "may/too-many",
  502: "net/closed",
  503: "net/closed",
  504: "net/timeout",
  507: "store/full",
};

/** What a refusal without a readable code means. */
export function statusCode(status: number): FaultCode {
  return BY_STATUS[status] ?? "net/bad-answer";
}
