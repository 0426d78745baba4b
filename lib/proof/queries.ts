// Questions to a folded ledger: who belongs where, who may do what, and as of which position (PROTOCOL 3, 4, M4, M8).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, DeviceId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { workspaceScope } from "@/lib/base/ids.ts";
import type { PukPublic } from "@/lib/protocol/device.ts";
import type { ChainId, Role, Stub } from "@/lib/protocol/link.ts";
import { WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import type { Recipient } from "./hash.ts";
import { selfScope, sortRecipients } from "./hash.ts";
import type { DeviceState, EpochState, InviteState, LedgerState, ScopeState, Viewer } from "./state.ts";
import { at, latest } from "./state.ts";

/** The workspace role of a person at position n; null: not a member then. */
export function roleAt(state: LedgerState, user: UserId, n: number = state.n): Role | null {
  const person = state.users.get(user);
  return person === undefined ? null : (at(person.role, n) ?? null);
}

/** Owners and admins. */
export function isAdminRole(role: Role | null): boolean {
  return role === "owner" || role === "admin";
}

/** Those in the workspace scope: every member but guests (section 4). */
export function isInsideRole(role: Role | null): boolean {
  return role !== null && role !== "guest";
}

export function deviceOf(state: LedgerState, device: DeviceId): DeviceState | undefined {
  const owner = state.deviceOwner.get(device);
  return owner === undefined ? undefined : state.users.get(owner)?.devices.get(device);
}

/** True when the device was added, not revoked, and its owner a member, at position n. */
export function deviceActiveAt(state: LedgerState, device: DeviceId, n: number = state.n): boolean {
  const found = deviceOf(state, device);
  if (found === undefined || found.addedAt > n || roleAt(state, found.user, n) === null) return false;
  return found.revokedAt === null || found.revokedAt > n;
}

/** The devices that act for a person now; none for those who are not members. */
export function activeDevices(state: LedgerState, user: UserId): DeviceState[] {
  const devices = [...(state.users.get(user)?.devices.values() ?? [])];
  return devices.filter((device) => deviceActiveAt(state, device.id));
}

/** The newest generation of a person's PUK, also of one who has been removed. */
export function currentPuk(state: LedgerState, user: UserId): PukPublic | null {
  const person = state.users.get(user);
  return person === undefined ? null : (latest(person.puks) ?? null);
}

/** Owners now. */
export function owners(state: LedgerState): UserId[] {
  return [...state.users.keys()].filter((user) => roleAt(state, user) === "owner");
}

/** Since when the person stands in the scope: the start of the present naming, or a later readmission (L8). */
function standingSince(scope: ScopeState, user: UserId, n: number): number | null {
  let since: number | null = null;
  for (const entry of scope.named.get(user) ?? []) {
    if (entry.n > n) break;
    since = entry.value === null ? null : (since ?? entry.n);
  }
  if (since === null) return null;
  const readmitted = scope.readmitted.get(user)?.findLast((p) => p <= n) ?? 0;
  return Math.max(since, readmitted);
}

/** Membership as it counts: named by the chain, and not removed or rekeyed to a new card since, or readmitted (L8). */
export function isScopeMember(state: LedgerState, scope: ScopeState, user: UserId, n: number = state.n): boolean {
  const role = roleAt(state, user, n);
  if (scope.kind === "workspace") return isInsideRole(role);
  const person = state.users.get(user);
  const since = standingSince(scope, user, n);
  if (role === null || person === undefined || since === null) return false;
  const removed = person.role.some((entry) => entry.value === null && entry.n > since && entry.n <= n);
  return !removed && !person.rekeyedAt.some((p) => p > since && p <= n);
}

/** The members of a scope at position n, with L8 applied; the workspace scope's are all but guests. */
export function scopeMembersAt(state: LedgerState, scope: ScopeId, n: number = state.n): UserId[] {
  const found = state.scopes.get(scope);
  if (found === undefined) return [];
  const named = found.kind === "workspace" ? state.users.keys() : found.named.keys();
  return [...named].filter((user) => isScopeMember(state, found, user, n));
}

/** What a person is in a private scope at position n; null for those who are not members. */
export function scopeRoleAt(
  state: LedgerState,
  scope: ScopeState,
  user: UserId,
  n: number = state.n,
): "manager" | "member" | null {
  if (!isScopeMember(state, scope, user, n)) return null;
  return at(scope.named.get(user) ?? [], n) ?? null;
}

/** True for managers, and for every member of a private scope in which no manager is left (L7). */
export function mayManage(state: LedgerState, scope: ScopeState, user: UserId, n: number = state.n): boolean {
  const role = scopeRoleAt(state, scope, user, n);
  if (role !== "member") return role === "manager";
  return ![...scope.named.keys()].some((other) => scopeRoleAt(state, scope, other, n) === "manager");
}

/** True when the invite lets people in at position n: made, and neither closed nor used up by links (I3). */
export function isOpenAt(invite: InviteState, n: number): boolean {
  return invite.createdAt <= n && (invite.closedAt === null || invite.closedAt > n);
}

/** Invites that let people in now; past `expires` a client closes them before it next writes (I3). */
export function openInvites(state: LedgerState, n: number = state.n): InviteState[] {
  return [...state.invites.values()].filter((invite) => isOpenAt(invite, n));
}

/** Those to whom an epoch of the scope is sealed at position n, in the order that rcpt covers (E1). */
export function recipients(state: LedgerState, scope: ScopeId, n: number = state.n): Recipient[] {
  const found: Recipient[] = [];
  for (const user of scopeMembersAt(state, scope, n)) {
    const puk = at(state.users.get(user)?.puks ?? [], n);
    if (puk !== undefined) found.push({ kind: "user", id: user, gen: puk.gen, pub: puk.pk });
  }
  if (state.scopes.get(scope)?.kind === "workspace") {
    for (const { id, kem } of openInvites(state, n))
      if (kem !== null) found.push({ kind: "invite", id, gen: 0, pub: kem });
  }
  return sortRecipients(found);
}

/** The scope's newest epoch; null before the first. */
export function currentEpoch(state: LedgerState, scope: ScopeId): EpochState | null {
  return state.scopes.get(scope)?.epochs.at(-1) ?? null;
}

/** The `hist` that the scope's next epoch link must have (E8). */
export function nextHist(scope: ScopeState): "chain" | "cut" {
  const last = scope.epochs.at(-1);
  if (last === undefined) return "cut";
  return scope.history === "since-join" && (scope.addedAt.at(-1) ?? 0) > last.n ? "cut" : "chain";
}

/** True when nothing may be encrypted under the newest epoch: there is none, or a revoking change lies after it (E4). */
export function needsRotation(state: LedgerState, scope: ScopeId): boolean {
  const found = state.scopes.get(scope);
  const last = found?.epochs.at(-1);
  return found === undefined || last === undefined || (found.revoking.at(-1) ?? 0) > last.n;
}

/** The private scopes in which a person is a member now, of those seen. */
export function scopesOf(state: LedgerState, user: UserId): ScopeState[] {
  return [...state.scopes.values()].filter((scope) => isScopeMember(state, scope, user));
}

/** True for the one channel of a person's own self scope. */
export function isSelfScope(ws: WorkspaceId, user: UserId, channel: ChannelId | ScopeId): boolean {
  return (selfScope(ws, user) as string) === channel;
}

/** The scope whose keys a channel uses; null for unknown channels and self scopes. Private scopes go first. */
export function scopeOfChannel(state: LedgerState, channel: ChannelId): ScopeId | null {
  // A state channel has its scope's own id (M13).
  const own =
    state.scopes.get(channel as string as ScopeId) ?? state.scopes.get(state.mains.get(channel) ?? ("" as ScopeId));
  if (own !== undefined) return own.id;
  return state.channels.has(channel) ? workspaceScope(state.ws) : null;
}

/** How many days a channel keeps what is said in it; null: for ever. State channels are exempt (E9, M13). */
export function retentionOf(state: LedgerState, channel: ChannelId): number | null {
  const open = state.channels.get(channel);
  if (open !== undefined) return open.retentionDays;
  const scope = state.scopes.get(state.mains.get(channel) ?? ("" as ScopeId));
  return scope === undefined ? null : (at(scope.policy, state.n)?.retentionDays ?? null);
}

/** Every channel that does not keep for ever, with its days. */
export function retentions(state: LedgerState): { readonly channel: ChannelId; readonly days: number }[] {
  return [...state.channels.keys(), ...state.mains.keys()].flatMap((channel) => {
    const days = retentionOf(state, channel);
    return days === null ? [] : [{ channel, days }];
  });
}

/** True when a person may read a channel now. */
export function mayReadChannel(state: LedgerState, user: UserId, channel: ChannelId): boolean {
  if (isSelfScope(state.ws, user, channel)) return roleAt(state, user) !== null;
  const scope = state.scopes.get(scopeOfChannel(state, channel) ?? ("" as ScopeId));
  return scope !== undefined && isScopeMember(state, scope, user);
}

/** Null when a person may write in a channel at position n, else why not. In state channels every member may (M13). */
export function mayWriteChannel(
  state: LedgerState,
  user: UserId,
  channel: ChannelId,
  n: number = state.n,
): FaultCode | null {
  const role = roleAt(state, user, n);
  if (role === null) return "proof/not-member";
  if (isSelfScope(state.ws, user, channel)) return null;
  const scope = state.scopes.get(scopeOfChannel(state, channel) ?? ("" as ScopeId));
  if (scope === undefined) return "proof/unknown-target";
  if (!isScopeMember(state, scope, user, n)) return "proof/not-member";
  if (scope.archivedAt !== null && scope.archivedAt <= n) return "may/archived";
  if (channel === (scope.id as string)) return null;
  return scope.kind === "workspace" ? mayPostPublic(state, role, channel, n) : mayPost(state, scope, user, n);
}

function mayPostPublic(state: LedgerState, role: Role, id: ChannelId, n: number): FaultCode | null {
  const channel = state.channels.get(id);
  if (channel === undefined || channel.createdAt > n) return "proof/unknown-target";
  if (channel.archivedAt !== null && channel.archivedAt <= n) return "may/archived";
  return at(channel.post, n) === "admins" && !isAdminRole(role) ? "proof/no-right" : null;
}

/** Null when a member may write in a private scope's main channel, and so rotate its epochs (L7). */
export function mayPost(state: LedgerState, scope: ScopeState, user: UserId, n: number = state.n): FaultCode | null {
  const restricted = at(scope.policy, n)?.post === "managers";
  return restricted && !mayManage(state, scope, user, n) ? "proof/no-right" : null;
}

/** Who wrote an event, where, under which epoch, and at which position he says the ledger stood. */
type Authorship = {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly channel: ChannelId;
  readonly epoch: number;
  readonly n: number;
};

/** Null when the author was entitled to write this then (M4). A sender ahead of this ledger is proof/unknown-target: fetch first (L9). */
export function judgeAuthor(state: LedgerState, by: Authorship): FaultCode | null {
  if (by.n > state.n) return "proof/unknown-target";
  if (deviceOf(state, by.device)?.user !== by.user) return "proof/not-active";
  if (roleAt(state, by.user, by.n) === null) return "proof/not-member";
  if (!deviceActiveAt(state, by.device, by.n)) return "proof/not-active";
  const refused = mayWriteChannel(state, by.user, by.channel, by.n);
  if (refused !== null) return refused;
  return isSelfScope(state.ws, by.user, by.channel) ? judgeSelfEpoch(state, by) : judgeEpoch(state, by);
}

function judgeEpoch(state: LedgerState, by: Authorship): FaultCode | null {
  const scope = state.scopes.get(scopeOfChannel(state, by.channel) ?? ("" as ScopeId));
  const epoch = scope?.epochs[by.epoch - 1];
  if (scope === undefined || epoch === undefined || by.n < epoch.n) return "proof/bad-epoch";
  return scope.revoking.some((p) => p > epoch.n && p <= by.n) ? "proof/revoked-between" : null;
}

/** Epochs of the self scope are PUK generations; a new one is a revoking change by itself (section 2). */
function judgeSelfEpoch(state: LedgerState, by: Authorship): FaultCode | null {
  const gen = at(state.users.get(by.user)?.puks ?? [], by.n)?.gen ?? 0;
  if (by.epoch === gen) return null;
  return by.epoch > gen || by.epoch < 1 ? "proof/bad-epoch" : "proof/revoked-between";
}

/** Null when `user` may delete an event of `author` in the channel: his own; an admin in public, a manager in private ones (M8). */
export function mayDelete(
  state: LedgerState,
  by: { readonly user: UserId; readonly author: UserId; readonly channel: ChannelId },
  n: number = state.n,
): FaultCode | null {
  if (by.user === by.author) return null;
  const scope = state.scopes.get(scopeOfChannel(state, by.channel) ?? ("" as ScopeId));
  if (scope === undefined) return "event/wrong-author";
  const entitled =
    scope.kind === "workspace"
      ? isAdminRole(roleAt(state, by.user, n))
      : scopeRoleAt(state, scope, by.user, n) === "manager";
  return entitled ? null : "event/wrong-author";
}

/** True when the link that comes next, with this stub, must come with its body: else the server withholds it (L2). */
export function mustSee(state: LedgerState, viewer: Viewer, stub: Stub): boolean {
  if (stub.kind !== "C" || viewer.kind === "all") return true;
  const scope = state.scopes.get(stub.chain as string as ScopeId);
  return scope !== undefined && viewer.user !== null && isScopeMember(state, scope, viewer.user);
}

/** True when a viewer may be given the body of the link at position n of a ledger that is now at `state` (L2). */
export function bodyVisible(state: LedgerState, viewer: Viewer, stub: Stub, n: number): boolean {
  return stub.kind !== "C" || chainVisible(state, viewer, stub.chain, n);
}

/**
 * True when the viewer may be given the links of a chain at position n (by default: those to come). A person: W and U
 * always; a C chain up to the link with which he ceased to be a member, without end while he is one, and not at all
 * once he was rekeyed to a new card and not readmitted, since that person starts from nothing (L2, L8).
 */
export function chainVisible(state: LedgerState, viewer: Viewer, chain: ChainId, n: number = state.n + 1): boolean {
  if (viewer.kind === "all" || chain === WORKSPACE_CHAIN) return true;
  const scope = state.scopes.get(chain as string as ScopeId);
  if (scope === undefined) return state.users.has(chain as string as UserId);
  return viewer.user !== null && n <= visibleUntil(state, scope, viewer.user);
}

function visibleUntil(state: LedgerState, scope: ScopeState, user: UserId): number {
  if (isScopeMember(state, scope, user)) return Number.POSITIVE_INFINITY;
  const person = state.users.get(user);
  const gone = [...(scope.named.get(user) ?? []), ...(person?.role ?? [])].filter(({ value }) => value === null);
  const ends = gone.map(({ n }) => n).filter((n) => isScopeMember(state, scope, user, n - 1));
  const last = Math.max(0, ...ends);
  // The person of a new card, not readmitted since, was never in; what ended with the rekey itself is not among `ends`.
  const anew = person?.rekeyedAt.some((n) => n > last && scope.named.has(user)) ?? false;
  return anew ? 0 : last;
}
