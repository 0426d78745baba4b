// The second decoder's cryptography, on @noble alone: hashes, signatures, X-Wing, AEAD, the seeded random stream.
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { ml_kem768_x25519 as xwing } from "@noble/post-quantum/hybrid.js";
import type { Part } from "./bytes.ts";
import { bigEndian, enc, fromLittleEndian, join, refuse, same } from "./bytes.ts";

export const blake = (message: Uint8Array): Uint8Array => blake2b(message, { dkLen: 32 });
export const H = (label: string, ...parts: readonly Part[]): Uint8Array => blake(enc(`tacit/1/${label}`, ...parts));
export const KDF = (key: Uint8Array, label: string, ...parts: readonly Part[]): Uint8Array =>
  blake2b(enc(`tacit/1/${label}`, ...parts), { dkLen: 32, key });

const { Point } = ed25519;

/** The point that a canonical encoding names, not of small order. */
function point(encoded: Uint8Array): InstanceType<typeof Point> {
  if (encoded.length !== 32) refuse("key length");
  try {
    const found = Point.fromBytes(encoded, false);
    if (found.isSmallOrder()) refuse("small order");
    return found;
  } catch {
    return refuse("no point");
  }
}

/** Ed25519 without cofactor: S < L, key canonical and not of small order, and R = [S]B − [k]A to the byte. */
export function verify(context: string, pk: Uint8Array, bytes: Uint8Array, sig: Uint8Array): void {
  const message = enc(`tacit/1/sig/${context}`, bytes);
  if (sig.length !== 64) refuse("signature length");
  const key = point(pk);
  const [r, s] = [sig.slice(0, 32), fromLittleEndian(sig.slice(32))];
  if (s >= Point.Fn.ORDER) refuse("S is not canonical");
  const k = fromLittleEndian(sha512(join(r, pk, message))) % Point.Fn.ORDER;
  const expected = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k));
  if (!same(expected.toBytes(), r)) refuse("bad signature");
}

export const sign = (context: string, seed: Uint8Array, bytes: Uint8Array): Uint8Array =>
  ed25519.sign(enc(`tacit/1/sig/${context}`, bytes), seed);
export const signPublic = (seed: Uint8Array): Uint8Array => ed25519.getPublicKey(seed);

/** A key of the main subgroup. */
export function checkSignKey(pk: Uint8Array): void {
  if (!point(pk).isTorsionFree()) refuse("part of small order");
}

export const kemPublic = (seed: Uint8Array): Uint8Array => xwing.keygen(seed).publicKey;

/** u-coordinates for which X25519 answers zero. */
const SMALL = [
  0n,
  1n,
  2n ** 255n - 20n,
  2n ** 255n - 19n,
  2n ** 255n - 18n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
];
function checkX25519(u: Uint8Array): void {
  if (SMALL.includes(fromLittleEndian(u) % 2n ** 255n)) refuse("X25519 point of small order");
}

/** An X-Wing key: 768 coefficients of 12 bits below 3329, a seed, an X25519 point not of small order. */
export function checkKemKey(pk: Uint8Array): void {
  if (pk.length !== 1216) refuse("KEM key length");
  const bits = fromLittleEndian(pk.slice(0, 1152));
  for (let i = 0n; i < 768n; i += 1n) if (((bits >> (12n * i)) & 4095n) >= 3329n) refuse("coefficient");
  checkX25519(pk.slice(1184));
}

/** The random stream of a seeded test: BLAKE2b-512 blocks keyed with the seed's hash, each draw from a new block. */
export class Stream {
  readonly #key: Uint8Array;
  #counter = 0n;
  constructor(seed: Uint8Array) {
    this.#key = blake(seed);
  }
  draw(length: number): Uint8Array {
    let out: Uint8Array = new Uint8Array();
    while (out.length < length) {
      out = join(out, blake2b(bigEndian(this.#counter, 8), { dkLen: 64, key: this.#key }));
      this.#counter += 1n;
    }
    return out.slice(0, length);
  }
}

const aead = (key: Uint8Array, nonce: Uint8Array, ad: Uint8Array) => xchacha20poly1305(key, nonce, ad);

export function aeadOpen(key: Uint8Array, nonce: Uint8Array, ad: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  if (nonce.length !== 24 || ciphertext.length < 16) refuse("AEAD sizes");
  try {
    return aead(key, nonce, ad).decrypt(ciphertext);
  } catch {
    return refuse("AEAD");
  }
}

const NONCE = new Uint8Array(24);

/** A seal as the stream's next 64 bytes make it. */
export function seal(random: Stream, pk: Uint8Array, context: Uint8Array, plaintext: Uint8Array): Uint8Array {
  checkKemKey(pk);
  const { cipherText, sharedSecret } = xwing.encapsulate(pk, random.draw(64));
  const key = KDF(sharedSecret, "seal", cipherText, pk, context);
  return join(cipherText, aead(key, NONCE, context).encrypt(plaintext));
}

export function openSeal(seed: Uint8Array, context: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < 1136) refuse("seal length");
  const ct = sealed.slice(0, 1120);
  checkX25519(ct.slice(1088));
  const { publicKey, secretKey } = xwing.keygen(seed);
  const key = KDF(xwing.decapsulate(ct, secretKey), "seal", ct, publicKey, context);
  return aeadOpen(key, NONCE, context, sealed.slice(1120));
}

/** A box as the stream's next 24 bytes make it. */
export function box(random: Stream, key: Uint8Array, ad: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const nonce = random.draw(24);
  return join(nonce, aead(key, nonce, ad).encrypt(plaintext));
}

export function openBox(key: Uint8Array, ad: Uint8Array, boxed: Uint8Array): Uint8Array {
  return aeadOpen(key, boxed.slice(0, 24), ad, boxed.slice(24));
}
