// Per-user keys: seeds sealed to devices and the recovery key, older ones boxed, what comes accepted (PROTOCOL section 2).
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { PukRecipient } from "./context.ts";
import { pukBoxAd, pukSealCtx } from "./context.ts";
import { deriveSecret, KDF } from "./kdf.ts";
import type { EpochKey, KemSeed, PukSeed } from "./keys.ts";
import { exposeSecret, SECRET_BYTES, secretFrom } from "./keys.ts";
import { box, kemPublic, openBox, openSeal, seal } from "./seal.ts";

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
