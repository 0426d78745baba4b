// What screens are told about root keys: changes, requests, people to let back in (PROTOCOL D7, L8, A4).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { KeyChange, OwnRenewal, ReadmitWait, RenewalView, RootRequest } from "@/lib/client/api/renewal.ts";
import { mainChannel } from "@/lib/proof/hash.ts";
import { isAdminRole, isScopeMember, roleAt } from "@/lib/proof/queries.ts";
import { type LedgerState, latest, type UserState } from "@/lib/proof/state.ts";
import { keyCheck } from "./check.ts";
import { waitingIn } from "./readmit.ts";
import { mayRekey } from "./returning.ts";
import { isSoleOwner } from "./root.ts";

/** Every change of a person's root key, oldest first. */
export function keyChangesOf(account: Account, user: UserState): KeyChange[] {
  const { book } = account;
  return user.rik.slice(1).map(({ n }) => ({
    user: user.id,
    n,
    at: book.timeOf(n),
    by: book.actorOf(n) ?? user.id,
    why: user.rekeyedAt.includes(n) ? "rekey" : "root-renew",
  }));
}

function checkOf(state: LedgerState, user: UserState, root: Uint8Array): string {
  return keyCheck(state, user.id, latest(user.rik) ?? new Uint8Array(), root);
}

function requestOf(account: Account, user: UserState): RootRequest[] {
  const { state, book, me } = account;
  const pending = user.pendingRoot;
  if (pending === null || user.id === me || roleAt(state, user.id) === null || !isAdminRole(roleAt(state, me)))
    return [];
  return [
    {
      user: user.id,
      device: pending.device,
      at: book.timeOf(pending.n),
      root: toBase64url(pending.rik),
      check: checkOf(state, user, pending.rik),
      mayApprove: mayRekey(state, me, user.id),
    },
  ];
}

function ownRenewal(account: Account): OwnRenewal | null {
  const { state, book, me, keyring } = account;
  const user = state.users.get(me);
  const pending = user?.pendingRoot ?? null;
  if (user === undefined || pending === null) return null;
  const here = pending.device === keyring.device.id;
  const { device } = pending;
  return { device, here, at: book.timeOf(pending.n), check: checkOf(state, user, pending.rik) };
}

/** Those who wait to be let back into scopes that this person is in. */
export function readmitsOf(account: Account): ReadmitWait[] {
  const { state, book, me } = account;
  return [...state.scopes.values()].flatMap((scope) => {
    if (scope.kind === "workspace" || !isScopeMember(state, scope, me)) return [];
    const channel = mainChannel(scope.id);
    return waitingIn(state, scope).map(({ user, n, why }) => {
      return { channel, user, at: book.timeOf(n), by: book.actorOf(n) ?? user, why };
    });
  });
}

export function renewalView(account: Account): RenewalView {
  const { state, me } = account;
  const users = [...state.users.values()];
  const newest = (a: { at: number }, b: { at: number }) => b.at - a.at;
  return {
    mine: ownRenewal(account),
    requests: users.flatMap((user) => requestOf(account, user)).sort(newest),
    changes: users.flatMap((user) => keyChangesOf(account, user)).sort((a, b) => b.n - a.n),
    waiting: readmitsOf(account),
    soleOwner: isSoleOwner(state, me),
    others: users.some(({ id }) => id !== me && roleAt(state, id) !== null && roleAt(state, id) !== "guest"),
  };
}
