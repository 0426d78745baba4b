// Sealing to a public key (X-Wing) and boxing under a key, both bound to a context (PROTOCOL C5).
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Id, InviteId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";
import type { KemSeed } from "./keys.ts";
import { exposeSecret, KDF } from "./keys.ts";
import { isSeeded, randomBytes } from "./random.ts";
import { aeadOpen, aeadSeal, sodium } from "./sodium.ts";

const KEM_BYTES = 1120;
const NONCE_BYTES = 24;
// k is used for one message alone, so the nonce may be fixed.
const ZERO_NONCE = new Uint8Array(NONCE_BYTES);

type Pair = { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
const pairs = new WeakMap<KemSeed, Pair>();

function kemPair(seed: KemSeed): Pair {
  const bytes = exposeSecret(seed);
  const known = pairs.get(seed);
  if (known !== undefined) return known;
  const pair = sodium.crypto_kem_xwing_seed_keypair(bytes);
  pairs.set(seed, pair);
  return pair;
}

/** The 1216-byte X-Wing public key of a seed. */
export function kemPublic(seed: KemSeed): Uint8Array {
  return kemPair(seed).publicKey;
}

function encapsulate(pk: Uint8Array): { ciphertext: Uint8Array; sharedSecret: Uint8Array } {
  try {
    if (isSeeded()) return sodium.crypto_kem_xwing_enc_deterministic(pk, randomBytes(64));
    return sodium.crypto_kem_xwing_enc(pk);
  } catch (cause) {
    // libsodium refuses wrong lengths, coefficients out of range and low-order points; the rotator skips such a key (E6).
    throw new Fault("crypto/bad-kem-key", { cause });
  }
}

/**
 * X-Wing ciphertext (1120) ‖ AEAD of `plaintext` (+16), bound to `context` (one of the Ctx builders below). Throws crypto/bad-kem-key
 * when the public key is malformed: name its owner and go on with the others (E6).
 */
export function seal(pk: Uint8Array, context: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const { ciphertext, sharedSecret } = encapsulate(pk);
  const key = KDF(sharedSecret, "seal", ciphertext, pk, context);
  return concat(ciphertext, aeadSeal(key, ZERO_NONCE, context, plaintext));
}

/** What was sealed, or null when key, context or bytes do not fit. It counts only after a commitment check (C6). */
export function openSeal(seed: KemSeed, context: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < KEM_BYTES + 16) return null;
  const { publicKey, privateKey } = kemPair(seed);
  const ciphertext = sealed.subarray(0, KEM_BYTES);
  let sharedSecret: Uint8Array;
  try {
    sharedSecret = sodium.crypto_kem_xwing_dec(ciphertext, privateKey);
  } catch {
    return null;
  }
  const key = KDF(sharedSecret, "seal", ciphertext, publicKey, context);
  return aeadOpen(key, ZERO_NONCE, context, sealed.subarray(KEM_BYTES));
}

/** nonce (24) ‖ AEAD of `plaintext` (+16) under a 32-byte key. The nonce is random and made here. */
export function box(key: Uint8Array, ad: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  return concat(nonce, aeadSeal(key, nonce, ad, plaintext));
}

/** What was boxed, or null when key, additional data or bytes do not fit. It counts only after a commitment check (C6). */
export function openBox(key: Uint8Array, ad: Uint8Array, boxed: Uint8Array): Uint8Array | null {
  return aeadOpen(key, boxed.subarray(0, NONCE_BYTES), ad, boxed.subarray(NONCE_BYTES));
}

/** Whose KEM key an epoch key is sealed to: a person's PUK of generation `gen`, or an instant invite (gen 0). */
export type EpochRecipient = { readonly to: "user" | "invite"; readonly id: Id<string>; readonly gen: number };
/** Whose KEM key a PUK seed is sealed to: a device (gen 0), or the recovery key of generation `gen`. */
export type PukRecipient = { readonly to: "device" | "recovery"; readonly id: Id<string>; readonly gen: number };

/** Context of an epoch key's seal. */
export function epochSealCtx(ws: WorkspaceId, scope: ScopeId, epoch: number, to: EpochRecipient): Uint8Array {
  return enc("seal/epoch", idBytes(ws), idBytes(scope), epoch, to.to, idBytes(to.id), to.gen);
}

/** Context of a seal of the PUK seed of generation `gen`. */
export function pukSealCtx(ws: WorkspaceId, user: UserId, gen: number, to: PukRecipient): Uint8Array {
  return enc("seal/puk", idBytes(ws), idBytes(user), gen, to.to, idBytes(to.id), to.gen);
}

/** Additional data of the box that holds EK_{epoch−1} under EK_epoch (E2). */
export function prevBoxAd(ws: WorkspaceId, scope: ScopeId, epoch: number): Uint8Array {
  return enc("box/prev", idBytes(ws), idBytes(scope), epoch);
}

/** Additional data of the box that holds PUK seed gen−1 under seed `gen`. */
export function pukBoxAd(ws: WorkspaceId, user: UserId, gen: number): Uint8Array {
  return enc("box/puk", idBytes(ws), idBytes(user), gen);
}

/** Additional data of the box that holds the RIK seed under the recovery code of generation `gen` (D3). */
export function rootBoxAd(ws: WorkspaceId, user: UserId, gen: number): Uint8Array {
  return enc("box/root", idBytes(ws), idBytes(user), gen);
}

/** Additional data of an invite's box. The holder does not know ws yet; the invite's id commits to it (I1). */
export function inviteBoxAd(invite: InviteId): Uint8Array {
  return enc("box/invite", idBytes(invite));
}

/** Context of a newcomer's name, sealed to one of those who decide about him: their PUK of generation `gen` (I4). */
export function joinNameCtx(ws: WorkspaceId, invite: InviteId, newcomer: UserId, to: UserId, gen: number): Uint8Array {
  return enc("seal/join-name", idBytes(ws), idBytes(invite), idBytes(newcomer), idBytes(to), gen);
}
