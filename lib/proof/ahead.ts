// Which Ed25519 signatures another implementation may approve of: those on which all of them agree (PROTOCOL C4).
import { equal } from "@/lib/base/bytes.ts";

/** L, the order of the main subgroup: 2^252 + 27742317777372353535851937790883648493, big-endian. */
const ORDER = Uint8Array.from([
  0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7, 0x9c, 0xd6, 0x58, 0x12, 0x63,
  0x1a, 0x5c, 0xf5, 0xd3, 0xed,
]);

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** y of the points whose order divides 8, little-endian, without the sign of x. Encodings with y ≥ p are refused before. */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  hex("0000000000000000000000000000000000000000000000000000000000000000"),
  hex("0100000000000000000000000000000000000000000000000000000000000000"),
  hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
  hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
  hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
];

/** True when the little-endian number, its top bit left out, is below p = 2^255 − 19. */
function isBelowPrime(y: Uint8Array): boolean {
  if (((y[31] ?? 0) & 127) !== 127) return true;
  for (let i = 30; i > 0; i -= 1) if (y[i] !== 255) return true;
  return (y[0] ?? 0) < 0xed;
}

/** True when the little-endian number is below L. */
function isBelowOrder(s: Uint8Array): boolean {
  for (let i = 0; i < 32; i += 1) {
    const [a = 0, b = 0] = [s[31 - i], ORDER[i]];
    if (a !== b) return a < b;
  }
  return false;
}

/**
 * True for a signature of 64 bytes whose S is below L and whose R is canonical and not of small order: with a public key
 * that passed `checkPublicKey`, what is valid then is not a matter of the implementation. What is false may still be
 * valid; libsodium judges it.
 */
export function isPlainSignature(sig: Uint8Array): boolean {
  if (sig.length !== 64) return false;
  const r = sig.slice(0, 32);
  if (!isBelowPrime(r) || !isBelowOrder(sig.subarray(32))) return false;
  r[31] = (r[31] ?? 0) & 127;
  return !SMALL_ORDER_Y.some((y) => equal(y, r));
}
