// Deterministic CBOR: one encoding per value, checked by encoding again (PROTOCOL C2, C3).
import { decode, encode } from "cborg";
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";

/** What signed structures are made of: no floats, no undefined, no tags. Map keys are short ASCII strings. */
export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[] | { readonly [key: string]: Cbor };

const DECODE = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
} as const;
const MAX_DEPTH = 12;

/** Canonical bytes of a value (RFC 8949 section 4.2.1 order). Throws wire/bad-cbor for anything outside `Cbor`. */
export function encodeCbor(value: Cbor): Uint8Array {
  checkValue(value, 0);
  return encode(value);
}

/** The value that canonical bytes spell. Throws wire/bad-cbor for any other encoding, depth over 12, `__proto__`. */
export function parseCbor(bytes: Uint8Array): Cbor {
  let value: unknown;
  try {
    value = decode(bytes, DECODE);
  } catch (cause) {
    throw new Fault("wire/bad-cbor", { cause });
  }
  checkValue(value, 0);
  // Strict decoding still takes unsorted keys and bad UTF-8: only bytes that re-encode to themselves count.
  if (!equal(encode(value), bytes)) throw new Fault("wire/bad-cbor", { detail: "not canonical" });
  return value;
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
    if (!/^[A-Za-z][A-Za-z0-9]{0,15}$/.test(key)) throw new Fault("wire/bad-cbor", { detail: "bad key" });
    checkValue(item, depth + 1);
  }
}
