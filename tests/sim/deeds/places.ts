// Channels: made, renamed, joined, left, archived; people put in and taken out (E4, E8, L8).
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { isFirst } from "@/lib/client/commands/channels.ts";
import { isScopeMember } from "@/lib/proof/queries.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";
import { type Deed, others, pickFrom, privateChannels, roleOf, someone } from "./deed.ts";

const MOST_PUBLIC = 4;
const MOST_PRIVATE = 5;

function some(stage: Stage, users: readonly UserId[]): UserId[] {
  return users.filter(() => stage.dice.chance(0.6));
}

const openPublic: Deed = {
  name: "new public channel",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, (_, account) => account.state.channels.size < MOST_PUBLIC);
    if (seat === null) return null;
    const input = { name: `open-${stage.operations}`, topic: "", history: "full", members: [] } as const;
    return seat.device.running.createChannel({ ws: stage.ws, kind: "public", ...input });
  },
};

const openPrivate: Deed = {
  name: "new private channel",
  weight: 4,
  start: (stage) => {
    const fits = (_: Seat, account: Account) =>
      roleOf(account) !== "guest" && privateChannels(account).length < MOST_PRIVATE;
    const seat = someone(stage, fits);
    if (seat === null) return null;
    const history = stage.dice.chance(0.5) ? "full" : "since-join";
    const members = some(stage, others(stage.accountOf(seat)));
    const input = { name: `room-${stage.operations}`, topic: "", history, members } as const;
    return seat.device.running.createChannel({ ws: stage.ws, kind: "private", ...input });
  },
};

/** A private channel of somebody, and a member of the workspace who is in it, or is not. */
function insideOrOut(stage: Stage, inside: boolean): { seat: Seat; channel: ChannelId; user: UserId } | null {
  const found = stage.inside.flatMap((seat) => {
    const account = stage.accountOf(seat);
    return privateChannels(account).flatMap((channel) => {
      const scope = account.scopeState(channel);
      const users = others(account).filter((user) => scope && isScopeMember(account.state, scope, user) === inside);
      return users.map((user) => ({ seat, channel, user }));
    });
  });
  return pickFrom(stage.dice, found);
}

const add: Deed = {
  name: "add to channel",
  weight: 5,
  start: (stage) => {
    const found = insideOrOut(stage, false);
    if (found === null) return null;
    const { seat, channel, user } = found;
    return seat.device.running.addMember({ ws: stage.ws, channel, user });
  },
};

const takeOut: Deed = {
  name: "remove from channel",
  weight: 5,
  start: (stage) => {
    const found = insideOrOut(stage, true);
    if (found === null) return null;
    const { seat, channel, user } = found;
    return seat.device.running.removeMember({ ws: stage.ws, channel, user });
  },
};

const leave: Deed = {
  name: "leave channel",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, (_, account) => account.channels().length > 1);
    if (seat === null) return null;
    const account = stage.accountOf(seat);
    const free = account.channels().filter((channel) => !isFirst(account, channel));
    const channel = pickFrom(
      stage.dice,
      free.filter((one) => account.scopeState(one)?.kind !== "dm"),
    );
    return channel === null ? null : seat.device.running.leaveChannel({ ws: stage.ws, channel });
  },
};

const rename: Deed = {
  name: "rename channel",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, (_, account) => privateChannels(account).length > 0);
    if (seat === null) return null;
    const channel = stage.dice.pick(privateChannels(stage.accountOf(seat)));
    const input = { channel, name: `room-${stage.operations}`, topic: "renamed" };
    return seat.device.running.renameChannel({ ws: stage.ws, ...input });
  },
};

const archive: Deed = {
  name: "archive channel",
  weight: 0.5,
  start: (stage) => {
    const seat = someone(stage, (_, account) => privateChannels(account).length > 0);
    if (seat === null) return null;
    const channel = stage.dice.pick(privateChannels(stage.accountOf(seat)));
    return seat.device.running.archiveChannel({ ws: stage.ws, channel });
  },
};

export const PLACES: readonly Deed[] = [openPublic, openPrivate, add, takeOut, leave, rename, archive];
