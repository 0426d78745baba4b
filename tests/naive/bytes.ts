// Bytes for the naive reading: encodings and hashes once more, from @noble alone (PROTOCOL C2).
import { blake2b } from "@noble/hashes/blake2.js";

const text = new TextEncoder();

/** Raw bytes of a base64url id. */
export function raw(id: string): Uint8Array {
  return new Uint8Array(Buffer.from(id, "base64url"));
}
export function idOf(bytes: Uint8Array, length: number = 16): string {
  return Buffer.from(bytes.slice(0, length)).toString("base64url");
}
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

export function encode(...fields: (string | number | Uint8Array)[]): Uint8Array {
  const parts: Buffer[] = [];
  for (const field of fields) {
    let bytes: Uint8Array;
    if (typeof field === "string") bytes = text.encode(field);
    else if (typeof field === "number") {
      const eight = Buffer.alloc(8);
      eight.writeBigUInt64BE(BigInt(field));
      bytes = eight;
    } else bytes = field;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    parts.push(length, Buffer.from(bytes));
  }
  return new Uint8Array(Buffer.concat(parts));
}
export function hash(label: string, ...fields: (string | number | Uint8Array)[]): Uint8Array {
  return blake2b(encode(`tacit/1/${label}`, ...fields), { dkLen: 32 });
}
