// Coming back after everything was lost: the card for one's old place, and the place given to its keys (PROTOCOL D7, L8).
import { Fault } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { workspaceScope } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { type Identity, mintIdentity, mintPuk } from "@/lib/crypto/identity.ts";
import { currentEpoch, currentPuk, isAdminRole, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { SignedCard } from "@/lib/protocol/device.ts";

/** New keys for a place that is there already: the generations of its PUK and code go on. Throws proof/not-member. */
export function mintReturning(state: LedgerState, user: UserId): { me: Identity; codeGen: number } {
  const person = state.users.get(user);
  if (person === undefined || roleAt(state, user) === null) throw new Fault("proof/not-member");
  const puk = mintPuk((currentPuk(state, user)?.gen ?? 0) + 1);
  return { me: { ...mintIdentity(), user, puk }, codeGen: (person.recovery?.gen ?? 0) + 1 };
}

/**
 * Puts a member's place under the keys of a new card (D7). New keys are taken in the same batch for every scope that
 * both are in: the workspace's is sealed to the new card, private ones to everybody but him (L8).
 */
export async function rekeyInto(account: Parts, draft: Draft, user: UserId, card: SignedCard): Promise<void> {
  const scope = workspaceScope(account.ws);
  // Whoever rotates hands the earlier key on in the chain: it must be here (E2).
  await account.rooms.find(scope, currentEpoch(draft.state, scope)?.epoch ?? 0);
  draft.add({ kind: "W", type: "rekey", body: { user, card, root: null } });
  await account.rooms.rotateAllInto(draft);
}

/** As the fold judges it (D7): another admin, of an owner another owner. */
export function mayRekey(state: LedgerState, by: UserId, user: UserId): boolean {
  const [mine, theirs] = [roleAt(state, by), roleAt(state, user)];
  return by !== user && theirs !== null && (theirs === "owner" ? mine === "owner" : isAdminRole(mine));
}
