// The second decoder's CBOR: one encoding per value (RFC 8949 section 4.2.1), nothing but what the protocol uses.
import { order, Refused, refuse } from "./bytes.ts";

export type Value = null | boolean | number | string | Uint8Array | Value[] | { [key: string]: Value };

class Source {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) refuse("cbor: cut");
    const out = this.#bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    return out;
  }
  get done(): boolean {
    return this.#at === this.#bytes.length;
  }
}

/** Major type and argument of an item's head; the argument must be in its shortest form. */
function head(source: Source): { major: number; argument: number } {
  const first = source.take(1)[0] as number;
  const [major, low] = [first >> 5, first & 31];
  if (low < 24) return { major, argument: low };
  if (low > 27) refuse("cbor: indefinite or reserved");
  if (major === 7) refuse("cbor: float or simple value");
  const width = 2 ** (low - 24);
  let argument = 0;
  for (const byte of source.take(width)) argument = argument * 256 + byte;
  const least = { 1: 24, 2: 2 ** 8, 4: 2 ** 16, 8: 2 ** 32 }[width] as number;
  if (argument < least) refuse("cbor: longer than needed");
  if (!Number.isSafeInteger(argument)) refuse("cbor: too large");
  return { major, argument };
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("cbor: not UTF-8");
  }
}

function simple(argument: number): Value {
  if (argument === 20) return false;
  if (argument === 21) return true;
  return argument === 22 ? null : refuse("cbor: simple value");
}

function readMap(source: Source, size: number, depth: number): Value {
  const out: { [key: string]: Value } = {};
  let last: Uint8Array | undefined;
  for (let i = 0; i < size; i += 1) {
    const { major, argument } = head(source);
    if (major !== 3) refuse("cbor: key is no text");
    const raw = source.take(argument);
    const key = decodeText(raw);
    if (!/^[A-Za-z][A-Za-z0-9]{0,15}$/.test(key)) refuse("cbor: key");
    // Keys have at most 16 bytes, so the encoded head is one byte, and the order is by length, then by bytes.
    const sortable = Uint8Array.from([raw.length, ...raw]);
    if (last !== undefined && order(last, sortable) >= 0) refuse("cbor: key order");
    last = sortable;
    out[key] = item(source, depth + 1);
  }
  return out;
}

function item(source: Source, depth: number): Value {
  if (depth > 12) refuse("cbor: too deep");
  const { major, argument } = head(source);
  switch (major) {
    case 0:
      return argument;
    case 1:
      if (!Number.isSafeInteger(-1 - argument)) refuse("cbor: too small");
      return -1 - argument;
    case 2:
      return source.take(argument);
    case 3:
      return decodeText(source.take(argument));
    case 4: {
      const list: Value[] = [];
      for (let i = 0; i < argument; i += 1) list.push(item(source, depth + 1));
      return list;
    }
    case 5:
      return readMap(source, argument, depth);
    case 7:
      return simple(argument);
    default:
      return refuse("cbor: tag");
  }
}

/** The value that these bytes spell, if they are its one encoding. */
export function decode(bytes: Uint8Array): Value {
  const source = new Source(bytes);
  const value = item(source, 0);
  if (!source.done) throw new Refused("cbor: bytes after the value");
  return value;
}
