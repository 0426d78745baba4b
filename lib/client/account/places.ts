// Which channels an account has: what its person may read now, or could when he last was in (PROTOCOL section 4, L8, M13).
import { type ChannelId, stateChannel } from "@/lib/base/ids.ts";
import { mainChannel } from "@/lib/proof/hash.ts";
import { isScopeMember, mayDelete, roleAt } from "@/lib/proof/queries.ts";
import { at } from "@/lib/proof/state.ts";
import { lastPosition } from "./ending.ts";
import type { Parts } from "./parts.ts";
import type { UnreadRules } from "./unread.ts";

/** The channels people talk in: public ones, and the main channel of each private scope and DM that one is in. */
export function channelsOf(account: Parts): ChannelId[] {
  const { state, me } = account;
  const n = lastPosition(account);
  const open = roleAt(state, me, n) === "guest" ? [] : [...state.channels.keys()];
  const scoped = [...state.scopes.values()].filter(
    (scope) => scope.kind !== "workspace" && isScopeMember(state, scope, me, n),
  );
  return [...open, ...scoped.map((scope) => mainChannel(scope.id))];
}

/** Where names and profiles live: the workspace's state channel and each private scope's, and the self scope (M13). */
export function stateChannelsOf(account: Parts): ChannelId[] {
  const { state, me } = account;
  const n = lastPosition(account);
  const scopes = [...state.scopes.values()].filter((scope) => isScopeMember(state, scope, me, n));
  return [...scopes.map((scope) => stateChannel(scope.id)), account.selfChannel];
}

/** Ledger position from which this person is in a channel. */
export function memberSince(account: Parts, channel: ChannelId): number {
  const scope = account.scopeState(channel);
  const joined = account.state.users.get(account.me)?.joinedAt ?? 0;
  if (scope === undefined || scope.kind === "workspace") return joined;
  const named = scope.named.get(account.me) ?? [];
  const added = named.filter((entry) => entry.value !== null && (at(named, entry.n - 1) ?? null) === null).at(-1)?.n;
  return added ?? joined;
}

/** What counting unread messages needs to know of an account. */
export function countingRules(account: Parts): UnreadRules {
  return {
    me: account.me,
    readTo: (channel) => account.readMark(channel),
    since: (channel) => account.memberSince(channel),
    isDm: (channel) => account.scopeState(channel)?.kind === "dm",
    mayDelete: (channel, { n, ...by }) => mayDelete(account.state, { ...by, channel }, n) === null,
  };
}
