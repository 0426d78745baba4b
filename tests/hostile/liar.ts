// A lying server: the real one behind a transport whose answers, frames and segments a test changes, with a record of all that was sent.
import { utf8 } from "@/lib/base/bytes.ts";
import { parseBase64url } from "@/lib/base/encoding.ts";
import type { Api, LiveHandlers, LiveSocket, Procedure, Transport } from "@/lib/client/ports.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { nextHead } from "@/lib/proof/hash.ts";
import type { Entry } from "@/lib/proof/state.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import type { EntryJson, HeadJson } from "@/lib/protocol/sync.ts";
import { toLinkJson, toStubJson } from "@/lib/protocol/sync.ts";

type Place = Parameters<Transport["getSegment"]>[0];
/** Gets what the server really answered; the engine sees what it returns. */
export type Lie<P extends Procedure> = (answer: Api[P]["output"], input: Api[P]["input"]) => unknown;
/** Answers instead of the server, which never hears of it. */
export type Forgery<P extends Procedure> = (input: Api[P]["input"]) => unknown;
type AnyLie = (answer: unknown, input: unknown) => unknown;

/** A head that no engine stands at, so that it asks for the ledger. */
const FAR = 2 ** 40;

/** Entries as a server gives them. */
export function toEntryJson({ stub, link }: Entry): EntryJson {
  return { stub: toStubJson(stub), link: link === null ? null : toLinkJson(link) };
}

/** The head after these entries, which begin with L_1. */
export function headOf(entries: readonly Entry[]): HeadJson {
  const hash = entries.reduce((head, { stub }, i) => nextHead(head, i + 1, stub), emptyLedger.head);
  return { n: entries.length, hash: toJson(hash) };
}

export class Liar implements Transport {
  #inner: Transport | undefined;
  readonly #lies = new Map<Procedure, AnyLie>();
  readonly #forgeries = new Map<Procedure, (input: unknown) => unknown>();
  readonly #sockets = new Map<LiveSocket, LiveHandlers>();
  /** all that the engine ever sent */
  readonly sent: { readonly procedure: string; readonly input: unknown }[] = [];
  /** what becomes of a frame on its way to the engine; none: it is swallowed */
  frames: (frame: unknown) => readonly unknown[] = (frame) => [frame];
  /** what becomes of a segment of a file */
  segments: (bytes: Uint8Array, at: Place) => Uint8Array | Promise<Uint8Array> = (bytes) => bytes;

  /** Stands between an engine and `inner`; give it as `wrap`. */
  readonly wrap = (inner: Transport): Transport => {
    this.#inner = inner;
    return this;
  };

  get inner(): Transport {
    if (this.#inner === undefined) throw new TypeError("not wrapped yet");
    return this.#inner;
  }

  get origin(): string {
    return this.inner.origin;
  }

  /** Changes the answers of a procedure from now on. */
  on<P extends Procedure>(procedure: P, lie: Lie<P>): void {
    this.#lies.set(procedure, lie as AnyLie);
  }

  /** Answers a procedure without the server from now on. */
  forge<P extends Procedure>(procedure: P, forgery: Forgery<P>): void {
    this.#forgeries.set(procedure, forgery as (input: unknown) => unknown);
  }

  /** Ends every lie. */
  honest(): void {
    this.#lies.clear();
    this.#forgeries.clear();
    this.frames = (frame) => [frame];
    this.segments = (bytes) => bytes;
  }

  /** From now on the ledger is this one, and nothing can be appended to it. */
  showLedger(entries: readonly Entry[]): void {
    this.forge("ledger.read", ({ after, limit }) => ({
      entries: entries.slice(after, after + limit).map(toEntryJson),
      head: headOf(entries),
    }));
    this.forge("ledger.head", () => headOf(entries));
  }

  /** Shows a ledger and says so on the socket. */
  tellLedger(entries: readonly Entry[]): void {
    this.showLedger(entries);
    this.push({ t: "ledger", head: { ...headOf(entries), n: FAR } });
  }

  /** A frame that the server never sent. */
  push(frame: unknown): void {
    for (const handlers of this.#sockets.values()) handlers.frame(frame);
  }

  /** Ends every socket: the engine connects again and catches up. */
  drop(): void {
    const open = [...this.#sockets];
    this.#sockets.clear();
    for (const [socket, handlers] of open) {
      socket.close();
      handlers.closed("dropped");
    }
  }

  call: Transport["call"] = async (procedure, input, token, signal) => {
    this.sent.push({ procedure, input: structuredClone(input) });
    const forgery = this.#forgeries.get(procedure);
    if (forgery !== undefined) return (await forgery(input)) as never;
    const answer = await this.inner.call(procedure, input, token, signal);
    const lie = this.#lies.get(procedure);
    return (lie === undefined ? answer : await lie(structuredClone(answer), input)) as never;
  };

  live: Transport["live"] = (handlers) => {
    const socket = this.inner.live({
      frame: (frame) => {
        for (const one of this.frames(frame)) handlers.frame(one);
      },
      closed: (reason) => {
        this.#sockets.delete(watched);
        handlers.closed(reason);
      },
    });
    const watched: LiveSocket = {
      send: (frame) => {
        this.sent.push({ procedure: "socket", input: frame });
        socket.send(frame);
      },
      close: () => {
        this.#sockets.delete(watched);
        socket.close();
      },
    };
    this.#sockets.set(watched, handlers);
    return watched;
  };

  putSegment: Transport["putSegment"] = async (at, bytes, token, options) => {
    this.sent.push({ procedure: "PUT /blob", input: { at, bytes: bytes.slice() } });
    return await this.inner.putSegment(at, bytes, token, options);
  };

  getSegment: Transport["getSegment"] = async (at, token, options) =>
    await this.segments(await this.inner.getSegment(at, token, { ...options, maxBytes: 2 ** 31 }), at);

  /** How often a procedure was called. */
  count(procedure: string): number {
    return this.sent.filter((one) => one.procedure === procedure).length;
  }

  /** The procedures whose input holds these bytes, as they are or in base64url: must be none for anything secret. */
  leaks(secret: string | Uint8Array): string[] {
    // Short words turn up in noise.
    if (secret.length < 8) throw new TypeError("too short to look for");
    const needle = Buffer.from(typeof secret === "string" ? utf8(secret) : secret);
    return this.sent.filter(({ input }) => holds(input, needle)).map(({ procedure }) => procedure);
  }
}

function holds(value: unknown, needle: Buffer): boolean {
  if (value instanceof Uint8Array) return Buffer.from(value).includes(needle);
  if (typeof value === "string") {
    const decoded = parseBase64url(value);
    return Buffer.from(value).includes(needle) || (decoded !== undefined && Buffer.from(decoded).includes(needle));
  }
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some((inner) => holds(inner, needle));
}
