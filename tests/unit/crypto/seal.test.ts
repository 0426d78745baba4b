// Seals, boxes and their contexts (C5, C6 ground, E6, MS-20, MS-42).
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { concat } from "@/lib/base/bytes.ts";
import { toHex } from "@/lib/base/encoding.ts";
import type { Id } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { exposeSecret, mintSecret } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import {
  box,
  epochSealCtx,
  inviteBoxAd,
  kemPublic,
  openBox,
  openSeal,
  prevBoxAd,
  pukBoxAd,
  pukSealCtx,
  rootBoxAd,
  seal,
} from "@/lib/crypto/seal.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { BOX_BYTES, SEAL_BYTES } from "@/lib/protocol/room.ts";

const id = <K extends string>(fill: number, length = 16): Id<K> => mintId<K>(new Uint8Array(length).fill(fill));
const context = new Uint8Array([1, 2, 3]);
const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

beforeAll(cryptoReady);

describe("C5 seals", () => {
  test("C5 what is sealed to a key opens with its seed, at the size the wire states", () => {
    const seed = mintSecret("puk");
    const secret = randomBytes(32);
    const sealed = seal(kemPublic(seed), context, secret);
    expect(sealed).toHaveLength(SEAL_BYTES);
    expect(openSeal(seed, context, sealed)).toEqual(secret);
    expect(seal(kemPublic(seed), context, secret)).not.toEqual(sealed);
  });

  test("C5 another recipient, another context or any byte flipped opens nothing", () => {
    const seed = mintSecret("puk");
    const sealed = seal(kemPublic(seed), context, randomBytes(32));
    expect(openSeal(mintSecret("puk"), context, sealed)).toBeNull();
    expect(openSeal(seed, new Uint8Array([1, 2, 4]), sealed)).toBeNull();
    expect(openSeal(seed, new Uint8Array(), sealed)).toBeNull();
    for (let at = 0; at < sealed.length; at += 1) expect(openSeal(seed, context, flip(sealed, at))).toBeNull();
    for (const bad of [sealed.subarray(1), sealed.subarray(0, -1), concat(sealed, context), sealed.subarray(0, 1120)])
      expect(openSeal(seed, context, bad)).toBeNull();
  });

  test("MS-44 garbage as a seal opens nothing and throws nothing", () => {
    const seed = mintSecret("device-kem");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1300 }), (garbage) => openSeal(seed, context, garbage) === null),
      { numRuns: 50 },
    );
    expect(openSeal(seed, context, randomBytes(SEAL_BYTES))).toBeNull();
  });

  test("E6 MS-42 a malformed KEM key is a named fault: length, coefficients", () => {
    const pk = kemPublic(mintSecret("puk"));
    for (const bad of [
      new Uint8Array(),
      pk.subarray(1),
      concat(pk, context),
      pk.map((byte, at) => (at < 1184 ? 255 : byte)),
    ])
      expect(() => seal(bad, context, randomBytes(32))).toThrow("crypto/bad-kem-key");
  });

  test("MS-20 low-order X25519 points are refused in a key and open nothing in a seal", () => {
    const seed = mintSecret("puk");
    const sealed = seal(kemPublic(seed), context, randomBytes(32));
    const small = [
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ].map((hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
    for (const point of small) {
      const key = concat(kemPublic(seed).subarray(0, 1184), point);
      expect(() => seal(key, context, randomBytes(32)), toHex(point)).toThrow("crypto/bad-kem-key");
      const replaced = concat(sealed.subarray(0, 1088), point, sealed.subarray(1120));
      expect(openSeal(seed, context, replaced)).toBeNull();
    }
  });
});

describe("C5 boxes", () => {
  test("C5 a box opens under its key and additional data alone, at the size the wire states", () => {
    const [key, other, secret] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const boxed = box(key, context, secret);
    expect(boxed).toHaveLength(BOX_BYTES);
    expect(openBox(key, context, boxed)).toEqual(secret);
    expect(openBox(other, context, boxed)).toBeNull();
    expect(openBox(key, new Uint8Array(), boxed)).toBeNull();
    for (let at = 0; at < boxed.length; at += 1) expect(openBox(key, context, flip(boxed, at))).toBeNull();
    for (let length = 0; length < boxed.length; length += 1)
      expect(openBox(key, context, boxed.subarray(0, length))).toBeNull();
  });

  test("C5 two boxes of the same content share neither nonce nor ciphertext", () => {
    const key = randomBytes(32);
    const [one, two] = [box(key, context, context), box(key, context, context)];
    expect(one.subarray(0, 24)).not.toEqual(two.subarray(0, 24));
    expect(one.subarray(24)).not.toEqual(two.subarray(24));
  });
});

describe("C5 contexts", () => {
  test("C5 every part of every context changes it, and no two purposes share one", () => {
    const user = { to: "user", id: id(1), gen: 1 } as const;
    const device = { to: "device", id: id(1), gen: 1 } as const;
    const all = [
      epochSealCtx(id(1, 32), id(1), 1, user),
      epochSealCtx(id(2, 32), id(1), 1, user),
      epochSealCtx(id(1, 32), id(2), 1, user),
      epochSealCtx(id(1, 32), id(1), 2, user),
      epochSealCtx(id(1, 32), id(1), 1, { ...user, to: "invite" }),
      epochSealCtx(id(1, 32), id(1), 1, { ...user, id: id(2) }),
      epochSealCtx(id(1, 32), id(1), 1, { ...user, gen: 2 }),
      pukSealCtx(id(1, 32), id(1), 1, device),
      pukSealCtx(id(2, 32), id(1), 1, device),
      pukSealCtx(id(1, 32), id(2), 1, device),
      pukSealCtx(id(1, 32), id(1), 2, device),
      pukSealCtx(id(1, 32), id(1), 1, { ...device, to: "recovery" }),
      pukSealCtx(id(1, 32), id(1), 1, { ...device, id: id(2) }),
      pukSealCtx(id(1, 32), id(1), 1, { ...device, gen: 2 }),
      prevBoxAd(id(1, 32), id(1), 1),
      prevBoxAd(id(2, 32), id(1), 1),
      prevBoxAd(id(1, 32), id(2), 1),
      prevBoxAd(id(1, 32), id(1), 2),
      ...[pukBoxAd, rootBoxAd].flatMap((ad) => [
        ad(id(1, 32), id(1), 1),
        ad(id(2, 32), id(1), 1),
        ad(id(1, 32), id(2), 1),
        ad(id(1, 32), id(1), 2),
      ]),
      inviteBoxAd(id(1)),
      inviteBoxAd(id(2)),
    ].map(toHex);
    expect(new Set(all).size).toBe(all.length);
  });

  test("invariant 2 a KEM seed of one owner opens nothing of another, whatever the context", () => {
    const [mine, theirs] = [mintSecret("puk"), mintSecret("puk")];
    const sealed = seal(kemPublic(theirs), context, exposeSecret(mintSecret("epoch")));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (other) => openSeal(mine, other, sealed) === null),
      { numRuns: 30 },
    );
  });
});
