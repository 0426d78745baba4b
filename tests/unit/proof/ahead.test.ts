// C4: another Ed25519 may say yes ahead of libsodium, on exactly those signatures on which no two of them differ.
import { readFileSync } from "node:fs";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { concat, utf8 } from "@/lib/base/bytes.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { webCryptoVerifier } from "@/lib/platform/runtime/verifier.ts";
import { isPlainSignature } from "@/lib/proof/ahead.ts";
import { verifyDetached } from "@/lib/proof/sodium.ts";
import { checkPublicKey, type SigContext, signedBytes } from "@/lib/proof/verify.ts";
import { Input, type VectorFile } from "@/tests/vectors/format.ts";

beforeAll(cryptoReady);

const verifier = webCryptoVerifier();
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const little = (bytes: Uint8Array) => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
const toLittle = (value: bigint) => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
const seedOf = (i: number) => Uint8Array.from({ length: 32 }, (_, k) => (i * 31 + k * 7) & 255);

/** A signature over `message` whose R is what one likes: valid where nobody looks at R's order. */
function withR(seed: Uint8Array, message: Uint8Array, R: Uint8Array, r: bigint): Uint8Array {
  const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(seed);
  const k = little(sha512(concat(R, pointBytes, message))) % L;
  return concat(R, toLittle((r + k * scalar) % L));
}

test("C4 invariant 12 on the frozen edge vectors the platform never approves of what libsodium refuses", async () => {
  const path = new URL("../../vectors/signature.json", import.meta.url);
  const { groups } = JSON.parse(readFileSync(path, "utf8")) as VectorFile;
  let asked = 0;
  for (const { name, in: given } of groups.verify ?? []) {
    const input = new Input(given);
    const [pk, sig] = [input.bytes("pk"), input.bytes("sig")];
    const message = signedBytes(input.text("context") as SigContext, input.bytes("bytes"));
    if (!checkPublicKey(pk) || !isPlainSignature(sig)) continue;
    asked += 1;
    expect(await verifier.verify([{ pk, message, sig }]), name).toEqual([verifyDetached(pk, message, sig)]);
  }
  expect(asked).toBeGreaterThan(10);
});

test("C4 R of small order: some take it, libsodium does not, and nobody is asked", async () => {
  const message = utf8("the ferry leaves at nine");
  const identity = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0));
  const sig = withR(seedOf(1), message, identity, 0n);
  const pk = ed25519.getPublicKey(seedOf(1));
  expect(checkPublicKey(pk)).toBe(true);
  expect(await verifier.verify([{ pk, message, sig }])).toEqual([true]);
  expect(verifyDetached(pk, message, sig)).toBe(false);
  expect(isPlainSignature(sig)).toBe(false);
});

test("C4 every encoding of a point of small order as R, with either sign, is left to libsodium", () => {
  const order8 = ed25519.Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
  for (let i = 0, point = ed25519.Point.ZERO; i < 8; i += 1, point = point.add(order8)) {
    for (const sign of [0, 128]) {
      const R = point.toBytes();
      R[31] = ((R[31] ?? 0) & 127) | sign;
      expect(isPlainSignature(concat(R, toLittle(5n)))).toBe(false);
    }
  }
});

test("C4 S and R must be canonical", () => {
  const R = ed25519.Point.BASE.toBytes();
  const p = 2n ** 255n - 19n;
  expect(isPlainSignature(concat(R, toLittle(L - 1n)))).toBe(true);
  for (const s of [L, L + 1n, 2n ** 253n, 2n ** 256n - 1n])
    expect(isPlainSignature(concat(R, toLittle(s)))).toBe(false);
  for (const y of [p, p + 1n, p + 18n, 2n ** 255n - 1n])
    for (const sign of [0n, 2n ** 255n]) expect(isPlainSignature(concat(toLittle(y | sign), toLittle(5n)))).toBe(false);
  expect(isPlainSignature(concat(toLittle(p - 2n), toLittle(5n)))).toBe(true);
  expect(isPlainSignature(R)).toBe(false);
});

test("C4 of signatures with any byte changed nothing is approved that libsodium refuses", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(20),
      fc.uint8Array({ maxLength: 80 }),
      fc.nat(95),
      fc.nat(255),
      async (i, message, at, bits) => {
        const pk = ed25519.getPublicKey(seedOf(i));
        const sig = ed25519.sign(message, seedOf(i));
        expect(isPlainSignature(sig)).toBe(true);
        expect(await verifier.verify([{ pk, message, sig }])).toEqual([true]);
        const bad = sig.map((byte, k) => (k === at % 64 ? byte ^ bits : byte));
        if (!isPlainSignature(bad)) return;
        expect(await verifier.verify([{ pk, message, sig: bad }])).toEqual([verifyDetached(pk, message, bad)]);
      },
    ),
    { numRuns: 150 },
  );
});
