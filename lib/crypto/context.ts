// Contexts of seals and additional data of boxes: purpose, workspace, scope, epoch, recipient, generation (PROTOCOL C5).
import { enc } from "@/lib/base/encoding.ts";
import type { Id, InviteId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";

/** Whose KEM key an epoch key is sealed to: a person's PUK of generation `gen`, or an instant invite (gen 0). */
export type EpochRecipient = { readonly to: "user" | "invite"; readonly id: Id<string>; readonly gen: number };
/** Whose KEM key a PUK seed is sealed to: a device (gen 0), or the recovery key of generation `gen`. */
export type PukRecipient = { readonly to: "device" | "recovery"; readonly id: Id<string>; readonly gen: number };

/** Context of an epoch key's seal. */
export function epochSealCtx(ws: WorkspaceId, scope: ScopeId, epoch: number, to: EpochRecipient): Uint8Array {
  return enc("seal/epoch", idBytes(ws), idBytes(scope), epoch, to.to, idBytes(to.id), to.gen);
}

/** Context of a seal of the PUK seed of generation `gen`. */
export function pukSealCtx(ws: WorkspaceId, user: UserId, gen: number, to: PukRecipient): Uint8Array {
  return enc("seal/puk", idBytes(ws), idBytes(user), gen, to.to, idBytes(to.id), to.gen);
}

/** Additional data of the box that holds EK_{epoch−1} under EK_epoch (E2). */
export function prevBoxAd(ws: WorkspaceId, scope: ScopeId, epoch: number): Uint8Array {
  return enc("box/prev", idBytes(ws), idBytes(scope), epoch);
}

/** Additional data of the box that holds PUK seed gen−1 under seed `gen`. */
export function pukBoxAd(ws: WorkspaceId, user: UserId, gen: number): Uint8Array {
  return enc("box/puk", idBytes(ws), idBytes(user), gen);
}

/** Additional data of the box that holds the RIK seed under the recovery code of generation `gen` (D3). */
export function rootBoxAd(ws: WorkspaceId, user: UserId, gen: number): Uint8Array {
  return enc("box/root", idBytes(ws), idBytes(user), gen);
}

/** Additional data of an invite's box. The holder does not know ws yet; the invite's id commits to it (I1). */
export function inviteBoxAd(invite: InviteId): Uint8Array {
  return enc("box/invite", idBytes(invite));
}
