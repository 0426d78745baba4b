// Secrets: opaque, marked by kind, minted and derived here alone, turned into bytes by one named door (PROTOCOL C2).
import type { Field } from "@/lib/base/encoding.ts";
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import { randomBytes } from "./random.ts";
import { sodium } from "./sodium.ts";

/** What a secret is for; a compile-time and run-time mark, so that no secret can stand in for another. */
export type SecretKind =
  | "rik"
  | "device-sign"
  | "device-kem"
  | "puk"
  | "epoch"
  | "channel"
  | "file"
  | "recovery"
  | "recovery-auth"
  | "recovery-kem"
  | "recovery-box"
  | "invite"
  | "invite-sign"
  | "invite-kem"
  | "invite-box"
  | "mailbox"
  | "lock"
  | "lock-kem"
  | "circle-share"
  | "circle-kem";

/** Every secret of the protocol is this long. */
export const SECRET_BYTES = 32;

const bytesOf = new WeakMap<object, Uint8Array>();

/** 32 secret bytes. Nothing of them shows when it is printed, put into JSON, spread or cloned. */
export class Secret<Kind extends SecretKind> {
  readonly kind: Kind;

  constructor(kind: Kind, bytes: Uint8Array) {
    if (bytes.length !== SECRET_BYTES) throw new Fault("wire/bad-shape", { detail: `secret ${kind}` });
    this.kind = kind;
    bytesOf.set(this, bytes.slice());
  }

  toString(): string {
    return `[secret ${this.kind}]`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Root identity key, as Ed25519 seed (section 2). */
export type RikSeed = Secret<"rik">;
/** Per-user key of one generation: seed of its X-Wing pair and of the self scope's key (section 2). */
export type PukSeed = Secret<"puk">;
/** The random key of one epoch of one scope, or what stands for it in the self scope (section 4). */
export type EpochKey = Secret<"epoch">;
/** KDF(EK, "chan", channel). */
export type ChannelKey = Secret<"channel">;
/** Random key of one file (F1). */
export type FileKey = Secret<"file">;
/** The 256 bits behind the 24 words (D3). */
export type RecoveryCode = Secret<"recovery">;
/** What follows the # of an invite link (I1). */
export type InviteSecret = Secret<"invite">;
/** Both secret halves of a device. */
export type DeviceSecrets = { readonly sign: Secret<"device-sign">; readonly kem: Secret<"device-kem"> };
/** Seeds of Ed25519 pairs. */
export type SignSeed = Secret<"rik" | "device-sign" | "recovery-auth" | "invite-sign">;
/** Seeds of X-Wing pairs. */
export type KemSeed = Secret<"device-kem" | "puk" | "recovery-kem" | "invite-kem" | "lock-kem" | "circle-kem">;
/** A helper's part in a recovery circle (D6). */
export type CircleShare = Secret<"circle-share">;

/** A fresh random secret. */
export function mintSecret<Kind extends SecretKind>(kind: Kind): Secret<Kind> {
  return new Secret(kind, randomBytes(SECRET_BYTES));
}

/** A secret out of 32 bytes that were opened, derived or read back from the vault. Throws wire/bad-shape by length. */
export function secretFrom<Kind extends SecretKind>(kind: Kind, bytes: Uint8Array): Secret<Kind> {
  return new Secret(kind, bytes);
}

/**
 * A copy of a secret's raw bytes, so that wiping it does not spoil what is being stored: for the primitives of this
 * folder, for the vault that encrypts them at rest, and for what a person carries out of the app himself (invite link,
 * file key inside a sealed event). Nowhere else.
 */
export function exposeSecret(secret: Secret<SecretKind>): Uint8Array {
  const bytes = bytesOf.get(secret);
  if (bytes === undefined) throw new Fault("crypto/no-key", { detail: secret.kind });
  return bytes.slice();
}

/** Overwrites the bytes and forgets them; any later use throws crypto/no-key (D3: the RIK after the code is confirmed). */
export function wipeSecret(secret: Secret<SecretKind>): void {
  bytesOf.get(secret)?.fill(0);
  bytesOf.delete(secret);
}

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
