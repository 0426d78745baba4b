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
const CODE_OF = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const VALUE_OF = new Int16Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) VALUE_OF[ALPHABET.charCodeAt(i)] = i;
const ascii = new TextDecoder();
/** Two letters by the twelve bits that they spell. */
const PAIRS = Array.from({ length: 4096 }, (_, i) => `${ALPHABET[i >> 6]}${ALPHABET[i & 63]}`);
/** Up to here letters are joined in pairs: an array and a decoder's call cost three times more than a short id. */
const SHORT = 32;

function shortBase64url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += `${PAIRS[three >> 12]}${PAIRS[three & 4095]}`;
  }
  const over = bytes.length % 3;
  return over === 0 ? text : text.slice(0, over - 3);
}

/** base64url without padding (RFC 4648 section 5). */
export function toBase64url(bytes: Uint8Array): string {
  if (bytes.length <= SHORT) return shortBase64url(bytes);
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    // What lies beyond the end of a short last group is not written.
    codes[at] = CODE_OF[three >> 18] as number;
    codes[at + 1] = CODE_OF[(three >> 12) & 63] as number;
    codes[at + 2] = CODE_OF[(three >> 6) & 63] as number;
    codes[at + 3] = CODE_OF[three & 63] as number;
    at += 4;
  }
  return ascii.decode(codes);
}

/** The value of four letters together; negative when one of them is foreign. */
function valueAt(text: string, i: number): number {
  const a = VALUE_OF[text.charCodeAt(i)] ?? -1;
  const b = VALUE_OF[text.charCodeAt(i + 1)] ?? -1;
  const c = VALUE_OF[text.charCodeAt(i + 2)] ?? -1;
  const d = VALUE_OF[text.charCodeAt(i + 3)] ?? -1;
  return (a | b | c | d) < 0 ? -1 : (a << 18) | (b << 12) | (c << 6) | d;
}

/** The bytes a base64url string spells; undefined for padding, foreign characters or non-zero spare bits. */
export function parseBase64url(text: string): Uint8Array | undefined {
  const over = text.length % 4;
  if (over === 1) return undefined;
  const out = new Uint8Array((text.length * 3) >> 2);
  const whole = text.length - over;
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    const value = valueAt(text, i);
    if (value < 0) return undefined;
    out[at] = value >> 16;
    out[at + 1] = value >> 8;
    out[at + 2] = value;
    at += 3;
  }
  if (over === 0) return out;
  const value = valueAt(`${text.slice(whole)}AA`, 0);
  const spare = over === 2 ? 0xffff : 0xff;
  if (value < 0 || (value & spare) !== 0) return undefined;
  out[at] = value >> 16;
  if (over === 3) out[at + 1] = value >> 8;
  return out;
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
