// What is true at the end of a run: the ledger that the server folded, the rows that lie there, and who may read which epochs.
import type { ChannelId, DeviceId, EventId, ScopeId, UserId } from "@/lib/base/ids.ts";
import { deviceOf, isScopeMember, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState, ScopeState } from "@/lib/proof/state.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";

export type Row = { readonly id: EventId; readonly channel: ChannelId; readonly pos: number; readonly epoch: number };

export function truthOf(stage: Stage): LedgerState {
  return stage.host.up.workspaces.of(stage.ws).state;
}

/** Every row of a channel as it lies there. */
export async function rowsOf(stage: Stage, channel: ChannelId): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let after = 0; ; ) {
    const bounds = { after, before: null, limit: 500, maxBytes: 64 * 1024 * 1024 };
    const page = await stage.host.up.store.events.eventsPage(stage.ws, channel, bounds);
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < 500) return rows;
    after = last.pos;
  }
}

/** Epochs of a scope that a member must be able to read: of a `full` one all, else from his coming on, and what is chained to it (E8). */
export function readableEpochs(state: LedgerState, scope: ScopeState, user: UserId): Set<number> {
  const found = new Set<number>();
  if (!isScopeMember(state, scope, user)) return found;
  // With a new card he starts from nothing: what was sealed to him before is gone with his keys (L8).
  const reborn = state.users.get(user)?.rekeyedAt.at(-1) ?? 0;
  for (const { epoch, n } of [...scope.epochs].reverse()) {
    const own = n > reborn && isScopeMember(state, scope, user, n - 1);
    const after = scope.epochs[epoch]?.n ?? 0;
    const chained = found.has(epoch + 1) && !scope.addedAt.some((added) => added > n && added < after);
    if (scope.history === "full" || own || chained) found.add(epoch);
  }
  return found;
}

/**
 * Epochs whose keys were this person's at some place of the ledger: what a device shows that was kept from hearing that he
 * is out. Never more than he could read while he was in.
 */
export function epochsOnceRead(state: LedgerState, scope: ScopeState, user: UserId): Set<number> {
  const found = new Set<number>();
  for (const { epoch, n } of scope.epochs) {
    const end = scope.epochs[epoch]?.n ?? state.n + 1;
    const places = Array.from({ length: end - n + 1 }, (_, i) => n - 1 + i);
    if (!places.some((place) => isScopeMember(state, scope, user, place))) continue;
    found.add(epoch);
    if (scope.history === "full") for (let earlier = 1; earlier < epoch; earlier += 1) found.add(earlier);
  }
  return found;
}

/** The same of the self scope, whose epochs are generations of the person's key. */
export function readableGenerations(state: LedgerState, user: UserId): Set<number> {
  const person = state.users.get(user);
  const reborn = person?.rekeyedAt.at(-1) ?? 0;
  return new Set(person?.puks.filter(({ n }) => n >= reborn).map(({ value }) => value.gen));
}

/** The last ledger position at which this device of this person could still get keys of a scope; null while it can. */
export function outSince(state: LedgerState, scope: ScopeState, user: UserId, device: DeviceId): number | null {
  const revoked = deviceOf(state, device)?.revokedAt ?? null;
  if (isScopeMember(state, scope, user)) return revoked;
  let last = 0;
  for (let n = state.n; n > 0; n -= 1)
    if (isScopeMember(state, scope, user, n)) {
      last = n + 1;
      break;
    }
  return revoked === null ? last : Math.min(revoked, last);
}

/** What everybody must agree on who sees this much of the ledger. */
export function gist(state: LedgerState, user: UserId, scopes: readonly ScopeId[]): string {
  const people = [...state.users.values()].map((one) => [
    one.id,
    roleAt(state, one.id),
    [...one.devices.values()].map(({ id, revokedAt }) => [id, revokedAt]),
    one.puks.map(({ n, value }) => [n, value.gen, Buffer.from(value.pk.subarray(0, 16)).toString("hex")]),
    one.rik.map(({ n, value }) => [n, Buffer.from(value).toString("hex")]),
    one.recovery?.gen ?? null,
  ]);
  const rooms = scopes.map((id) => {
    const scope = state.scopes.get(id);
    return [
      id,
      scope?.epochs.map(({ n, kc }) => [n, Buffer.from(kc).toString("hex")]),
      [...(scope?.named ?? [])].map(([who, named]) => [who, named]).sort(),
      scope?.revoking,
      scope?.archivedAt,
    ];
  });
  const invites = [...state.invites.values()].map(({ id, closedAt, usedBy }) => [id, closedAt, usedBy]);
  const channels = [...state.channels.values()].map(({ id, archivedAt }) => [id, archivedAt]);
  return JSON.stringify([state.n, Buffer.from(state.head).toString("hex"), user, people, rooms, invites, channels]);
}
