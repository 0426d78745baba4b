// Who can read a channel, or one message of it: exactly those who hold its key or can derive it (PROTOCOL E5, E8, I2).
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Reader, ReadersView } from "@/lib/client/api/ledger.ts";
import { activeDevices, isScopeMember, recipients, scopeMembersAt } from "@/lib/proof/queries.ts";
import type { EpochState, LedgerState, ScopeState, UserState } from "@/lib/proof/state.ts";
import type { Link } from "@/lib/protocol/link.ts";
import { lineAt } from "./lines.ts";
import { sourceOf } from "./of-account.ts";

/** Epochs from which this one can be derived: itself, and those after it up to the next cut (E1, E8). */
function runOf(scope: ScopeState, epoch: number): readonly EpochState[] {
  const from = scope.epochs.slice(epoch - 1);
  const cut = from.findIndex((one, i) => i > 0 && one.hist === "cut");
  return cut < 0 ? from : from.slice(0, cut);
}

function wasAmong(state: LedgerState, scope: ScopeState, user: UserId, positions: readonly number[]): boolean {
  return positions.some((n) => isScopeMember(state, scope, user, n));
}

/**
 * Everyone who was ever given the key of an epoch or of a later one that leads back to it. Between two epochs only a
 * `full` scope gives its key on; whoever comes into a `since-join` scope brings a cut.
 */
export function holdersOf(state: LedgerState, scope: ScopeState, epoch: number): UserId[] {
  const run = runOf(scope, epoch);
  const first = run[0];
  if (first === undefined) return [];
  const sealed = run.map((one) => one.n - 1);
  if (scope.history === "since-join") {
    const users = sealed.flatMap((n) => recipients(state, scope.id, n)).filter((one) => one.kind === "user");
    return [...new Set(users.map((one) => one.id as string as UserId))];
  }
  const candidates = scope.kind === "workspace" ? [...state.users.keys()] : [...scope.named.keys()];
  return candidates.filter((user) => {
    const person = state.users.get(user);
    const arrivals = [...(scope.named.get(user) ?? []), ...(person?.role ?? [])].map(({ n }) => n);
    const readmitted = scope.readmitted.get(user) ?? [];
    const later = [...arrivals, ...readmitted].filter((n) => n >= first.n);
    return wasAmong(state, scope, user, [...sealed, ...later]);
  });
}

/** Since which position a person stands in a scope, and by whose signature. */
export function standing(account: Account, scope: ScopeState, user: UserId): { since: number; by: UserId } {
  const person = account.state.users.get(user);
  if (scope.kind === "workspace") return { since: person?.joinedAt ?? 0, by: person?.via?.by ?? user };
  const added = (scope.named.get(user) ?? []).filter(
    (entry, i, all) => entry.value !== null && (all[i - 1]?.value ?? null) === null,
  );
  const since = added.at(-1)?.n ?? scope.createdAt;
  return { since, by: account.book.actorOf(since) ?? scope.creator };
}

function removedDevices(person: UserState | undefined, from: number): number {
  return [...(person?.devices.values() ?? [])].filter(({ revokedAt }) => revokedAt !== null && revokedAt >= from)
    .length;
}

function readerOf(account: Account, scope: ScopeState, user: UserId, key: EpochState | null): Reader {
  const { since, by } = standing(account, scope, user);
  return {
    user,
    devices: activeDevices(account.state, user).map(({ id, addedAt }) => ({
      id,
      addedAt: account.book.timeOf(addedAt),
      entry: addedAt,
    })),
    removedDevices: key === null ? 0 : removedDevices(account.state.users.get(user), key.n),
    since: account.book.timeOf(since),
    entry: since,
    by,
    later: key !== null && since > key.n && !isScopeMember(account.state, scope, user, key.n - 1),
  };
}

/** Links that people of a channel came or went by, or that gave its key to somebody else. */
function changesReaders(link: Link, scope: ScopeState): boolean {
  if (link.kind === "C")
    return (link.chain as string) === scope.id && link.type !== "epoch" && link.type !== "scope_policy";
  if (link.kind === "U") {
    const member = scope.kind === "workspace" || scope.named.has(link.chain as string as UserId);
    return member && ["device_add", "device_revoke", "user_reset"].includes(link.type);
  }
  if (scope.kind === "workspace")
    return link.type.startsWith("member_") || link.type.startsWith("invite_") || link.type === "role_set";
  const gone = link.type === "member_remove" || link.type === "rekey";
  return gone && scope.named.has(link.body.user);
}

function lastChange(account: Account, scope: ScopeState): ReadersView["lastChange"] {
  const found = account.book.valid().findLast(({ link }) => changesReaders(link, scope));
  return found === undefined ? null : (lineAt(sourceOf(account), found.n) ?? null);
}

type Invites = Pick<ReadersView, "invites" | "closedInvites">;

/** Instant invites are sealed to like members; each lets its holder read until it closes (I2). */
function invitesOf(account: Account, scope: ScopeState, key: EpochState | null): Invites {
  if (scope.kind !== "workspace") return { invites: [], closedInvites: 0 };
  const instant = [...account.state.invites.values()].filter(({ kem }) => kem !== null);
  const open = instant.filter(({ closedAt }) => closedAt === null);
  const closed = instant.filter(({ closedAt }) => closedAt !== null && key !== null && closedAt >= key.n);
  return {
    invites: open.map(({ id, by, expires, createdAt }) => ({ id, by, expires, entry: createdAt })),
    closedInvites: closed.length,
  };
}

/** The epoch a message was sealed under; the newest for one that waits here. Undefined: it is not known here. */
function epochOf(account: Account, scope: ScopeState, channel: ChannelId, message: EventId): EpochState | undefined {
  const record = account.log.find(channel, message);
  if (record !== undefined) return scope.epochs[record.epoch - 1];
  return account.outbox.get(message) === undefined ? undefined : scope.epochs.at(-1);
}

/** Undefined: there is no such channel or message here. */
export function readersView(account: Account, channel: ChannelId, message: EventId | null): ReadersView | undefined {
  const scope = account.scopeState(channel);
  if (scope === undefined) return undefined;
  const key = message === null ? null : epochOf(account, scope, channel, message);
  if (key === undefined) return undefined;
  const { state } = account;
  const now = scopeMembersAt(state, scope.id);
  const holders = key === null ? now : holdersOf(state, scope, key.epoch);
  const inside = new Set<UserId>(now);
  const shown = key ?? scope.epochs.at(-1);
  return {
    channel,
    message,
    history: scope.history,
    people: holders.filter((user) => inside.has(user)).map((user) => readerOf(account, scope, user, key)),
    gone: holders
      .filter((user) => !inside.has(user))
      .map((user) => ({ user, since: account.book.timeOf(standing(account, scope, user).since) })),
    ...invitesOf(account, scope, key),
    key: shown === undefined ? null : { epoch: shown.epoch, by: shown.by, at: shown.ts, entry: shown.n },
    lastChange: lastChange(account, scope),
  };
}
