// People as screens see them: name, picture, role, and how their key was verified (PROTOCOL A4, I7).
import type { UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Person } from "@/lib/client/api.ts";
import { statusOf } from "@/lib/client/daily/status.ts";
import { Standings } from "@/lib/client/verify/standing.ts";
import { activeDevices, roleAt, scopesOf } from "@/lib/proof/queries.ts";
import type { UserState } from "@/lib/proof/state.ts";
import { plainLabel } from "./label.ts";

function personOf(account: Account, standings: Standings, user: UserState): Person {
  const profile = account.registers.profile(user.id);
  const role = roleAt(account.state, user.id);
  return {
    id: user.id,
    name: plainLabel(profile?.name ?? ""),
    title: plainLabel(profile?.title ?? ""),
    pronouns: plainLabel(profile?.pronouns ?? ""),
    zone: profile?.zone ?? "",
    status: statusOf(account, user.id),
    avatar: profile?.avatar ?? null,
    role: role ?? "member",
    active: role !== null,
    me: user.id === account.me,
    ...standings.of(user),
    joinedAt: account.book.timeOf(user.joinedAt),
    devices: activeDevices(account.state, user.id).length,
  };
}

/** A guest knows those with whom he shares a channel. */
function sharing({ state, me }: Account): Set<UserId> {
  return new Set([me, ...scopesOf(state, me).flatMap(({ named }) => [...named.keys()])]);
}

/** Everyone who is or was a member, by name. */
export function peopleOf(account: Account): Person[] {
  const standings = new Standings(account);
  const { state, me } = account;
  const known = roleAt(state, me) === "guest" ? sharing(account) : null;
  return [...state.users.values()]
    .filter(({ id }) => known === null || known.has(id))
    .map((user) => personOf(account, standings, user))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** One person; a placeholder without a name for an id that the ledger does not know. */
export function personById(account: Account, id: UserId): Person {
  const user = account.state.users.get(id);
  if (user !== undefined) return personOf(account, new Standings(account), user);
  return {
    id,
    name: "",
    title: "",
    pronouns: "",
    zone: "",
    status: null,
    avatar: null,
    role: "member",
    active: false,
    me: id === account.me,
    trust: "link",
    vouchedBy: [],
    verifiedAt: null,
    change: null,
    vouching: false,
    joinedAt: 0,
    devices: 0,
  };
}
