// How people come in: the founder with the workspace, newcomers by an invite (PROTOCOL L6, I3 to I5).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { InviteId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { workspaceScope } from "@/lib/base/ids.ts";
import type { Draft } from "@/lib/proof/draft.ts";
import { deviceId, selfScope } from "@/lib/proof/hash.ts";
import type { DeviceState, InviteState, UserState } from "@/lib/proof/state.ts";
import type { Card } from "@/lib/protocol/device.ts";
import type { Role, WorkspacePolicy } from "@/lib/protocol/link.ts";
import { closeInvite } from "./invites.ts";

/** Adds the founder or a newcomer with what his card says. */
export function admit(draft: Draft, card: Card, role: Role, via: UserState["via"]): void {
  const { n } = draft;
  const id = deviceId(card.device);
  const device: DeviceState = { id, user: card.user, keys: card.device, addedAt: n, addedBy: null, revokedAt: null };
  draft.users.set(card.user, {
    id: card.user,
    rik: [{ n, value: card.rik }],
    pendingRoot: null,
    role: [{ n, value: role }],
    devices: new Map([[id, device]]),
    puks: [{ n, value: card.puk }],
    recovery: card.recovery,
    circle: null,
    via,
    joinedAt: n,
    resetAt: [],
    rekeyedAt: [],
  });
  draft.deviceOwner.set(id, card.user);
  draft.taken.add(card.user).add(toBase64url(card.rik)).add(selfScope(draft.ws, card.user));
}

/** Genesis: the workspace, its founder and its scope (L6). */
export function foundWorkspace(draft: Draft, ws: WorkspaceId, card: Card, policy: WorkspacePolicy): void {
  const scope = workspaceScope(ws);
  draft.ws = ws;
  draft.taken.add(scope);
  admit(draft, card, "owner", null);
  draft.policy.push({ n: draft.n, value: policy });
  draft.scopes.set(scope, {
    id: scope,
    kind: "workspace",
    creator: card.user,
    createdAt: draft.n,
    history: "full",
    named: new Map(),
    readmitted: new Map(),
    policy: [{ n: draft.n, value: { adds: "members", post: "all", retentionDays: null } }],
    archivedAt: null,
    addedAt: [],
    epochs: [],
    revoking: [],
  });
}

/** Lets a newcomer in by an invite, which its last use closes (I3, I4, I5). */
export function admitBy(draft: Draft, id: InviteId, card: Card, by: UserId | null): void {
  const invite = draft.invites.get(id);
  if (invite === undefined) return;
  admit(draft, card, invite.role, { invite: id, by: by ?? invite.by, singleUse: invite.maxUses === 1 });
  const used: InviteState = { ...invite, usedBy: [...invite.usedBy, card.user] };
  draft.invites.set(id, used);
  if (used.usedBy.length >= used.maxUses) closeInvite(draft, used);
}
