// People and devices: minting identities, signing cards and pops (PROTOCOL section 2).
import type { DeviceId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { ID_BYTES, mintId } from "@/lib/base/ids.ts";
import { deviceId, popBytes } from "@/lib/proof/hash.ts";
import type { DevicePublic, PukPublic, RecoveryPublic, SignedCard } from "@/lib/protocol/device.ts";
import { cardStructure } from "@/lib/protocol/device.ts";
import { VERSION } from "@/lib/protocol/limits.ts";
import type { DeviceSecrets, PukSeed, RikSeed } from "./keys.ts";
import { mintSecret } from "./keys.ts";
import { randomBytes } from "./random.ts";
import { kemPublic } from "./seal.ts";
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
