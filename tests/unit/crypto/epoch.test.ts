// Epoch keys, per-user keys and the self scope: only what matches the ledger counts (C6, E2, E3, E6, section 2).
import { beforeAll, describe, expect, test } from "vitest";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { Id } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import type { CommittedEpoch } from "@/lib/crypto/epoch.ts";
import {
  acceptEpochKey,
  boxPreviousEpoch,
  channelKey,
  commitEpoch,
  mintEpochKey,
  openEpochSeal,
  openPreviousEpoch,
  sealEpochKey,
} from "@/lib/crypto/epoch.ts";
import {
  acceptPuk,
  boxPreviousPuk,
  mintDevice,
  mintPuk,
  openPreviousPuk,
  openPukSeal,
  pukPublic,
  sealPuk,
  selfEpoch,
} from "@/lib/crypto/identity.ts";
import type { Secret, SecretKind } from "@/lib/crypto/keys.ts";
import { exposeSecret, mintSecret } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { box, epochSealCtx, kemPublic, prevBoxAd, seal } from "@/lib/crypto/seal.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { boxSchema, sealSchema } from "@/lib/protocol/room.ts";

const id = <K extends string>(length = 16): Id<K> => mintId<K>(randomBytes(length));
const raw = (opened: Secret<SecretKind> | FaultCode) => (typeof opened === "string" ? opened : exposeSecret(opened));

beforeAll(cryptoReady);

function scene() {
  const name = { ws: id<"workspace">(32), scope: id<"scope">(), epoch: 4 };
  const ek = mintEpochKey();
  const committed: CommittedEpoch = { ...name, kc: commitEpoch(name, ek) };
  const anna = { to: "user", id: id<"user">(), gen: 2, seed: mintSecret("puk") } as const;
  return { name, ek, committed, anna, annaPk: kemPublic(anna.seed) };
}

describe("E3 epoch keys", () => {
  test("E3 the key that was committed to is accepted; any other, or a name apart, is not", () => {
    const { committed, ek } = scene();
    const bytes = exposeSecret(ek);
    expect(raw(acceptEpochKey(committed, bytes))).toEqual(bytes);
    for (let at = 0; at < 32; at += 1)
      expect(
        acceptEpochKey(
          committed,
          bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)),
        ),
      ).toBe("crypto/bad-commitment");
    expect(acceptEpochKey({ ...committed, ws: id(32) }, bytes)).toBe("crypto/bad-commitment");
    expect(acceptEpochKey({ ...committed, scope: id() }, bytes)).toBe("crypto/bad-commitment");
    expect(acceptEpochKey({ ...committed, epoch: 5 }, bytes)).toBe("crypto/bad-commitment");
    expect(acceptEpochKey(committed, bytes.subarray(1))).toBe("crypto/bad-commitment");
    expect(acceptEpochKey(committed, new Uint8Array())).toBe("crypto/bad-commitment");
  });

  test("E2 a seal opens for its recipient, in the wire's form", () => {
    const { name, committed, ek, anna, annaPk } = scene();
    const row = sealEpochKey(name, ek, { ...anna, pk: annaPk });
    expect(sealSchema.parse(row)).toEqual(row);
    expect(row).toMatchObject({
      purpose: "epoch",
      scope: name.scope,
      epoch: 4,
      to: "user",
      recipient: anna.id,
      gen: 2,
    });
    expect(raw(openEpochSeal(committed, row, anna))).toEqual(exposeSecret(ek));
  });

  test("C5 a seal opens for no other scope, epoch, person, generation, kind or key", () => {
    const { name, committed, ek, anna, annaPk } = scene();
    const row = sealEpochKey(name, ek, { ...anna, pk: annaPk });
    const closed = "crypto/cannot-open";
    expect(openEpochSeal({ ...committed, scope: id() }, row, anna)).toBe(closed);
    expect(openEpochSeal({ ...committed, epoch: 3 }, row, anna)).toBe(closed);
    expect(openEpochSeal({ ...committed, ws: id(32) }, row, anna)).toBe(closed);
    expect(openEpochSeal(committed, row, { ...anna, id: id() })).toBe(closed);
    expect(openEpochSeal(committed, row, { ...anna, gen: 1 })).toBe(closed);
    expect(openEpochSeal(committed, row, { ...anna, to: "invite" })).toBe(closed);
    expect(openEpochSeal(committed, row, { ...anna, seed: mintSecret("puk") })).toBe(closed);
  });

  test("MS-44 C6 a well-made seal of another key is told by the commitment", () => {
    const { name, committed, anna, annaPk } = scene();
    const wrong = sealEpochKey(name, mintEpochKey(), { ...anna, pk: annaPk });
    expect(openEpochSeal(committed, wrong, anna)).toBe("crypto/bad-commitment");
    const short = seal(annaPk, epochSealCtx(name.ws, name.scope, name.epoch, anna), new Uint8Array(31));
    expect(openEpochSeal(committed, { ...wrong, ct: toBase64url(short) }, anna)).toBe("crypto/bad-commitment");
    expect(openEpochSeal(committed, { ...wrong, ct: toBase64url(randomBytes(1168)) }, anna)).toBe("crypto/cannot-open");
  });

  test("E6 sealing to a malformed key throws the one code that lets a rotator skip it", () => {
    const { name, ek, anna, annaPk } = scene();
    const broken = annaPk.map((byte, at) => (at < 600 ? 255 : byte));
    expect(() => sealEpochKey(name, ek, { ...anna, pk: broken })).toThrow("crypto/bad-kem-key");
  });

  test("E2 the prevBox opens the epoch before, for who holds the epoch, and tells a false key", () => {
    const { name, ek } = scene();
    const before = mintEpochKey();
    const kc = commitEpoch({ ...name, epoch: 3 }, before);
    const row = boxPreviousEpoch(name, ek, before);
    expect(boxSchema.parse(row)).toEqual(row);
    expect(raw(openPreviousEpoch(name, ek, kc, row))).toEqual(exposeSecret(before));
    expect(openPreviousEpoch(name, before, kc, row)).toBe("crypto/cannot-open");
    expect(openPreviousEpoch(name, mintEpochKey(), kc, row)).toBe("crypto/cannot-open");
    expect(openPreviousEpoch({ ...name, epoch: 5 }, ek, kc, row)).toBe("crypto/cannot-open");
    expect(openPreviousEpoch({ ...name, scope: id() }, ek, kc, row)).toBe("crypto/cannot-open");
    expect(openPreviousEpoch(name, ek, kc, boxPreviousEpoch(name, ek, mintEpochKey()))).toBe("crypto/bad-commitment");
    expect(openPreviousEpoch(name, ek, commitEpoch(name, before), row)).toBe("crypto/bad-commitment");
  });

  test("invariant 2 the keys of an epoch lead only backwards: nothing of e makes a key of e+1", () => {
    const { name, ek } = scene();
    const next = mintEpochKey();
    const row = boxPreviousEpoch({ ...name, epoch: 5 }, next, ek);
    expect(openPreviousEpoch({ ...name, epoch: 5 }, ek, commitEpoch(name, ek), row)).toBe("crypto/cannot-open");
    const known = [ek, channelKey(ek, id())].map(exposeSecret);
    for (const key of known) {
      expect(key).not.toEqual(exposeSecret(next));
      expect(box(key, prevBoxAd(name.ws, name.scope, 5), exposeSecret(ek))).toHaveLength(72);
    }
  });
});

describe("section 2 per-user keys", () => {
  const user = mintUser();
  function mintUser() {
    return mintId<"user">(new Uint8Array(16).fill(3));
  }

  test("a seed reaches a device and the recovery key, and counts by its public key alone", () => {
    const ws = id<"workspace">(32);
    const puk = mintPuk(2);
    const device = mintDevice();
    const recovery = mintSecret("recovery-kem");
    const name = { ws, user, gen: 2 };
    const toDevice = { to: "device", id: device.id, gen: 0 } as const;
    const row = sealPuk(name, puk.seed, { ...toDevice, pk: device.public.kem });
    expect(sealSchema.parse(row)).toEqual(row);
    const open = { ...name, pk: puk.public.pk };
    expect(raw(openPukSeal(open, row, { ...toDevice, seed: device.secrets.kem }))).toEqual(exposeSecret(puk.seed));
    expect(openPukSeal({ ...open, gen: 1 }, row, { ...toDevice, seed: device.secrets.kem })).toBe("crypto/cannot-open");
    expect(openPukSeal(open, row, { ...toDevice, seed: mintDevice().secrets.kem })).toBe("crypto/cannot-open");
    expect(openPukSeal({ ...open, pk: mintPuk(2).public.pk }, row, { ...toDevice, seed: device.secrets.kem })).toBe(
      "crypto/bad-commitment",
    );
    const toRecovery = { to: "recovery", id: user, gen: 1 } as const;
    const second = sealPuk(name, puk.seed, { ...toRecovery, pk: kemPublic(recovery) });
    expect(raw(openPukSeal(open, second, { ...toRecovery, seed: recovery }))).toEqual(exposeSecret(puk.seed));
    expect(openPukSeal(open, second, { ...toRecovery, gen: 2, seed: recovery })).toBe("crypto/cannot-open");
  });

  test("generation g opens generation g−1, and a false seed is told", () => {
    const ws = id<"workspace">(32);
    const [one, two] = [mintPuk(1), mintPuk(2)];
    const name = { ws, user, gen: 2 };
    const row = boxPreviousPuk(name, two.seed, one.seed);
    expect(boxSchema.parse(row)).toEqual(row);
    expect(raw(openPreviousPuk(name, two.seed, one.public.pk, row))).toEqual(exposeSecret(one.seed));
    expect(openPreviousPuk(name, one.seed, one.public.pk, row)).toBe("crypto/cannot-open");
    expect(openPreviousPuk({ ...name, gen: 3 }, two.seed, one.public.pk, row)).toBe("crypto/cannot-open");
    const wrong = boxPreviousPuk(name, two.seed, mintSecret("puk"));
    expect(openPreviousPuk(name, two.seed, one.public.pk, wrong)).toBe("crypto/bad-commitment");
    expect(acceptPuk(one.public.pk, new Uint8Array(31))).toBe("crypto/bad-commitment");
    expect(pukPublic(one.seed, 1)).toEqual(one.public);
  });

  test("the self scope's key follows from the PUK seed, its commitment is the PUK's public key", () => {
    const [one, two] = [mintPuk(1), mintPuk(2)];
    const self = selfEpoch(one.seed);
    expect(self.kc).toEqual(one.public.pk);
    expect(exposeSecret(self.ek)).toEqual(exposeSecret(selfEpoch(one.seed).ek));
    expect(exposeSecret(self.ek)).not.toEqual(exposeSecret(selfEpoch(two.seed).ek));
    expect(exposeSecret(self.ek)).not.toEqual(exposeSecret(one.seed));
    expect(idBytes(user)).toHaveLength(16);
  });
});
