// What links about public channels, private scopes and epochs change (PROTOCOL L7, L8, E4, E8).
import type { ChannelId, ScopeId, UserId } from "@/lib/base/ids.ts";
import type { Draft } from "@/lib/proof/draft.ts";
import { changeScope, extend, markRevoking } from "@/lib/proof/draft.ts";
import { isScopeMember } from "@/lib/proof/queries.ts";
import type { EpochState, PublicChannelState, ScopeState } from "@/lib/proof/state.ts";
import { latest } from "@/lib/proof/state.ts";

export function createChannel(draft: Draft, id: ChannelId, creator: UserId): void {
  const { n } = draft;
  const post = [{ n, value: "all" as const }];
  draft.channels.set(id, { id, creator, createdAt: n, archivedAt: null, post, retentionDays: null });
  draft.taken.add(id);
}

/** Replaces parts of a public channel that exists. */
export function changeChannel(
  draft: Draft,
  id: ChannelId,
  change: (channel: PublicChannelState) => Partial<PublicChannelState>,
): void {
  const channel = draft.channels.get(id);
  if (channel !== undefined) draft.channels.set(id, { ...channel, ...change(channel) });
}

type NewScope = {
  readonly kind: "private" | "dm";
  readonly members: readonly UserId[];
  readonly history: ScopeState["history"];
  readonly policy: ScopeState["policy"][number]["value"];
};

/** A private scope, run by its creator; in a DM nobody stands above the others. */
export function createScope(draft: Draft, id: ScopeId, creator: UserId, body: NewScope): void {
  const { n } = draft;
  const named = new Map<UserId, ScopeState["named"] extends ReadonlyMap<UserId, infer S> ? S : never>();
  for (const user of body.members)
    named.set(user, [{ n, value: body.kind === "private" && user === creator ? "manager" : "member" }]);
  draft.scopes.set(id, {
    id,
    kind: body.kind,
    creator,
    createdAt: n,
    history: body.history,
    named,
    readmitted: new Map(),
    policy: [{ n, value: body.policy }],
    archivedAt: null,
    addedAt: [],
    epochs: [],
    revoking: [],
  });
}

/** Names a member of a scope from here on, or no more (null). Going and being lowered are revoking changes (E4). */
export function nameMember(draft: Draft, id: ScopeId, user: UserId, role: "manager" | "member" | null): void {
  const { n } = draft;
  const scope = draft.scopes.get(id);
  const before = latest(scope?.named.get(user) ?? []) ?? null;
  // Whom the workspace had removed or rekeyed has been out all along.
  const wasIn = scope !== undefined && isScopeMember(draft, scope, user);
  changeScope(draft, id, ({ named }) => ({ named: new Map(named).set(user, extend(named.get(user) ?? [], n, role)) }));
  if (before === null) noteAdded(draft, id);
  else if (wasIn && role !== "manager") markRevoking(draft, id, n);
}

/** Lets one back in whom the workspace had removed or rekeyed (L8). */
export function readmit(draft: Draft, id: ScopeId, user: UserId): void {
  const { n } = draft;
  changeScope(draft, id, ({ readmitted }) => ({
    readmitted: new Map(readmitted).set(user, [...(readmitted.get(user) ?? []), n]),
  }));
  noteAdded(draft, id);
}

/** Where history begins with joining, whoever comes in must not get the present key: that is revoking, too (E4, E8). */
function noteAdded(draft: Draft, id: ScopeId): void {
  changeScope(draft, id, ({ addedAt }) => ({ addedAt: [...addedAt, draft.n] }));
  if (draft.scopes.get(id)?.history === "since-join") markRevoking(draft, id, draft.n);
}

export function addEpoch(draft: Draft, epoch: EpochState): void {
  changeScope(draft, epoch.scope, ({ epochs }) => ({ epochs: [...epochs, epoch] }));
}
