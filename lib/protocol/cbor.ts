// Deterministic CBOR: one encoding per value; a decoder that takes that encoding alone (PROTOCOL C2, C3).
import { encode } from "cborg";
import { Fault } from "@/lib/base/errors.ts";

/** What signed structures are made of: no floats, no undefined, no tags. Map keys are short ASCII strings. */
export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[] | { readonly [key: string]: Cbor };

const MAX_DEPTH = 12;
const KEY = /^[A-Za-z][A-Za-z0-9]{0,15}$/;

/** Canonical bytes of a value (RFC 8949 section 4.2.1 order). Throws wire/bad-cbor for anything outside `Cbor`. */
export function encodeCbor(value: Cbor): Uint8Array {
  checkValue(value, 0);
  return encode(value);
}

function checkValue(value: unknown, depth: number): asserts value is Cbor {
  if (depth > MAX_DEPTH) throw new Fault("wire/bad-cbor", { detail: "too deep" });
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new Fault("wire/bad-cbor", { detail: "lone surrogate" });
    return;
  }
  if (value instanceof Uint8Array) return;
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new Fault("wire/bad-cbor", { detail: "not an integer" });
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, depth + 1);
    return;
  }
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) throw new Fault("wire/bad-cbor");
  for (const [key, item] of Object.entries(value)) {
    if (!KEY.test(key)) throw new Fault("wire/bad-cbor", { detail: "bad key" });
    checkValue(item, depth + 1);
  }
}

/**
 * The value that canonical bytes spell, and no other bytes: each length and integer in its shortest form, keys in order and
 * once, text well-formed UTF-8, nothing behind the end. Throws wire/bad-cbor. Byte strings are copies.
 *
 * [Note: A decoder of our own] Libraries take more than the one encoding, so that what they decoded had to be encoded
 * again and compared, which cost more than decoding. This one reads only what the encoder writes; tests hold it to a
 * library and a second encoding on random and altered bytes.
 */
export function parseCbor(bytes: Uint8Array): Cbor {
  const reader = new Reader(bytes);
  const value = reader.item(0);
  reader.end();
  return value;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function bad(detail: string): never {
  throw new Fault("wire/bad-cbor", { detail });
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) bad("bytes behind the end");
  }

  item(depth: number): Cbor {
    if (depth > MAX_DEPTH) bad("too deep");
    const first = this.#byte();
    const major = first >> 5;
    if (major === 7) return simple(first);
    const count = this.#count(first & 31);
    switch (major) {
      case 0:
        return count;
      case 1:
        if (count === Number.MAX_SAFE_INTEGER) bad("not an integer");
        return -1 - count;
      case 2:
        return new Uint8Array(this.#take(count));
      case 3:
        return text(this.#take(count));
      case 4:
        return this.#list(count, depth);
      case 5:
        return this.#map(count, depth);
      default:
        return bad("a tag");
    }
  }

  #list(count: number, depth: number): Cbor[] {
    // Every item takes a byte: no count makes this reserve more than came.
    if (count > this.#bytes.length - this.#at) bad("cut");
    const out: Cbor[] = [];
    for (let i = 0; i < count; i += 1) out.push(this.item(depth + 1));
    return out;
  }

  #map(count: number, depth: number): { readonly [key: string]: Cbor } {
    if (count > (this.#bytes.length - this.#at) / 2) bad("cut");
    const out: Record<string, Cbor> = {};
    let before = "";
    for (let i = 0; i < count; i += 1) {
      const first = this.#byte();
      if (first >> 5 !== 3) bad("bad key");
      const key = text(this.#take(this.#count(first & 31)));
      if (!KEY.test(key)) bad("bad key");
      // Keys are ASCII and shorter than 24: their encodings sort by length first, then by letter.
      if (i > 0 && (key.length < before.length || (key.length === before.length && key <= before)))
        bad("keys out of order");
      before = key;
      out[key] = this.item(depth + 1);
    }
    return out;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) return bad("cut");
    this.#at += 1;
    return byte;
  }

  #take(count: number): Uint8Array {
    const end = this.#at + count;
    if (end > this.#bytes.length) bad("cut");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** An integer or length in its shortest form, at most 2^53 − 1. */
  #count(short: number): number {
    if (short < 24) return short;
    if (short > 27) return bad("of no length");
    const width = 1 << (short - 24);
    let value = 0;
    for (let i = 0; i < width; i += 1) value = value * 256 + this.#byte();
    if (!Number.isSafeInteger(value)) return bad("not an integer");
    const least = width === 1 ? 24 : 2 ** (8 * (width / 2));
    return value < least ? bad("not the shortest form") : value;
  }
}

function simple(byte: number): null | boolean {
  if (byte === 0xf4 || byte === 0xf5) return byte === 0xf5;
  return byte === 0xf6 ? null : bad("not a simple value");
}

function text(bytes: Uint8Array): string {
  // Short texts, keys among them, are mostly ASCII: a call into the decoder costs more than they are long.
  if (bytes.length < 24 && bytes.every((byte) => byte < 128)) return String.fromCharCode(...bytes);
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new Fault("wire/bad-cbor", { cause });
  }
}
