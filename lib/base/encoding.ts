// Unambiguous byte encodings: enc() for hashing and signing (PROTOCOL C2), base64url and hex for text.
import { utf8 } from "./bytes.ts";
import { Fault } from "./errors.ts";

/** What enc() takes: bytes as they are, text as UTF-8, integers as 8 bytes big-endian. */
export type Field = Uint8Array | string | number | bigint;

const MAX_FIELD = 0xffff_ffff;

/** 4 bytes, big-endian. */
function _u32be(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > MAX_FIELD) throw new Fault("wire/bad-integer");
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}

const HIGH = 0x1_0000_0000;

/** 8 bytes, big-endian, of a non-negative integer. Numbers beyond 2^53 − 1 are refused; pass a bigint. */
export function u64be(value: number | bigint): Uint8Array {
  const out = new Uint8Array(8);
  const view = new DataView(out.buffer);
  if (typeof value === "bigint") {
    if (value < 0n || value > 0xffff_ffff_ffff_ffffn) throw new Fault("wire/bad-integer");
    view.setBigUint64(0, value);
    return out;
  }
  if (!Number.isSafeInteger(value) || value < 0) throw new Fault("wire/bad-integer");
  view.setUint32(0, Math.floor(value / HIGH));
  view.setUint32(4, value % HIGH);
  return out;
}

/** UTF-8 without a call for the short ASCII labels that nearly all strings here are. */
function labelBytes(text: string): Uint8Array {
  if (text.length > 48) return utf8(text);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 127) return utf8(text);
    out[i] = code;
  }
  return out;
}

function fieldBytes(field: Field): Uint8Array {
  if (field instanceof Uint8Array) return field;
  return typeof field === "string" ? labelBytes(field) : u64be(field);
}

/** enc(f1..fn): each field as u32be length ‖ bytes. Injective, so no two field lists share an encoding (C2). */
export function enc(...fields: readonly Field[]): Uint8Array {
  const parts = fields.map(fieldBytes);
  let size = 0;
  for (const part of parts) size += 4 + part.length;
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    const length = part.length;
    if (length > MAX_FIELD) throw new Fault("wire/bad-integer");
    out[at] = length >>> 24;
    out[at + 1] = length >>> 16;
    out[at + 2] = length >>> 8;
    out[at + 3] = length;
    out.set(part, at + 4);
    at += 4 + length;
  }
  return out;
}

/** Reads `count` fields written by enc() from the front; `rest` is what follows. Undefined when malformed. */
export function parseEnc(bytes: Uint8Array, count: number): { fields: Uint8Array[]; rest: Uint8Array } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 4 > bytes.length) return undefined;
    const length = view.getUint32(at);
    at += 4;
    if (at + length > bytes.length) return undefined;
    fields.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { fields, rest: bytes.subarray(at) };
}

/** The integer in an 8-byte big-endian field, or undefined when it is malformed or beyond 2^53 − 1. */
export function parseU64(bytes: Uint8Array): number | undefined {
  if (bytes.length !== 8) return undefined;
  const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE_OF = new Int16Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) VALUE_OF[ALPHABET.charCodeAt(i)] = i;

/** base64url without padding (RFC 4648 section 5). */
export function toBase64url(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] ?? 0;
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    out += ALPHABET.charAt(a >> 2) + ALPHABET.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    if (b !== undefined) out += ALPHABET.charAt(((b & 15) << 2) | ((c ?? 0) >> 6));
    if (c !== undefined) out += ALPHABET.charAt(c & 63);
  }
  return out;
}

/** The bytes a base64url string spells; undefined for padding, foreign characters or non-zero spare bits. */
export function parseBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const out = new Uint8Array((text.length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i += 1) {
    const value = VALUE_OF[text.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? out : undefined;
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
