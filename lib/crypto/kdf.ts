// Key derivation: keyed BLAKE2b-256 over an unambiguous encoding (PROTOCOL C2).
import type { Field } from "@/lib/base/encoding.ts";
import { enc } from "@/lib/base/encoding.ts";
import type { Secret, SecretKind } from "./keys.ts";
import { exposeSecret, secretFrom } from "./keys.ts";
import { sodium } from "./sodium.ts";

/** KDF(key, label, ..fields) = BLAKE2b-256 keyed with `key` (32 bytes) of enc("tacit/1/" + label, ..fields). */
export function KDF(key: Uint8Array, label: string, ...fields: readonly Field[]): Uint8Array {
  return sodium.crypto_generichash(32, enc(`tacit/1/${label}`, ...fields), key);
}

/** The same, from secret to secret. */
export function deriveSecret<Kind extends SecretKind>(
  kind: Kind,
  from: Secret<SecretKind>,
  label: string,
  ...fields: readonly Field[]
): Secret<Kind> {
  return secretFrom(kind, KDF(exposeSecret(from), label, ...fields));
}
