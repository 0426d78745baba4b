// Requests to be let in: what everyone can check of one before anybody decides about it (PROTOCOL I3, I4).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { InviteId, UserId } from "@/lib/base/ids.ts";
import type { Card } from "@/lib/protocol/device.ts";
import type { JoinRequest, SignedRequest } from "@/lib/protocol/invite.ts";
import { joinRequestStructure } from "@/lib/protocol/invite.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { deviceId, selfScope } from "./hash.ts";
import { currentPuk, isAdminRole, isOpenAt, roleAt } from "./queries.ts";
import type { LedgerState } from "./state.ts";
import { parseCard, verifySignature } from "./verify.ts";

export type Decider = { readonly user: UserId; readonly gen: number; readonly pk: Uint8Array };

/** Those who may let somebody in now, with the key to which a newcomer seals his name; at most so many as a request holds. */
export function deciders(state: LedgerState): Decider[] {
  const found = [...state.users.keys()].flatMap((user): Decider[] => {
    const puk = currentPuk(state, user);
    return puk !== null && isAdminRole(roleAt(state, user)) ? [{ user, ...puk }] : [];
  });
  return found.sort((a, b) => (a.user < b.user ? -1 : 1)).slice(0, LIMITS.joinDeciders);
}

export type ReadRequest = { readonly request: JoinRequest; readonly card: Card };

/**
 * A request, verified before it is parsed (C3) and held against the ledger as it stands: the invite asks for approval and
 * is open, its key signed request and card, the card's own signatures hold, and nobody has its id, root key or device.
 */
export function readJoinRequest(
  state: LedgerState,
  invite: InviteId,
  signed: SignedRequest,
): ReadRequest | { readonly code: FaultCode } {
  const found = state.invites.get(invite);
  if (found === undefined || found.mode !== "approval") return { code: "proof/bad-invite" };
  if (!isOpenAt(found, state.n))
    return { code: found.usedBy.length >= found.maxUses ? "proof/invite-used" : "proof/invite-closed" };
  if (!verifySignature("request", found.sign, signed.bytes, signed.sig)) return { code: "proof/bad-signature" };
  try {
    const request = joinRequestStructure.parse(signed.bytes);
    if (request.ws !== state.ws) return { code: "proof/wrong-workspace" };
    if (request.invite !== invite) return { code: "proof/bad-invite" };
    const card = parseCard(request.card, { ws: state.ws });
    if (!verifySignature("invite", found.sign, request.card.card, request.inviteSig))
      return { code: "proof/bad-signature" };
    const code = judgeCard(state, card);
    return code === null ? { request, card } : { code };
  } catch (thrown) {
    return { code: asFault(thrown).code };
  }
}

/** As the fold will judge the card (I5, D7): a request that could not be granted is none. */
function judgeCard(state: LedgerState, card: Card): FaultCode | null {
  if (state.taken.has(toBase64url(card.rik)) || state.deviceOwner.has(deviceId(card.device))) return "proof/duplicate";
  const person = state.users.get(card.user);
  if (person !== undefined) {
    // One who was here and lost everything: his place goes on, and so do the generations of his keys.
    if (roleAt(state, card.user) === null) return "proof/not-member";
    const puk = card.puk.gen === (currentPuk(state, card.user)?.gen ?? 0) + 1;
    return puk && card.recovery?.gen === (person.recovery?.gen ?? 0) + 1 ? null : "proof/bad-card";
  }
  if (state.taken.has(card.user) || state.taken.has(selfScope(state.ws, card.user))) return "proof/duplicate";
  return card.puk.gen === 1 && card.recovery?.gen === 1 ? null : "proof/bad-card";
}

/** True while somebody is to decide about a request: its card is in nobody's place yet, and could be. */
export function isUndecided(state: LedgerState, invite: InviteId, user: UserId, signed: SignedRequest): boolean {
  // A newcomer's request ends when he is in; the keys of one who comes back tell whether he is.
  return !state.users.has(user) || !("code" in readJoinRequest(state, invite, signed));
}
