// The second decoder's bytes: encodings written from docs/PROTOCOL.md, sharing no code with the product.

/** Whatever the protocol refuses; the second decoder needs no codes. */
export class Refused extends Error {}

export function refuse(why: string): never {
  throw new Refused(why);
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const out: number[] = [];
  for (const part of parts) for (const byte of part) out.push(byte);
  return Uint8Array.from(out);
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Negative when a stands before b: byte by byte, the shorter first. */
export function order(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i += 1) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}

export function allZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}

/** The lowest byte first. */
export function littleEndian(value: bigint, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let rest = value;
  for (let i = 0; i < length; i += 1) {
    out[i] = Number(rest % 256n);
    rest /= 256n;
  }
  return out;
}

export function fromLittleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) value = value * 256n + BigInt(bytes[i] as number);
  return value;
}

export function bigEndian(value: bigint, length: number): Uint8Array {
  return littleEndian(value, length).reverse();
}

export function fromBigEndian(bytes: Uint8Array): bigint {
  return fromLittleEndian(Uint8Array.from(bytes).reverse());
}

export const text = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value, "utf8"));

export type Part = Uint8Array | string | number | bigint;

/** enc(f1..fn): length in 4 bytes, then the field; integers in 8 bytes, both with the highest byte first. */
export function enc(...parts: readonly Part[]): Uint8Array {
  const out: Uint8Array[] = [];
  for (const part of parts) {
    const bytes =
      typeof part === "string" ? text(part) : part instanceof Uint8Array ? part : bigEndian(BigInt(part), 8);
    out.push(bigEndian(BigInt(bytes.length), 4), bytes);
  }
  return join(...out);
}

/** Takes `count` fields from the front. */
export function takeFields(bytes: Uint8Array, count: number): { fields: Uint8Array[]; rest: Uint8Array } {
  let rest = bytes;
  const fields: Uint8Array[] = [];
  while (fields.length < count) {
    if (rest.length < 4) refuse("no length");
    const length = Number(fromBigEndian(rest.slice(0, 4)));
    if (rest.length < 4 + length) refuse("field beyond the end");
    fields.push(rest.slice(4, 4 + length));
    rest = rest.slice(4 + length);
  }
  return { fields, rest };
}

export function integer(bytes: Uint8Array): number {
  if (bytes.length !== 8) refuse("an integer has 8 bytes");
  const value = fromBigEndian(bytes);
  if (value > 2n ** 53n - 1n) refuse("integer too large");
  return Number(value);
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** base64url without padding; spare bits zero. */
export function fromBase64url(input: string): Uint8Array {
  let bits = "";
  for (const digit of input) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) refuse("not base64url");
    bits += value.toString(2).padStart(6, "0");
  }
  const whole = bits.length - (bits.length % 8);
  if (bits.length - whole >= 6 || /1/.test(bits.slice(whole))) refuse("spare bits");
  return Uint8Array.from(bits.slice(0, whole).match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
