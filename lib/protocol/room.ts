// Scopes, epochs, seals and boxes: who holds which key, as it lies beside the ledger (PROTOCOL section 4).
import { z } from "zod";
import { count, jsonBytes, jsonId } from "./fields.ts";

/** Ciphertext of a 32-byte secret sealed with X-Wing: 1120 (KEM) + 32 + 16 bytes. */
export const SEAL_BYTES = 1168;
/** Ciphertext of a 32-byte secret in a box: 24 (nonce) + 32 + 16 bytes. */
export const BOX_BYTES = 72;

/**
 * A secret sealed to one recipient's KEM key; a hint until it matches its commitment (E2, E3).
 * purpose `epoch`: an epoch key of `scope`, to a user's PUK of generation `gen` or an instant invite (`gen` 0).
 * purpose `puk`: PUK seed of generation `epoch` of the user whose id is `scope`, to a device or recovery key
 * (`gen`: the recovery generation, 0 for devices).
 * purpose `circle`: the part of a helper in the circle of number `epoch` of the user whose id is `scope` (D6).
 */
export const sealSchema = z.strictObject({
  purpose: z.enum(["epoch", "puk", "circle"]),
  scope: jsonId<"scope">(),
  epoch: count,
  to: z.enum(["user", "invite", "device", "recovery"]),
  recipient: jsonId<"recipient">(),
  gen: count,
  ct: jsonBytes(SEAL_BYTES, SEAL_BYTES),
});
export type SealRow = z.output<typeof sealSchema>;

/**
 * A secret boxed under another: `prev`: EK_{epoch−1} under KDF(EK_epoch, "prev"); `puk`: seed epoch−1 under seed
 * `epoch` of the user whose id is `scope`; `root`: the RIK seed under the recovery code (D3); `invite`: what an invite
 * tells its holder (I1, any length); `circle`: the recovery code for every few helpers who suffice, one box after the
 * other (D6).
 */
export const boxSchema = z.strictObject({
  purpose: z.enum(["prev", "puk", "root", "invite", "circle"]),
  scope: jsonId<"scope">(),
  epoch: count,
  ct: jsonBytes(8192, 40),
});
export type BoxRow = z.output<typeof boxSchema>;
