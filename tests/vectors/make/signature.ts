// Vectors of signatures and public keys, with the edges on which verifiers are known to part (C4).
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat } from "@/lib/base/bytes.ts";
import { exposeSecret, mintSecret } from "@/lib/crypto/keys.ts";
import { kemPublic } from "@/lib/crypto/seal.ts";
import { sign, signPublic } from "@/lib/crypto/sign.ts";
import { SIG_CONTEXTS, signedBytes } from "@/lib/proof/verify.ts";
import { unhex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const P = Point.Fp.ORDER;

function le(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 255n));
}
const fromLe = (bytes: Uint8Array) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** A signature whose key is aB plus a point of small order, by the textbook. */
function mixedSignature(bytes: Uint8Array): { pk: Uint8Array; sig: Uint8Array; torsionFree: boolean } {
  const torsion = Point.fromHex(ED25519_TORSION_SUBGROUP[1] ?? "");
  const [a, r] = [fromLe(some(32)) % L, fromLe(some(32)) % L];
  const [pk, nonce] = [Point.BASE.multiply(a).add(torsion).toBytes(), Point.BASE.multiply(r).toBytes()];
  const k = fromLe(sha512(concat(nonce, pk, signedBytes("msg", bytes)))) % L;
  return { pk, sig: concat(nonce, le((r + k * a) % L)), torsionFree: k % 8n === 0n };
}

function makeEdges(maker: Maker): void {
  const seed = mintSecret("device-sign");
  const bytes = some(20);
  const good = { context: "msg", pk: signPublic(seed), bytes, sig: sign("msg", seed, bytes) };
  const bad = (name: string, change: Partial<typeof good>) =>
    maker.refuse("verify", name, { ...good, ...change }, "proof/bad-signature");
  maker.add("verify", "as it should be", good, true);
  bad("other bytes", { bytes: flip(bytes, 0) });
  bad("no bytes", { bytes: new Uint8Array() });
  bad("another key", { pk: signPublic(mintSecret("device-sign")) });
  bad("R changed", { sig: flip(good.sig, 3) });
  bad("S changed", { sig: flip(good.sig, 40) });
  bad("63 bytes", { sig: good.sig.subarray(1) });
  bad("zero signature", { sig: new Uint8Array(64) });
  const s = fromLe(good.sig.subarray(32));
  bad("S + L: the same number, not canonical", { sig: concat(good.sig.subarray(0, 32), le(s + L)) });
  const lenient = concat(Point.BASE.multiply(5n).toBytes(), le(5n));
  for (const [at, point] of ED25519_TORSION_SUBGROUP.entries())
    bad(`key of small order ${at}, signature of a known number`, { pk: unhex(point), sig: lenient });
  bad("identity as a key, not canonical", { pk: le(P + 1n), sig: lenient });
  const mixed = mixedSignature(bytes);
  if (mixed.torsionFree) throw new RangeError("choose another seed");
  bad("key with a part of small order: only a verifier with cofactor takes it", { pk: mixed.pk, sig: mixed.sig });
}

function makeKeys(maker: Maker): void {
  const good = signPublic(mintSecret("rik"));
  const bad = (name: string, pk: Uint8Array) => maker.refuse("publicKey", name, { pk }, "proof/bad-key");
  maker.add("publicKey", "as it should be", { pk: good }, true);
  for (const [at, point] of ED25519_TORSION_SUBGROUP.entries()) bad(`small order ${at}`, unhex(point));
  bad("31 bytes", good.subarray(1));
  bad("y = p + 1, the identity not canonical", le(P + 1n));
  bad("y = p + 3, not canonical", le(P + 3n));
  bad("no point", le(2n));
  bad(
    "with a part of small order",
    Point.fromBytes(good)
      .add(Point.fromHex(ED25519_TORSION_SUBGROUP[1] ?? ""))
      .toBytes(),
  );
  const kem = kemPublic(mintSecret("puk"));
  const badKem = (name: string, pk: Uint8Array) => maker.refuse("kemKey", name, { pk }, "proof/bad-key");
  maker.add("kemKey", "as it should be", { pk: kem }, true);
  badKem("1215 bytes", kem.subarray(1));
  badKem("1217 bytes", concat(kem, new Uint8Array(1)));
  badKem("first coefficient 3329", concat(new Uint8Array([0x01, ((kem[1] ?? 0) & 0xf0) | 0x0d]), kem.subarray(2)));
  badKem("all ones", new Uint8Array(1216).fill(255));
  for (const [name, u] of [
    ["0", 0n],
    ["1", 1n],
    ["p − 1", P - 1n],
    ["p", P],
    ["p + 1", P + 1n],
  ] as const)
    badKem(`X25519 part ${name}`, concat(kem.subarray(0, 1184), le(u)));
  badKem(
    "X25519 part of order 8",
    concat(kem.subarray(0, 1184), unhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")),
  );
}

export function makeSignature(maker: Maker): void {
  const seed = mintSecret("device-sign");
  const bytes = some(33);
  for (const context of SIG_CONTEXTS) maker.add("sign", context, { seed: exposeSecret(seed), context, bytes });
  maker.add("sign", "no bytes", { seed: exposeSecret(seed), context: "msg", bytes: new Uint8Array() });
  const sig = sign("card", seed, bytes);
  for (const context of SIG_CONTEXTS.slice(1))
    maker.refuse(
      "verify",
      `a card's signature as ${context}`,
      { context, pk: signPublic(seed), bytes, sig },
      "proof/bad-signature",
    );
  makeEdges(maker);
  makeKeys(maker);
}
