// Devices and codes: linked, retired, lost; recovery, a new code, a new root, and coming back from nothing (D1 to D7, L8).
import { toBase64url } from "@/lib/base/encoding.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { waitingIn } from "@/lib/client/renewal/readmit.ts";
import { activeDevices, owners } from "@/lib/proof/queries.ts";
import { fragmentOf, linkDevice, settleIn, writeDown } from "@/tests/sim/founding.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import { type Deed, isAdmin, MOST_SEATS, others, pickFrom, roleOf, someone } from "./deed.ts";

const addDevice: Deed = {
  name: "link device",
  weight: 2,
  start: (stage) => {
    const seat = someone(stage, ({ person }) => person.seats.filter(({ lost }) => !lost).length < 3);
    if (seat === null || stage.seats.length >= MOST_SEATS) return null;
    return (async () => {
      await linkDevice(seat, await stage.seat(seat.person));
    })();
  },
};

const retire: Deed = {
  name: "retire device",
  weight: 1.5,
  start: (stage) => {
    const mine = (seat: Seat) =>
      activeDevices(stage.accountOf(seat).state, stage.accountOf(seat).me).filter(
        ({ id }) => id !== seat.account?.keyring.device.id,
      );
    const seat = someone(stage, (one) => mine(one).length > 0);
    if (seat === null) return null;
    return seat.device.running.retireDevice({ ws: stage.ws, device: stage.dice.pick(mine(seat)).id });
  },
};

const recover: Deed = {
  name: "recover",
  weight: 1.5,
  start: (stage) => {
    const person = pickFrom(
      stage.dice,
      stage.people.filter(({ words, user }) => words !== null && user !== null),
    );
    if (person === null || person.words === null || stage.seats.length >= MOST_SEATS) return null;
    const { words } = person;
    const signOutOthers = stage.dice.chance(0.5);
    return (async () => {
      const fresh = await stage.seat(person);
      const { ws } = await fresh.device.running.recoverAccount({ words, ws: null, signOutOthers });
      settleIn(fresh, ws);
    })();
  },
};

const changeCode: Deed = {
  name: "new recovery code",
  weight: 1,
  start: (stage) => {
    const seat = someone(stage, ({ person }) => person.words !== null);
    const words = seat?.person.words;
    if (seat === null || words === null || words === undefined) return null;
    return (async () => {
      await seat.device.running.changeRecoveryCode({ ws: stage.ws, words });
      await writeDown(seat);
    })();
  },
};

/** Whoever has a code on the screen writes it down, sooner or later. */
const noteCode: Deed = {
  name: "write code down",
  weight: 2,
  start: (stage) => {
    const seat = someone(stage, (_, account) => account.keyring.code !== null);
    return seat === null ? null : writeDown(seat);
  },
};

const renewRoot: Deed = {
  name: "renew root",
  weight: 0.7,
  start: (stage) => {
    const seat = someone(stage);
    if (seat === null) return null;
    return seat.device.running.renewRoot({ ws: stage.ws, leaked: stage.dice.chance(0.5) });
  },
};

const approveRoot: Deed = {
  name: "approve root",
  weight: 2,
  start: (stage) => {
    const waiting = (seat: Seat) => [...stage.accountOf(seat).state.users.values()].filter((one) => one.pendingRoot);
    const seat = someone(stage, (one, account) => isAdmin(one, account) && waiting(one).length > 0);
    if (seat === null) return null;
    const person = stage.dice.pick(waiting(seat));
    const root = toBase64url(person.pendingRoot?.rik ?? new Uint8Array());
    return seat.device.running.approveRoot({ ws: stage.ws, user: person.id, root });
  },
};

/** Loses every device and the paper, and asks for his own place by a return link; an admin makes sure of him (D7). */
const loseAll: Deed = {
  name: "lose all, come back",
  weight: 0.7,
  start: (stage) => {
    const seat = someone(stage, isAdmin);
    if (seat === null || stage.seats.length >= MOST_SEATS) return null;
    const { state, me } = stage.accountOf(seat);
    const alone = owners(state).length === 1 ? owners(state)[0] : null;
    const mates = stage.people.filter(({ user }) => user !== null && user !== me && user !== alone);
    const person = pickFrom(stage.dice, mates);
    const user = person?.user;
    if (person === null || user === null || user === undefined || roleOf(stage.accountOf(seat), user) === null)
      return null;
    return (async () => {
      for (const one of person.seats) {
        one.lost = true;
        one.device.crash();
      }
      person.words = null;
      const { link } = await seat.device.running.createReturnLink({ ws: stage.ws, user });
      const fresh = await stage.seat(person);
      const { ws } = await fresh.device.running.requestToJoin({ fragment: fragmentOf(link), name: person.name });
      fresh.ws = ws;
    })();
  },
};

const readmit: Deed = {
  name: "readmit",
  weight: 3,
  start: (stage) => {
    const found = stage.inside.flatMap((seat) => {
      const account = stage.accountOf(seat);
      return account.channels().flatMap((channel) => {
        const named = account.scopeState(channel)?.named;
        const users = others(account).filter((user) => named?.has(user));
        return users.filter((user) => waits(account, channel, user)).map((user) => ({ seat, channel, user }));
      });
    });
    const one = pickFrom(stage.dice, found);
    if (one === null) return null;
    return one.seat.device.running.readmitMember({ ws: stage.ws, channel: one.channel, user: one.user });
  },
};

function waits(account: Account, channel: ChannelId, user: UserId): boolean {
  const scope = account.scopeState(channel);
  return scope !== undefined && waitingIn(account.state, scope).some((one) => one.user === user);
}

export const KEYS: readonly Deed[] = [
  addDevice,
  retire,
  recover,
  changeCode,
  noteCode,
  renewRoot,
  approveRoot,
  loseAll,
  readmit,
];
