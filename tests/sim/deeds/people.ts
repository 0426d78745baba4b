// People who come and go: invites of both kinds, roles, removal and return (I1 to I7, L7, L8).
import { fragmentOf, join, nextName } from "@/tests/sim/founding.ts";
import { type Deed, isAdmin, MOST_PEOPLE, MOST_SEATS, others, pickFrom, roleOf, someone } from "./deed.ts";

const inviteOne: Deed = {
  name: "invite and join",
  weight: 2,
  start: (stage) => {
    const seat = someone(stage, isAdmin);
    if (seat === null || stage.people.length >= MOST_PEOPLE || stage.seats.length >= MOST_SEATS) return null;
    return (async () => {
      const input = { ws: stage.ws, label: "", maxUses: 1 + stage.dice.below(2), hours: 1 + stage.dice.below(48) };
      const { link } = await seat.device.running.createInvite(input);
      const fresh = await stage.seat(stage.person(nextName(stage)));
      await join(fresh, link);
    })();
  },
};

const askIn: Deed = {
  name: "ask to be let in",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, isAdmin);
    if (seat === null || stage.people.length >= MOST_PEOPLE || stage.seats.length >= MOST_SEATS) return null;
    const role = stage.dice.chance(0.4) ? "guest" : "member";
    return (async () => {
      const input = { ws: stage.ws, label: "", maxUses: 1, hours: 24, mode: "approval", role } as const;
      const { link } = await seat.device.running.createInvite(input);
      const fresh = await stage.seat(stage.person(nextName(stage)));
      const asked = { fragment: fragmentOf(link), name: fresh.person.name };
      const { ws } = await fresh.device.running.requestToJoin(asked);
      fresh.ws = ws;
    })();
  },
};

const letIn: Deed = {
  name: "let in",
  weight: 3,
  start: (stage) => {
    const seat = someone(stage, (_, account) => account.desk.asking.length > 0);
    if (seat === null) return null;
    const { user } = stage.dice.pick(stage.accountOf(seat).desk.asking);
    if (stage.dice.chance(0.15)) return seat.device.running.declineJoin({ ws: stage.ws, user });
    return seat.device.running.approveJoin({ ws: stage.ws, user, channels: [] });
  },
};

const closeInvite: Deed = {
  name: "close invite",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, isAdmin);
    if (seat === null) return null;
    const open = [...stage.accountOf(seat).state.invites.values()].filter(({ closedAt }) => closedAt === null);
    const invite = pickFrom(stage.dice, open)?.id;
    return invite === undefined ? null : seat.device.running.closeInvite({ ws: stage.ws, invite });
  },
};

const setRole: Deed = {
  name: "role",
  weight: 2,
  start: (stage) => {
    const seat = someone(stage, (_, account) => roleOf(account) === "owner" && others(account).length > 0);
    if (seat === null) return null;
    const user = stage.dice.pick(others(stage.accountOf(seat)));
    const role = stage.dice.pick(["owner", "admin", "admin", "member", "guest"] as const);
    if (role === "owner" && stage.dice.chance(0.3))
      return seat.device.running.transferOwnership({ ws: stage.ws, user });
    return seat.device.running.setRole({ ws: stage.ws, user, role });
  },
};

const policy: Deed = {
  name: "policy",
  weight: 0.3,
  start: (stage) => {
    const seat = someone(stage, (_, account) => roleOf(account) === "owner");
    if (seat === null) return null;
    const invites = stage.dice.pick(["admins", "members"] as const);
    const channels = stage.dice.pick(["members", "admins"] as const);
    return seat.device.running.setPolicy({ ws: stage.ws, invites, channels });
  },
};

const removePerson: Deed = {
  name: "remove member",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, (one, account) => isAdmin(one, account) && others(account).length > 1);
    if (seat === null) return null;
    const user = stage.dice.pick(others(stage.accountOf(seat)));
    return seat.device.running.removeFromWorkspace({ ws: stage.ws, user });
  },
};

const takeBack: Deed = {
  name: "restore member",
  weight: 1.5,
  start: (stage) => {
    const seat = someone(stage, isAdmin);
    if (seat === null) return null;
    const { state } = stage.accountOf(seat);
    const gone = [...state.users.keys()].filter((user) => roleOf(stage.accountOf(seat), user) === null);
    const user = pickFrom(stage.dice, gone);
    return user === null ? null : seat.device.running.restoreMember({ ws: stage.ws, user });
  },
};

const leave: Deed = {
  name: "leave workspace",
  weight: 0.3,
  start: (stage) => {
    const seat = someone(stage, (_, account) => others(account).length > 2);
    if (seat === null) return null;
    return (async () => {
      await stage.formers.take(stage.accountOf(seat));
      await seat.device.running.leaveWorkspace({ ws: stage.ws });
      seat.lost = true;
    })();
  },
};

export const PEOPLE: readonly Deed[] = [
  inviteOne,
  askIn,
  letIn,
  closeInvite,
  setRole,
  policy,
  removePerson,
  takeBack,
  leave,
];
