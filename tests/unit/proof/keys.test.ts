// Public keys and signatures that every fold must judge alike (PROTOCOL C1, C2, C4; section 9, invariant 12).
import { ed25519 } from "@noble/curves/ed25519.js";
import sodiumModule from "libsodium-wrappers";
import { beforeAll, describe, expect, it } from "vitest";
import { assertFunctions, sodiumReady } from "@/lib/proof/sodium.ts";
import { checkKemKey, checkPublicKey, SIG_CONTEXTS, signedBytes, verifySignature } from "@/lib/proof/verify.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The points of small order in their canonical encodings, then in non-canonical ones. */
const SMALL_ORDER = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000080",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
];
const NON_CANONICAL = [
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];
/** X25519 public keys that make every shared secret zero. */
const ZERO_SECRET = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

let newKem: () => Uint8Array;
let sealable: (pk: Uint8Array) => boolean;
type Pair = { publicKey: Uint8Array; privateKey: Uint8Array };
const sodium = sodiumModule as unknown as {
  crypto_kem_xwing_keypair(): Pair;
  crypto_kem_xwing_enc(pk: Uint8Array): unknown;
  crypto_sign_keypair(): Pair;
  crypto_sign_detached(message: Uint8Array, key: Uint8Array): Uint8Array;
};

beforeAll(async () => {
  await sodiumReady();
  newKem = () => sodium.crypto_kem_xwing_keypair().publicKey;
  sealable = (pk) => {
    try {
      return sodium.crypto_kem_xwing_enc(pk) !== undefined;
    } catch {
      return false;
    }
  };
});

const newSign = () => sodium.crypto_sign_keypair();

describe("C1 functions of libsodium", () => {
  it("C1 names a function that is not there", () => {
    const without = { ...sodium, crypto_generichash: undefined };
    expect(() => assertFunctions(without)).toThrow("crypto_generichash");
    expect(() => assertFunctions(undefined)).toThrow("crypto/missing-function");
    expect(assertFunctions(sodium)).toBe(sodium);
  });
});

describe("C4 public keys", () => {
  it("C4 takes honest signing keys", () => {
    for (let i = 0; i < 20; i += 1) expect(checkPublicKey(newSign().publicKey)).toBe(true);
  });

  it.each(SMALL_ORDER)("C4 refuses the point of small order %s", (point) => {
    expect(checkPublicKey(hex(point))).toBe(false);
  });

  it.each(NON_CANONICAL)("C4 refuses the non-canonical encoding %s", (point) => {
    expect(checkPublicKey(hex(point))).toBe(false);
  });

  it("C4 refuses every encoding that is not canonical: y = p + k, of either sign", () => {
    for (let k = 0; k < 19; k += 1) {
      for (const sign of [127, 255]) {
        const bytes = new Uint8Array(32).fill(255);
        bytes[0] = 0xed + k;
        bytes[31] = sign;
        expect(checkPublicKey(bytes)).toBe(false);
        expect(verifySignature("link", bytes, new Uint8Array([1]), new Uint8Array(64))).toBe(false);
      }
    }
  });

  it("C4 refuses keys of another length and points off the curve", () => {
    const { publicKey } = newSign();
    expect(checkPublicKey(publicKey.subarray(1))).toBe(false);
    const off = hex("0200000000000000000000000000000000000000000000000000000000000000");
    expect(checkPublicKey(off)).toBe(false);
  });

  it("C4 refuses a point outside the main subgroup: an honest one plus one of order 8", () => {
    const honest = ed25519.Point.fromBytes(newSign().publicKey);
    const order8 = ed25519.Point.fromBytes(hex(SMALL_ORDER[8] ?? ""));
    expect(checkPublicKey(honest.toBytes())).toBe(true);
    expect(checkPublicKey(honest.add(order8).toBytes())).toBe(false);
  });

  it("C4 refuses a signature whose key or R is of small order, though the equation holds", () => {
    const identity = hex(SMALL_ORDER[2] ?? "");
    const zeroS = new Uint8Array(64);
    zeroS.set(identity, 0);
    expect(verifySignature("link", identity, new Uint8Array([1]), zeroS)).toBe(false);
    for (const point of [...SMALL_ORDER, ...NON_CANONICAL])
      expect(verifySignature("link", hex(point), new Uint8Array([1]), zeroS)).toBe(false);
  });

  it("C4 refuses S that is not reduced", () => {
    const { publicKey, privateKey } = newSign();
    const bytes = new Uint8Array([1, 2, 3]);
    const sig = sodium.crypto_sign_detached(signedBytes("link", bytes), privateKey);
    expect(verifySignature("link", publicKey, bytes, sig)).toBe(true);
    const order = (1n << 252n) + 27742317777372353535851937790883648493n;
    let s = 0n;
    for (let i = 63; i >= 32; i -= 1) s = (s << 8n) | BigInt(sig[i] ?? 0);
    const moved = sig.slice();
    let rest = s + order;
    for (let i = 32; i < 64; i += 1) {
      moved[i] = Number(rest & 255n);
      rest >>= 8n;
    }
    expect(verifySignature("link", publicKey, bytes, moved)).toBe(false);
  });

  it("E6 takes honest KEM keys, and judges malformed ones as libsodium does", () => {
    for (let i = 0; i < 20; i += 1) expect(checkKemKey(newKem())).toBe(true);
    const overflow = newKem();
    overflow.set([0x01, 0x0d], 0); // first coefficient 0xd01 = 3329
    const largest = newKem();
    largest.set([0x00, ((largest[1] ?? 0) & 0xf0) | 0x0d], 0); // 3328
    const second = newKem();
    second.set([((second[1] ?? 0) & 0x0f) | 0x10, 0xd0], 1151 - 1); // last coefficient 0xd01
    for (const key of [overflow, largest, second, new Uint8Array(1216).fill(255)])
      expect(checkKemKey(key)).toBe(sealable(key));
    expect(checkKemKey(overflow)).toBe(false);
    expect(checkKemKey(second)).toBe(false);
    expect(checkKemKey(largest)).toBe(true);
    expect(checkKemKey(newKem().subarray(1))).toBe(false);
  });

  it.each(ZERO_SECRET)("C4 refuses the X25519 point %s inside a KEM key", (point) => {
    const key = newKem().slice();
    key.set(hex(point), 1184);
    expect(sealable(key)).toBe(false);
    expect(checkKemKey(key)).toBe(false);
  });
});

describe("invariant 12: signature contexts", () => {
  it("C2 each context verifies its own signatures and no other's", () => {
    const { publicKey, privateKey } = newSign();
    const bytes = new Uint8Array([7, 7, 7]);
    for (const made of SIG_CONTEXTS) {
      const sig = sodium.crypto_sign_detached(signedBytes(made, bytes), privateKey);
      for (const asked of SIG_CONTEXTS)
        expect(verifySignature(asked, publicKey, bytes, sig), `${made} as ${asked}`).toBe(made === asked);
    }
  });

  it("C2 a remembered signature stands for nothing else", () => {
    const { publicKey, privateKey } = newSign();
    const bytes = new Uint8Array([1]);
    const cache = new Set<string>();
    const sig = sodium.crypto_sign_detached(signedBytes("link", bytes), privateKey);
    expect(verifySignature("link", publicKey, bytes, sig, cache)).toBe(true);
    expect(cache.size).toBe(1);
    expect(verifySignature("link", publicKey, bytes, sig, cache)).toBe(true);
    expect(verifySignature("root", publicKey, bytes, sig, cache)).toBe(false);
    expect(verifySignature("link", newSign().publicKey, bytes, sig, cache)).toBe(false);
    expect(verifySignature("link", publicKey, new Uint8Array([2]), sig, cache)).toBe(false);
    expect(cache.size).toBe(1);
  });
});
