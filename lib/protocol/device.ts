// Devices, per-user keys, recovery keys and the user card (PROTOCOL section 2).
import { z } from "zod";
import { bytesUpTo, count, id, kemKey, positive, signature, signKey, structure } from "./fields.ts";
import { VERSION } from "./limits.ts";

/** Public half of a device. Its id is the first 16 bytes of H("device", sign, kem). */
export const devicePublic = z.strictObject({ sign: signKey, kem: kemKey });
export type DevicePublic = z.output<typeof devicePublic>;

/** Public half of a per-user key, generation from 1. */
export const pukPublic = z.strictObject({ gen: positive, pk: kemKey });
export type PukPublic = z.output<typeof pukPublic>;

/** Public half of a recovery code for one workspace (D3). */
export const recoveryPublic = z.strictObject({ gen: positive, auth: signKey, kem: kemKey });
export type RecoveryPublic = z.output<typeof recoveryPublic>;

/** User card: what a person brings along. `ws` is null only in genesis, where it does not exist yet; so is `recovery`. */
export const cardSchema = z.strictObject({
  v: z.literal(VERSION),
  ws: id<"workspace">(32).nullable(),
  user: id<"user">(),
  rik: signKey,
  device: devicePublic,
  puk: pukPublic,
  recovery: recoveryPublic.nullable(),
  ts: count,
});
export type Card = z.output<typeof cardSchema>;
export const cardStructure = structure(cardSchema);

/** A card as it travels inside links: exact bytes, signed by the RIK (`card`) and by the device (`pop`). */
export const signedCard = z.strictObject({ card: bytesUpTo(8192), rikSig: signature, popSig: signature });
export type SignedCard = z.output<typeof signedCard>;
