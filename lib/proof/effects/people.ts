// What links about members change: who is in, in which role, and what that closes and revokes (PROTOCOL L7, D7, E4, I6).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Draft } from "@/lib/proof/draft.ts";
import { changeUser, extend, markRevoking, markWorkspaceRevoking } from "@/lib/proof/draft.ts";
import { deviceId } from "@/lib/proof/hash.ts";
import { isAdminRole, isInsideRole, roleAt, scopesOf } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { Card } from "@/lib/protocol/device.ts";
import type { Role } from "@/lib/protocol/link.ts";
import { closeInstantInvites, closeInvitesOf } from "./invites.ts";

/** Ends a membership: all scopes he was in rotate, instant invites close, and his own (E4, I6). */
export function removeMember(draft: Draft, user: UserId): void {
  const { n } = draft;
  const scopes = scopesOf(draft, user);
  changeUser(draft, user, ({ role }) => ({ role: extend(role, n, null) }));
  for (const scope of scopes) markRevoking(draft, scope.id, n);
  closeInstantInvites(draft);
  closeInvitesOf(draft, user, () => true);
}

/** Takes a former member back: a guest as guest, all others as members; higher roles an owner gives anew. */
export function restoreMember(draft: Draft, user: UserId): void {
  changeUser(draft, user, ({ role }) => {
    const former = role.findLast((entry) => entry.value !== null)?.value;
    return { role: extend(role, draft.n, former === "guest" ? "guest" : "member") };
  });
}

/** Changes a role. Who becomes a guest leaves the workspace scope; who may no longer invite loses his invites. */
export function setRole(draft: Draft, user: UserId, role: Role): void {
  const { n } = draft;
  const before = roleAt(draft, user);
  changeUser(draft, user, (person) => ({ role: extend(person.role, n, role) }));
  if (isInsideRole(before) && !isInsideRole(role)) markWorkspaceRevoking(draft, n);
  if (isAdminRole(role)) return;
  const byMembers = latest(draft.policy)?.invites === "members" && isInsideRole(role);
  closeInvitesOf(draft, user, (invite) => !byMembers || invite.mode === "instant");
}

/** Gets a person back in under a new card: all his keys are replaced, private scopes wait for readmission (D7, L8). */
export function rekeyToCard(draft: Draft, card: Card): void {
  const { n } = draft;
  const id = deviceId(card.device);
  for (const scope of scopesOf(draft, card.user)) markRevoking(draft, scope.id, n);
  changeUser(draft, card.user, (person) => {
    const devices = new Map(person.devices);
    for (const old of devices.values()) if (old.revokedAt === null) devices.set(old.id, { ...old, revokedAt: n });
    devices.set(id, { id, user: card.user, keys: card.device, addedAt: n, addedBy: null, revokedAt: null });
    return {
      rik: extend(person.rik, n, card.rik),
      pendingRoot: null,
      devices,
      puks: extend(person.puks, n, card.puk),
      recovery: card.recovery,
      circle: null,
      rekeyedAt: [...person.rekeyedAt, n],
    };
  });
  draft.deviceOwner.set(id, card.user);
  draft.taken.add(toBase64url(card.rik));
  closeInstantInvites(draft);
}

/** Puts an announced root key in force; PUK and scopes continue (D7). */
export function renewRoot(draft: Draft, user: UserId, root: Uint8Array): void {
  changeUser(draft, user, ({ rik }) => ({ rik: extend(rik, draft.n, root), pendingRoot: null }));
  closeInstantInvites(draft);
}
