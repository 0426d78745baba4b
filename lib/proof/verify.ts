// Signatures and public keys: what counts as valid, for everyone alike (PROTOCOL C2, C4, section 2).
import { equal } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Card, DevicePublic, RecoveryPublic, SignedCard } from "@/lib/protocol/device.ts";
import { cardStructure } from "@/lib/protocol/device.ts";
import { H } from "./hash.ts";
import { isMainSubgroupPoint, verifyDetached } from "./sodium.ts";

/** What a signature is for; part of what is signed, so that none can stand for another (C2). */
export const SIG_CONTEXTS = ["card", "pop", "link", "root", "invite", "msg", "request", "auth", "release"] as const;
export type SigContext = (typeof SIG_CONTEXTS)[number];

/** Remembers signatures and keys that held, by all that was judged. Only for speed; may forget, must not be fed. */
export type VerifyCache = { has(key: string): boolean; add(key: string): unknown };

/** The exact bytes under a signature: enc("tacit/1/sig/" + context, bytes) (C2). */
export function signedBytes(context: SigContext, bytes: Uint8Array): Uint8Array {
  return enc(`tacit/1/sig/${context}`, bytes);
}

/** Under what a signature that held is remembered: all that was judged. */
export function verifiedKey(pk: Uint8Array, message: Uint8Array, sig: Uint8Array): string {
  return `signed ${String.fromCharCode(...H("verified", pk, message, sig))}`;
}

/** True when `sig` by `pk` stands for `bytes` in this context. Libsodium alone: no second opinion (C4). */
export function verifySignature(
  context: SigContext,
  pk: Uint8Array,
  bytes: Uint8Array,
  sig: Uint8Array,
  cache?: VerifyCache,
): boolean {
  const message = signedBytes(context, bytes);
  if (cache === undefined) return verifyDetached(pk, message, sig);
  const key = verifiedKey(pk, message, sig);
  if (cache.has(key)) return true;
  if (!verifyDetached(pk, message, sig)) return false;
  cache.add(key);
  return true;
}

/**
 * True for a canonical Ed25519 key of the main subgroup (C4). None of the 38 encodings with y ≥ p is of a point there, so
 * that the second implies the first.
 */
export function checkPublicKey(pk: Uint8Array, cache?: VerifyCache): boolean {
  if (pk.length !== 32) return false;
  const key = String.fromCharCode(...pk);
  if (cache?.has(key)) return true;
  if (!isMainSubgroupPoint(pk)) return false;
  cache?.add(key);
  return true;
}

const KEM_BYTES = 1216;
const MLKEM_BYTES = 1184;
const MLKEM_COEFFICIENT_BYTES = 1152;
const MLKEM_MODULUS = 3329;

/** True for an X-Wing key that can be sealed to: ML-KEM coefficients below 3329, an X25519 point not of small order. */
export function checkKemKey(pk: Uint8Array): boolean {
  if (pk.length !== KEM_BYTES) return false;
  for (let i = 0; i < MLKEM_COEFFICIENT_BYTES; i += 3) {
    const [a = 0, b = 0, c = 0] = [pk[i], pk[i + 1], pk[i + 2]];
    if ((a | ((b & 15) << 8)) >= MLKEM_MODULUS || ((b >> 4) | (c << 4)) >= MLKEM_MODULUS) return false;
  }
  const x = pk.slice(MLKEM_BYTES);
  x[31] = (x[31] ?? 0) & 127;
  return !SMALL_ORDER_X.some((small) => equal(small, x));
}

/** p = 2^255 − 19 plus `add`, little-endian. */
function fieldPrime(add: number): Uint8Array {
  const out = new Uint8Array(32).fill(255);
  out[0] = 0xed + add;
  out[31] = 127;
  return out;
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** u-coordinates with which X25519 always answers zero, as 255-bit numbers; those libsodium refuses (RFC 7748 section 7). */
const SMALL_ORDER_X: readonly Uint8Array[] = [
  new Uint8Array(32),
  Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0)),
  fromHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
  fromHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
  fieldPrime(-1),
  fieldPrime(0),
  fieldPrime(1),
];

/** Both keys of a device are such that signatures verify and seals open. */
export function checkDeviceKeys(keys: DevicePublic, cache?: VerifyCache): boolean {
  return checkPublicKey(keys.sign, cache) && checkKemKey(keys.kem);
}

/** Both keys of a recovery code. */
export function checkRecoveryKeys(keys: RecoveryPublic, cache?: VerifyCache): boolean {
  return checkPublicKey(keys.auth, cache) && checkKemKey(keys.kem);
}

/** A card's structure, nothing verified. Throws proof/bad-card. */
export function readCard(signed: SignedCard): Card {
  try {
    return cardStructure.parse(signed.card);
  } catch (cause) {
    throw new Fault("proof/bad-card", { cause });
  }
}

/** A card's signatures: its RIK's over the card (`card`), its device's over the same bytes (`pop`). */
export function judgeCardSignatures(signed: SignedCard, card: Card, cache?: VerifyCache): FaultCode | null {
  const byRik = verifySignature("card", card.rik, signed.card, signed.rikSig, cache);
  const byDevice = verifySignature("pop", card.device.sign, signed.card, signed.popSig, cache);
  return byRik && byDevice ? null : "proof/bad-signature";
}

/** A card's keys: every one of them valid. */
export function judgeCardKeys(card: Card, cache?: VerifyCache): FaultCode | null {
  const own = checkPublicKey(card.rik, cache) && checkDeviceKeys(card.device, cache) && checkKemKey(card.puk.pk);
  const valid = own && (card.recovery === null || checkRecoveryKeys(card.recovery, cache));
  return valid ? null : "proof/bad-key";
}

/** A card wholly verified. Throws proof/bad-card, proof/wrong-workspace, proof/bad-key, proof/bad-signature. */
export function parseCard(signed: SignedCard, expected: { readonly ws: WorkspaceId | null }): Card {
  const card = readCard(signed);
  if (card.ws !== expected.ws) throw new Fault("proof/wrong-workspace");
  const code = judgeCardKeys(card) ?? judgeCardSignatures(signed, card);
  if (code !== null) throw new Fault(code);
  return card;
}
