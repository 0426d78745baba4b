// Epoch keys: minted, committed to, sealed, boxed, accepted only when they match the ledger (PROTOCOL section 4).
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, ScopeId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { epochCommit } from "@/lib/proof/hash.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { ChannelKey, EpochKey, KemSeed } from "./keys.ts";
import { deriveSecret, exposeSecret, KDF, mintSecret, SECRET_BYTES, secretFrom } from "./keys.ts";
import type { EpochRecipient } from "./seal.ts";
import { box, epochSealCtx, openBox, openSeal, prevBoxAd, seal } from "./seal.ts";

/** Which epoch of which scope. */
export type EpochName = { readonly ws: WorkspaceId; readonly scope: ScopeId; readonly epoch: number };
/** The same with the commitment that the ledger holds. */
export type CommittedEpoch = EpochName & { readonly kc: Uint8Array };

/** A fresh epoch key. */
export function mintEpochKey(): EpochKey {
  return mintSecret("epoch");
}

/** kc of the epoch link (E1). */
export function commitEpoch(name: EpochName, ek: EpochKey): Uint8Array {
  return epochCommit(name.ws, name.scope, name.epoch, exposeSecret(ek));
}

/** A key from any source counts only if it matches kc (C6, E3). */
export function acceptEpochKey(name: CommittedEpoch, candidate: Uint8Array): EpochKey | "crypto/bad-commitment" {
  if (candidate.length !== SECRET_BYTES) return "crypto/bad-commitment";
  const kc = epochCommit(name.ws, name.scope, name.epoch, candidate);
  return equal(kc, name.kc) ? secretFrom("epoch", candidate) : "crypto/bad-commitment";
}

/** Seals an epoch key to a person's PUK or an instant invite (E2). Throws crypto/bad-kem-key (E6). */
export function sealEpochKey(name: EpochName, ek: EpochKey, to: EpochRecipient & { readonly pk: Uint8Array }): SealRow {
  return {
    purpose: "epoch",
    scope: name.scope,
    epoch: name.epoch,
    to: to.to,
    recipient: mintId<"recipient">(idBytes(to.id)),
    gen: to.gen,
    ct: toBase64url(seal(to.pk, epochSealCtx(name.ws, name.scope, name.epoch, to), exposeSecret(ek))),
  };
}

/** The key in a seal, or why it does not count: seals are hints (E2). */
export function openEpochSeal(
  name: CommittedEpoch,
  row: SealRow,
  mine: EpochRecipient & { readonly seed: KemSeed },
): EpochKey | FaultCode {
  const bytes = openSeal(mine.seed, epochSealCtx(name.ws, name.scope, name.epoch, mine), fromJson(row.ct));
  return bytes === null ? "crypto/cannot-open" : acceptEpochKey(name, bytes);
}

/** prevBox of epoch `name`: the key of epoch−1 under this one (E2). */
export function boxPreviousEpoch(name: EpochName, ek: EpochKey, previous: EpochKey): BoxRow {
  const ct = box(KDF(exposeSecret(ek), "prev"), prevBoxAd(name.ws, name.scope, name.epoch), exposeSecret(previous));
  return { purpose: "prev", scope: name.scope, epoch: name.epoch, ct: toBase64url(ct) };
}

/** The key of epoch−1 out of the prevBox of `name.epoch`; `previousKc` is its commitment in the ledger (E3). */
export function openPreviousEpoch(
  name: EpochName,
  ek: EpochKey,
  previousKc: Uint8Array,
  row: BoxRow,
): EpochKey | FaultCode {
  const ad = prevBoxAd(name.ws, name.scope, name.epoch);
  const bytes = openBox(KDF(exposeSecret(ek), "prev"), ad, fromJson(row.ct));
  if (bytes === null) return "crypto/cannot-open";
  return acceptEpochKey({ ...name, epoch: name.epoch - 1, kc: previousKc }, bytes);
}

const channelKeys = new WeakMap<EpochKey, Map<ChannelId, ChannelKey>>();

/** KDF(EK, "chan", channel), for every channel of every scope, state channels and the self scope's included. */
export function channelKey(ek: EpochKey, channel: ChannelId): ChannelKey {
  const known = channelKeys.get(ek) ?? new Map<ChannelId, ChannelKey>();
  channelKeys.set(ek, known);
  const key = known.get(channel) ?? deriveSecret("channel", ek, "chan", idBytes(channel));
  known.set(channel, key);
  return key;
}
