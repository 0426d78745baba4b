// Getting somebody back into a private scope or DM, by its other members alone (PROTOCOL L8, A4).
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import { stateChannel } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { isScopeMember, mayPost, needsRotation, roleAt } from "@/lib/proof/queries.ts";
import { type LedgerState, latest, type ScopeState } from "@/lib/proof/state.ts";

/** Somebody whom a private scope names and who is out of it until another member lets him back in (L8). */
export type Waiting = { readonly user: UserId; readonly n: number; readonly why: "rekey" | "restored" };

/** Those who wait to be let back into a private scope or DM, with the link since which they do. */
export function waitingIn(state: LedgerState, scope: ScopeState): Waiting[] {
  if (scope.kind === "workspace" || scope.archivedAt !== null) return [];
  return [...scope.named].flatMap(([user, named]): Waiting[] => {
    const person = state.users.get(user);
    const out = (latest(named) ?? null) !== null && !isScopeMember(state, scope, user);
    if (person === undefined || !out || roleAt(state, user) === null) return [];
    const rekeyed = person.rekeyedAt.at(-1) ?? 0;
    const restored =
      person.role.findLast((entry, i, all) => entry.value !== null && all[i - 1]?.value === null)?.n ?? 0;
    return [{ user, n: Math.max(rekeyed, restored), why: rekeyed > restored ? "rekey" : "restored" }];
  });
}

/**
 * Lets somebody back into a private scope or DM: after a person has made sure of him. As with an addition he gets the
 * present key where history is full, and where it is not a new one that opens nothing before (E8).
 */
export async function readmit(account: Account, channel: ChannelId, user: UserId): Promise<void> {
  const scope = account.scopeState(channel);
  if (scope === undefined || scope.kind === "workspace") throw new Fault("may/not-found");
  const { id } = scope;
  await account.book.append(async (draft) => {
    const now = draft.state.scopes.get(id);
    // Another member was first.
    if (now === undefined || isScopeMember(draft.state, now, user)) return;
    draft.add({ kind: "C", type: "scope_readmit", body: { user } }, id);
    const stale = needsRotation(draft.state, id);
    // Who may not write there leaves the new epoch to the next writer; full history's present key goes to any member.
    if (stale && mayPost(draft.state, now, account.me) === null) {
      await account.rooms.find(id, now.epochs.length);
      await account.rooms.rotateInto(draft, id);
    } else if (now.history === "full") await account.rooms.sealCurrentInto(draft, id, user);
  });
  const named = account.registers.channel(channel);
  if (named !== undefined && scope.history === "since-join")
    await account.send(stateChannel(id), { ...named, rev: named.rev + 1 });
}
