// A ledger state under construction: thawed once a fold, changed in place, then handed out as read-only.
import type { ScopeId, UserId } from "@/lib/base/ids.ts";
import { mintId, workspaceScope } from "@/lib/base/ids.ts";
import { WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";
import { GENESIS_PREV } from "./hash.ts";
import type { LedgerState, ScopeState, Since, UserState } from "./state.ts";

type Thawed<T> =
  T extends ReadonlyMap<infer K, infer V>
    ? Map<K, V>
    : T extends ReadonlySet<infer V>
      ? Set<V>
      : T extends readonly (infer V)[]
        ? V[]
        : T;
/** What folds write to. Only the outermost collections change in place: persons, scopes and the like are replaced. */
export type Draft = { -readonly [K in keyof LedgerState]: Thawed<LedgerState[K]> };

/** The ledger before its first link. */
export const emptyLedger: LedgerState = {
  ws: mintId<"workspace">(new Uint8Array(32)),
  n: 0,
  head: GENESIS_PREV,
  heads: [],
  chains: new Map(),
  users: new Map(),
  deviceOwner: new Map(),
  invites: new Map(),
  policy: [],
  channels: new Map(),
  scopes: new Map(),
  mains: new Map(),
  taken: new Set([WORKSPACE_CHAIN]),
  seen: new Map(),
  incomplete: new Set(),
  releases: [],
  voids: [],
  stop: null,
};

/** A copy to write to; `from` stays as it is. */
export function thaw(from: LedgerState): Draft {
  return {
    ...from,
    heads: [...from.heads],
    chains: new Map(from.chains),
    users: new Map(from.users),
    deviceOwner: new Map(from.deviceOwner),
    invites: new Map(from.invites),
    policy: [...from.policy],
    channels: new Map(from.channels),
    scopes: new Map(from.scopes),
    mains: new Map(from.mains),
    taken: new Set(from.taken),
    seen: new Map(from.seen),
    incomplete: new Set(from.incomplete),
    releases: [...from.releases],
    voids: [...from.voids],
  };
}

/** A history with one more value, from n on. */
export function extend<T>(since: Since<T>, n: number, value: T): Since<T> {
  return [...since, { n, value }];
}

/** Replaces parts of a person that exists. */
export function changeUser(draft: Draft, user: UserId, change: (person: UserState) => Partial<UserState>): void {
  const person = draft.users.get(user);
  if (person !== undefined) draft.users.set(user, { ...person, ...change(person) });
}

/** Replaces parts of a scope that exists. */
export function changeScope(draft: Draft, id: ScopeId, change: (scope: ScopeState) => Partial<ScopeState>): void {
  const scope = draft.scopes.get(id);
  if (scope !== undefined) draft.scopes.set(id, { ...scope, ...change(scope) });
}

/** Notes a revoking change of the scope at n: nothing is encrypted under its older epochs any more (E4). */
export function markRevoking(draft: Draft, id: ScopeId, n: number): void {
  changeScope(draft, id, ({ revoking }) => (revoking.at(-1) === n ? {} : { revoking: [...revoking, n] }));
}

/** The same for the workspace scope. */
export function markWorkspaceRevoking(draft: Draft, n: number): void {
  markRevoking(draft, workspaceScope(draft.ws), n);
}
