// Rules about invites and those who come by them (PROTOCOL I1 to I5).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { InviteId } from "@/lib/base/ids.ts";
import { inviteId } from "@/lib/proof/hash.ts";
import { isAdminRole, isInsideRole, isOpenAt, roleAt } from "@/lib/proof/queries.ts";
import type { InviteState, LedgerState } from "@/lib/proof/state.ts";
import { latest } from "@/lib/proof/state.ts";
import { checkKemKey, checkPublicKey } from "@/lib/proof/verify.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Rule } from "./rule.ts";
import { rule } from "./rule.ts";

const HOUR_MS = 3_600_000;

function judgeOpen(invite: InviteState, n: number): FaultCode | null {
  if (isOpenAt(invite, n)) return null;
  return invite.usedBy.length >= invite.maxUses ? "proof/invite-used" : "proof/invite-closed";
}

function judgeUse(state: LedgerState, id: InviteId, mode: "instant" | "approval"): FaultCode | null {
  return state.invites.get(id)?.mode === mode ? null : "proof/bad-invite";
}

export const INVITE_RULES: readonly Rule[] = [
  rule(
    ["invite_create"],
    "L7 An admin invites; a member where the policy lets him, by approval only.",
    (step, body) => {
      const role = roleAt(step.state, step.link.user);
      const byPolicy =
        latest(step.state.policy)?.invites === "members" && isInsideRole(role) && body.mode === "approval";
      return isAdminRole(role) || byPolicy ? null : "proof/no-right";
    },
  ),
  rule(["invite_create"], "I2 An instant invite has a KEM key, one by approval none.", (_, body) =>
    (body.kem !== null) === (body.mode === "instant") ? null : "proof/bad-invite",
  ),
  rule(["invite_create"], "I2 An instant invite lets in members, not guests.", (_, body) =>
    body.mode === "instant" && body.role !== "member" ? "proof/bad-invite" : null,
  ),
  rule(["invite_create"], "I2 An instant invite serves at most 25 times, one by approval 1,000 times.", (_, body) =>
    body.maxUses <= (body.mode === "instant" ? LIMITS.instantUses : LIMITS.approvalUses) ? null : "proof/bad-invite",
  ),
  rule(["invite_create"], "I2 An instant invite lasts at most 72 hours, one by approval 30 days.", ({ link }, body) => {
    const hours = body.mode === "instant" ? LIMITS.instantHours : LIMITS.approvalHours;
    return body.expires > link.ts && body.expires - link.ts <= hours * HOUR_MS ? null : "proof/bad-invite";
  }),
  rule(["invite_create"], "C4 An invite’s keys are valid.", ({ cache }, body) =>
    checkPublicKey(body.sign, cache) && (body.kem === null || checkKemKey(body.kem)) ? null : "proof/bad-key",
  ),
  rule(["invite_create"], "I1 An invite’s id is the hash of workspace, inviter and keys.", ({ state, link }, body) => {
    const rik = latest(state.users.get(link.user)?.rik ?? []) ?? new Uint8Array();
    const id = inviteId(state.ws, rik, body.sign, body.box, body.kem);
    return id === body.invite ? null : "proof/bad-invite";
  }),
  rule(["invite_create"], "I1 An invite is made once.", ({ state }, body) =>
    state.invites.has(body.invite) ? "proof/duplicate" : null,
  ),
  rule(["invite_close"], "L7 Any member closes invites, guests do not.", ({ state, link }) =>
    isInsideRole(roleAt(state, link.user)) ? null : "proof/no-right",
  ),
  rule(["invite_close", "member_add", "member_join"], "I3 The invite exists.", ({ state }, body) =>
    state.invites.has(body.invite) ? null : "proof/bad-invite",
  ),
  rule(
    ["invite_close", "member_add", "member_join"],
    "I3 The invite is open: neither closed nor used up.",
    (step, body) => {
      const invite = step.state.invites.get(body.invite);
      return invite === undefined ? null : judgeOpen(invite, step.n);
    },
  ),
  rule(["member_add"], "I4 An admin adds.", ({ state, link }) =>
    isAdminRole(roleAt(state, link.user)) ? null : "proof/no-right",
  ),
  rule(["member_add"], "I4 An admin adds by an invite that asks for approval.", ({ state }, body) =>
    judgeUse(state, body.invite, "approval"),
  ),
  rule(["member_join"], "I5 One joins by oneself by an instant invite only.", ({ state }, body) =>
    judgeUse(state, body.invite, "instant"),
  ),
  rule(["member_add"], "I4 The invite’s key signed the newcomer’s card.", ({ state, verify }, body) => {
    const key = state.invites.get(body.invite)?.sign;
    return key !== undefined && verify("invite", key, body.card.card, body.inviteSig) ? null : "proof/bad-signature";
  }),
  rule(["member_join"], "I5 The invite’s key signed the link.", ({ state, signed, verify }, body) => {
    const key = state.invites.get(body.invite)?.sign;
    const held = key !== undefined && signed.extra !== null && verify("invite", key, signed.bytes, signed.extra);
    return held ? null : "proof/bad-signature";
  }),
];
