// What can happen in a run: each deed picks who does it to whom, or says that now nobody can.
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { isAdminRole, mayWriteChannel, roleAt } from "@/lib/proof/queries.ts";
import type { Role } from "@/lib/protocol/link.ts";
import type { Dice } from "@/tests/sim/dice.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";

export type Deed = {
  readonly name: string;
  /** how often it comes, beside others */
  readonly weight: number;
  /** null: it makes no sense now; nothing was done */
  readonly start: (stage: Stage) => Promise<unknown> | null;
};

/** More would make a run slow, and no truer. */
export const MOST_PEOPLE = 6;
export const MOST_SEATS = 8;

export function pickFrom<T>(dice: Dice, items: readonly T[]): T | null {
  return items.length === 0 ? null : dice.pick(items);
}

/** Somebody at a running device, as far as it knows in the workspace, who fits. */
export function someone(stage: Stage, fits: (seat: Seat, account: Account) => boolean = () => true): Seat | null {
  const fitting = stage.inside.filter((seat) => seat.account !== undefined && fits(seat, seat.account));
  // Who is offline mostly waits; a few try all the same.
  const online = fitting.filter(({ account }) => account?.live.connection === "online");
  return pickFrom(stage.dice, online.length > 0 && stage.dice.chance(0.8) ? online : fitting);
}

export function roleOf(account: Account, user: UserId = account.me): Role | null {
  return roleAt(account.state, user);
}

export function isAdmin(_: Seat, account: Account): boolean {
  return isAdminRole(roleOf(account));
}

/** Channels in which this person may write, as far as he knows. */
export function writable(account: Account): ChannelId[] {
  return account.channels().filter((channel) => mayWriteChannel(account.state, account.me, channel) === null);
}

/** Present members other than this one. */
export function others(account: Account): UserId[] {
  return [...account.state.users.keys()].filter((user) => user !== account.me && roleOf(account, user) !== null);
}

/** A channel of a private scope that this person is in, not a DM, not archived. */
export function privateChannels(account: Account): ChannelId[] {
  return account.channels().filter((channel) => {
    const scope = account.scopeState(channel);
    return scope?.kind === "private" && scope.archivedAt === null;
  });
}
