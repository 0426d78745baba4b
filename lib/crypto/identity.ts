// People, devices and per-user keys: minted, stated in signed cards, handed on to own devices (PROTOCOL section 2).

import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { DeviceId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { ID_BYTES, idBytes, mintId } from "@/lib/base/ids.ts";
import { deviceId, popBytes } from "@/lib/proof/hash.ts";
import type { DevicePublic, PukPublic, RecoveryPublic, SignedCard } from "@/lib/protocol/device.ts";
import { cardStructure } from "@/lib/protocol/device.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { VERSION } from "@/lib/protocol/limits.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { DeviceSecrets, EpochKey, KemSeed, PukSeed, RikSeed } from "./keys.ts";
import { deriveSecret, exposeSecret, KDF, mintSecret, SECRET_BYTES, secretFrom } from "./keys.ts";
import { randomBytes } from "./random.ts";
import type { PukRecipient } from "./seal.ts";
import { box, kemPublic, openBox, openSeal, pukBoxAd, pukSealCtx, seal } from "./seal.ts";
import { sign, signPublic } from "./sign.ts";

export type Device = { readonly id: DeviceId; readonly secrets: DeviceSecrets; readonly public: DevicePublic };
export type Puk = { readonly seed: PukSeed; readonly public: PukPublic };
export type Identity = {
  readonly user: UserId;
  readonly rik: { readonly pk: Uint8Array; readonly seed: RikSeed };
  readonly device: Device;
  readonly puk: Puk;
};

/** A fresh person with a first device and PUK generation 1. */
export function mintIdentity(): Identity {
  const rik = mintSecret("rik");
  return {
    user: mintId<"user">(randomBytes(ID_BYTES)),
    rik: { pk: signPublic(rik), seed: rik },
    device: mintDevice(),
    puk: mintPuk(1),
  };
}

/** A fresh device. */
export function mintDevice(): Device {
  return deviceOf({ sign: mintSecret("device-sign"), kem: mintSecret("device-kem") });
}

/** The device that these secrets make. */
export function deviceOf(secrets: DeviceSecrets): Device {
  const keys: DevicePublic = { sign: signPublic(secrets.sign), kem: kemPublic(secrets.kem) };
  return { id: deviceId(keys), secrets, public: keys };
}

/** A fresh per-user key of generation `gen`. */
export function mintPuk(gen: number): Puk {
  const seed = mintSecret("puk");
  return { seed, public: pukPublic(seed, gen) };
}

/** Public half of a PUK: the seed is the X-Wing seed. */
export function pukPublic(seed: PukSeed, gen: number): PukPublic {
  return { gen, pk: kemPublic(seed) };
}

export type CardFields = {
  /** null in genesis only */
  readonly ws: WorkspaceId | null;
  readonly user: UserId;
  readonly rik: RikSeed;
  readonly device: DeviceSecrets;
  readonly puk: PukPublic;
  readonly recovery: RecoveryPublic | null;
  /** claimed time, ms since 1970 */
  readonly ts: number;
};

/** A user card, signed by the RIK (`card`) and by the device (`pop`) over the same bytes. */
export function signCard(fields: CardFields): SignedCard {
  const card = cardStructure.encode({
    v: VERSION,
    ws: fields.ws,
    user: fields.user,
    rik: signPublic(fields.rik),
    device: deviceOf(fields.device).public,
    puk: fields.puk,
    recovery: fields.recovery,
    ts: fields.ts,
  });
  return { card, rikSig: sign("card", fields.rik, card), popSig: sign("pop", fields.device.sign, card) };
}

/** The new device's proof that it holds its keys, for device_add and user_reset. */
export function signPop(ws: WorkspaceId, user: UserId, device: Device): Uint8Array {
  return sign("pop", device.secrets.sign, popBytes(ws, user, device.id));
}

/** Which generation of whose PUK. */
export type PukName = { readonly ws: WorkspaceId; readonly user: UserId; readonly gen: number };

/** Rows about a person's PUK carry the person's id in their scope column. */
export function pukScope(user: UserId): ScopeId {
  return mintId<"scope">(idBytes(user));
}

/** Seals a PUK seed to a device or to the recovery key of its owner. Throws crypto/bad-kem-key. */
export function sealPuk(name: PukName, seed: PukSeed, to: PukRecipient & { readonly pk: Uint8Array }): SealRow {
  return {
    purpose: "puk",
    scope: pukScope(name.user),
    epoch: name.gen,
    to: to.to,
    recipient: mintId<"recipient">(idBytes(to.id)),
    gen: to.gen,
    ct: toBase64url(seal(to.pk, pukSealCtx(name.ws, name.user, name.gen, to), exposeSecret(seed))),
  };
}

/** The seed in a seal, if it makes the public key that the ledger has for this generation (C6). */
export function openPukSeal(
  name: PukName & { readonly pk: Uint8Array },
  row: SealRow,
  mine: PukRecipient & { readonly seed: KemSeed },
): PukSeed | FaultCode {
  const bytes = openSeal(mine.seed, pukSealCtx(name.ws, name.user, name.gen, mine), fromJson(row.ct));
  return bytes === null ? "crypto/cannot-open" : acceptPuk(name.pk, bytes);
}

/** Boxes the seed of generation gen−1 under the seed of generation `gen`. */
export function boxPreviousPuk(name: PukName, seed: PukSeed, previous: PukSeed): BoxRow {
  const ct = box(KDF(exposeSecret(seed), "prev-puk"), pukBoxAd(name.ws, name.user, name.gen), exposeSecret(previous));
  return { purpose: "puk", scope: pukScope(name.user), epoch: name.gen, ct: toBase64url(ct) };
}

/** The seed of generation gen−1 out of the box of `name.gen`; `previousPk` is the ledger's key of gen−1 (C6). */
export function openPreviousPuk(
  name: PukName,
  seed: PukSeed,
  previousPk: Uint8Array,
  row: BoxRow,
): PukSeed | FaultCode {
  const ad = pukBoxAd(name.ws, name.user, name.gen);
  const bytes = openBox(KDF(exposeSecret(seed), "prev-puk"), ad, fromJson(row.ct));
  return bytes === null ? "crypto/cannot-open" : acceptPuk(previousPk, bytes);
}

/** A seed from any source counts only if it makes the public key in the ledger (C6). */
export function acceptPuk(pk: Uint8Array, candidate: Uint8Array): PukSeed | "crypto/bad-commitment" {
  if (candidate.length !== SECRET_BYTES) return "crypto/bad-commitment";
  const seed = secretFrom("puk", candidate);
  return equal(kemPublic(seed), pk) ? seed : "crypto/bad-commitment";
}

/** Key and commitment of the self scope in epoch = PUK generation: KDF(seed, "self"), and the PUK's public key. */
export function selfEpoch(seed: PukSeed): { readonly ek: EpochKey; readonly kc: Uint8Array } {
  return { ek: deriveSecret("epoch", seed, "self"), kc: kemPublic(seed) };
}
