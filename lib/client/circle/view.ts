// What screens are told of recovery circles (PROTOCOL D6).
import type { Account } from "@/lib/client/account/account.ts";
import type { CircleAsk, CircleView, OwnCircle } from "@/lib/client/api/circle.ts";
import { isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { candidatesFor, canHelp, circleOf, isOutdated, overSince } from "./standing.ts";

function ownCircle({ book, me, state }: Account): OwnCircle | null {
  const circle = circleOf(book, me);
  if (circle === null) return null;
  const helpers = circle.helpers.map(({ user }) => {
    return { user, state: canHelp(state, user, circle.since) ? "ready" : "gone" } as const;
  });
  const left = helpers.filter((one) => one.state === "ready").length;
  const broken = isOutdated(book, circle) || left < circle.threshold;
  return { threshold: circle.threshold, helpers, at: book.timeOf(circle.since), broken };
}

/** Requests that go on: the helper is one, it has not ended, and the person has not stopped it since or come back. */
export function openAsks({ registers, book, state, ports }: Account): CircleAsk[] {
  const oldest = ports.clock.now() - LIMITS.circleLetterDays * 86_400_000;
  return registers.circles().flatMap(({ by, content }): CircleAsk[] => {
    const { user, ask, at, step, n } = content;
    const helper = state.users.get(user)?.circle?.helpers.some((one) => one.user === by) ?? false;
    const on = step !== "ended" && helper && overSince(book, user) <= n && at > oldest;
    return on ? [{ by, user, ask, at, step }] : [];
  });
}

export function circleView(account: Account): CircleView {
  const { book, me, state, keyring, circle } = account;
  const asks = openAsks(account);
  const helpOf = [...state.users.values()].flatMap((user) => {
    const named = user.circle?.helpers.some((one) => one.user === me) ?? false;
    if (user.circle === null || !named || roleAt(state, user.id) === null) return [];
    return [{ user: user.id, threshold: user.circle.threshold, helpers: user.circle.helpers.length }];
  });
  return {
    mine: ownCircle(account),
    candidates: candidatesFor(state, me),
    maySet: isInsideRole(roleAt(state, me)) && keyring.confirmed && book.stop === null,
    asks: asks.filter(({ user }) => user === me),
    others: asks.filter(({ user, by }) => user !== me && by !== me),
    helpOf,
    helping: circle.items,
    found: circle.found,
  };
}
