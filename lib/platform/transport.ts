// The way to one server, the same code in browsers and Node: calls, the live socket, and segments of files.
import { Fault } from "@/lib/base/errors.ts";
import type { Api, Procedure, Transport } from "@/lib/client/ports.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { exchange, type Fetch, type HttpAnswer, type Patience, parseServerCode, statusCode } from "./http.ts";
import { parseJson } from "./json.ts";
import { openLive, type WebSocketLike } from "./live.ts";
import { readFailure, type TrpcFetch, trpcCaller } from "./trpc.ts";

/** A PUT of one body whose bytes are told of as they go; rejects as `fetch` does when no answer comes. */
export type Put = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly body: Uint8Array; readonly signal: AbortSignal },
  progress: (sent: number) => void,
) => Promise<Response>;

export type TransportOptions = {
  /** scheme, host and port; https, or http on this machine (A1) */
  readonly origin: string;
  readonly socket: (url: string) => WebSocketLike;
  readonly fetch?: Fetch;
  /** sends the body of a segment where something other than `fetch` is better at it, and tells of it piece by piece */
  readonly put?: Put;
  readonly patience?: Partial<{ call: Patience; segment: Patience; firstFrameMs: number }>;
  /** bytes of one answer to a call */
  readonly answerBytes?: number;
};

const PATIENCE = {
  call: { idle: 20_000, total: 120_000 },
  // 8 MiB in the time that a slow line takes; `idle` covers the whole upload
  segment: { idle: 300_000, total: 900_000 },
  firstFrameMs: 20_000,
};
const ANSWER_BYTES = 64 * 1024 * 1024;
const HERE = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The origin of an address where a login may go: https, or http on this machine. Throws net/insecure. */
export function parseOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const safe =
    url !== undefined && (url.protocol === "https:" || (url.protocol === "http:" && HERE.test(url.hostname)));
  if (!safe) throw new Fault("net/insecure");
  return url.origin;
}

/** A code in a JSON body outside of tRPC: `{fault}`. */
function bodyCode(bytes: Uint8Array): unknown {
  try {
    const value = parseJson(bytes);
    return value !== null && typeof value === "object" && "fault" in value ? value.fault : undefined;
  } catch {
    return undefined;
  }
}

function refusal(answer: HttpAnswer): Fault {
  return new Fault(parseServerCode(bodyCode(answer.bytes)) ?? statusCode(answer.status));
}

function hasObject(value: unknown, key: string): Record<string, unknown> | undefined {
  if (value === null || typeof value !== "object" || !(key in value)) return undefined;
  const held = (value as Record<string, unknown>)[key];
  return held !== null && typeof held === "object" ? (held as Record<string, unknown>) : undefined;
}

/** Whether a body is tRPC's: `{result: {data}}` or `{error: {…}}`. Every procedure answers something. */
function isEnvelope(value: unknown): boolean {
  const result = hasObject(value, "result");
  return result === undefined ? hasObject(value, "error") !== undefined : "data" in result;
}

/** Throws net/insecure when the origin is neither https nor this machine. */
export function createTransport(options: TransportOptions): Transport {
  const origin = parseOrigin(options.origin);
  const patience = { ...PATIENCE, ...options.patience };
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const maxAnswer = options.answerBytes ?? ANSWER_BYTES;

  const trpcFetch: TrpcFetch = async (url, init) => {
    const { signal, ...rest } = init;
    const outer = signal ?? undefined;
    const request = { fetch, url, init: rest, maxBytes: maxAnswer, patience: patience.call, signal: outer };
    const answer = await exchange(request);
    return {
      async json() {
        const ok = answer.status >= 200 && answer.status < 300;
        if (!ok && bodyCode(answer.bytes) !== undefined) throw refusal(answer);
        try {
          const value = parseJson(answer.bytes);
          if (isEnvelope(value)) return value;
        } catch (thrown) {
          if (ok) throw thrown;
        }
        throw ok ? new Fault("net/bad-answer") : refusal(answer);
      },
    };
  };
  const trpc = trpcCaller(`${origin}/trpc`, trpcFetch);
  const segment = (at: { ws: string; blob: string; segment: number }) =>
    `${origin}/blob/${encodeURIComponent(at.ws)}/${encodeURIComponent(at.blob)}/${at.segment}`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  return {
    origin,
    async call<P extends Procedure>(procedure: P, input: Api[P]["input"], token: string | null, signal?: AbortSignal) {
      try {
        return (await trpc(procedure, input, token, signal)) as Api[P]["output"];
      } catch (thrown) {
        if (signal?.aborted === true) throw new Fault("app/cancelled", { cause: thrown });
        const { cause, code } = readFailure(thrown);
        if (cause instanceof Fault) throw cause;
        throw new Fault(parseServerCode(code) ?? "net/bad-answer", { cause });
      }
    },
    live(handlers) {
      const url = `${origin.replace(/^http/, "ws")}/live`;
      return openLive(() => options.socket(url), handlers, patience.firstFrameMs);
    },
    async putSegment(at, bytes, token, { signal, progress }) {
      const headers = { ...bearer(token), "content-type": "application/octet-stream" };
      const init = { method: "PUT", headers, body: bytes as Uint8Array<ArrayBuffer> };
      progress?.(0);
      const { put } = options;
      const send: Fetch =
        put === undefined
          ? fetch
          : (url, { signal: given }) =>
              put(url, { headers, body: bytes, signal: given as AbortSignal }, (sent) => progress?.(sent));
      const request = { fetch: send, url: segment(at), init, maxBytes: 65_536, patience: patience.segment, signal };
      const answer = await exchange(request);
      if (answer.status < 200 || answer.status >= 300) throw refusal(answer);
      progress?.(bytes.length);
    },
    async getSegment(at, token, { signal, maxBytes, into }) {
      const init = { method: "GET", headers: bearer(token) };
      const bound = Math.min(maxBytes, LIMITS.segmentBytes * 2);
      const request = { fetch, url: segment(at), init, maxBytes: bound, patience: patience.segment, signal, into };
      const answer = await exchange(request);
      if (answer.status !== 200) throw refusal(answer);
      return answer.bytes;
    },
  };
}
