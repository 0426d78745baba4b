// Building blocks of every schema: byte fields, ids and bounded integers, and structure() that ties them to CBOR.
import { z } from "zod";
import { parseBase64url, toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Id } from "@/lib/base/ids.ts";
import { HASH_BYTES, ID_BYTES, idBytes, mintId, parseId } from "@/lib/base/ids.ts";
import type { Cbor } from "./cbor.ts";
import { encodeCbor, parseCbor } from "./cbor.ts";

// zod compiles validators with `new Function` unless told not to; the content security policy forbids that.
z.config({ jitless: true });

/** Exactly `length` bytes, in CBOR. */
export const bytesOf = (length: number): z.ZodType<Uint8Array, Uint8Array> =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
/** Up to `max` bytes, in CBOR. */
export const bytesUpTo = (max: number): z.ZodType<Uint8Array, Uint8Array> =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= max);
/** A 32-byte hash or public key, in CBOR. */
export const hash = bytesOf(HASH_BYTES);
export const signature = bytesOf(64);
export const signKey = bytesOf(32);
export const kemKey = bytesOf(1216);
/** A non-negative integer that a double holds exactly. */
export const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
export const positive = count.refine((value) => value > 0);
/** Text of at most `max` UTF-16 units. */
export const text = (max: number) => z.string().max(max);

/** An id: raw bytes in CBOR, branded text in memory. */
export const id = <Kind extends string>(length: number = ID_BYTES) =>
  z.codec(bytesOf(length), z.custom<Id<Kind>>(), {
    decode: (bytes) => mintId<Kind>(bytes),
    // zod tries a field that may be absent with nothing, and asks for an issue then instead of a throw.
    encode: (value: unknown, payload) => {
      if (typeof value === "string") return idBytes(value as Id<Kind>);
      payload.issues.push({ code: "custom", input: value, message: "wire/bad-id" });
      return z.NEVER;
    },
  });

/** An id: text in JSON, checked and branded. */
export const jsonId = <Kind extends string>(length: number = ID_BYTES) =>
  z.string().transform((value, context) => {
    const parsed = parseId<Kind>(value, length);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: "custom", message: "wire/bad-id" });
    return z.NEVER;
  });

/** Bytes as base64url in JSON; at most `max` bytes, at least `min`. */
export const jsonBytes = (max: number, min: number = 0) =>
  z
    .string()
    .max(Math.ceil((max * 4) / 3))
    .refine((value) => {
      const bytes = parseBase64url(value);
      return bytes !== undefined && bytes.length >= min && bytes.length <= max;
    });

/** The bytes of a base64url text that a schema above has checked. */
export function fromJson(value: string): Uint8Array {
  const bytes = parseBase64url(value);
  if (bytes === undefined) throw new Fault("wire/bad-shape", { detail: "base64url" });
  return bytes;
}

/** Bytes as they travel in JSON. */
export const toJson = toBase64url;

/** A wire structure: its schema with deterministic CBOR at one end and a checked value at the other. */
export type Structure<T> = { encode(value: T): Uint8Array; parse(bytes: Uint8Array): T };

/** Ties a schema of codecs to CBOR. Both ways throw wire/bad-cbor or wire/bad-shape (with the failing path). */
export function structure<S extends z.ZodType>(schema: S): Structure<z.output<S>> {
  return {
    encode: (value) => encodeCbor(encodeValue(schema, value) as Cbor),
    parse: (bytes) => parseValue(schema, parseCbor(bytes)),
  };
}

/** A checked value in the form that goes into CBOR. Throws wire/bad-shape with the failing path. */
export function encodeValue<S extends z.ZodType>(schema: S, value: z.output<S>): z.input<S> {
  const encoded = z.safeEncode(schema, value);
  if (encoded.success) return encoded.data;
  throw new Fault("wire/bad-shape", { detail: encoded.error.issues[0]?.path.map(String).join(".") ?? "" });
}

/** Checks a decoded CBOR value against a schema. Throws wire/bad-shape with the failing path. */
export function parseValue<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = z.safeDecode(schema, value as z.input<S>);
  if (parsed.success) return parsed.data;
  throw new Fault("wire/bad-shape", { detail: parsed.error.issues[0]?.path.map(String).join(".") ?? "" });
}
