// What machines do to people: lines that break, tabs that crash, devices that sleep, a server that ends and comes back.
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";
import { type Deed, pickFrom, someone } from "./deed.ts";

const MINUTE = 60_000;

const cut: Deed = {
  name: "line cut",
  weight: 4,
  start: (stage) => {
    const seat = someone(stage, ({ device }) => !device.way.cut);
    if (seat === null) return null;
    seat.device.way.sever();
    stage.time.after(stage.dice.below(4 * MINUTE), () => mend(seat));
    return Promise.resolve();
  },
};

/** The line is there again, and the platform says so. */
export function mend(seat: Seat): void {
  seat.device.way.cut = false;
  seat.device.engine?.wake();
}

/** The next tab opens after a while; where one waited already, it has taken over. */
function reopen(stage: Stage, seat: Seat): void {
  stage.time.after(stage.dice.below(20_000), () => {
    if (!seat.lost && !seat.asleep && seat.device.engine === null) seat.device.open();
  });
}

/** The tab dies in the middle of whatever it does, now or at one of its next writes. */
export function crash(stage: Stage, seat: Seat): void {
  stage.crashes += 1;
  if (stage.dice.chance(0.4)) seat.device.open();
  if (stage.dice.chance(0.5)) seat.device.crash();
  else {
    seat.device.crashAtWrite(1 + stage.dice.below(8), stage.dice.chance(0.5));
    const { engine } = seat.device;
    stage.time.after(5000 + stage.dice.below(10_000), () => {
      if (engine !== null && seat.device.engine === engine) seat.device.crash();
    });
  }
  watchDown(stage, seat);
}

/** Looks until the device is down, then has a tab opened. */
function watchDown(stage: Stage, seat: Seat): void {
  if (seat.device.engine === null) reopen(stage, seat);
  else stage.time.after(1000, () => watchDown(stage, seat));
}

const tabCrash: Deed = {
  name: "tab crash",
  weight: 4,
  start: (stage) => {
    const seat = someone(stage);
    if (seat === null) return null;
    crash(stage, seat);
    return Promise.resolve();
  },
};

const sleep: Deed = {
  name: "device sleeps",
  weight: 2,
  start: (stage) => {
    const seat = someone(stage);
    if (seat === null) return null;
    seat.asleep = true;
    seat.device.crash();
    stage.time.after(stage.dice.below(10 * MINUTE), () => wakeUp(seat));
    return Promise.resolve();
  },
};

export function wakeUp(seat: Seat): void {
  seat.asleep = false;
  if (!seat.lost && seat.device.engine === null) seat.device.open();
}

/** Ends the server as kill -9 does, and lets what was under way know nothing of it. */
export function stopServer(stage: Stage): void {
  stage.host.crash();
  stage.carrier.generation += 1;
  stage.net.hangUp();
}

const serverCrash: Deed = {
  name: "server crash",
  weight: 2,
  start: (stage) => {
    if (stage.host.app === null) return null;
    stopServer(stage);
    stage.time.after(stage.dice.below(30_000), () => void stage.time.during(startServer(stage)));
    return Promise.resolve();
  },
};

async function startServer(stage: Stage): Promise<void> {
  if (stage.host.app === null) await stage.host.start();
}

const putAside: Deed = {
  name: "backup",
  weight: 1,
  start: (stage) => {
    if (stage.host.app === null || stage.images.length > 0) return null;
    stage.images.push(stage.host.copy());
    return Promise.resolve();
  },
};

/** Everybody stands where the server stands: a plain copy put back now is no fork for anyone who writes first. */
function allCaughtUp(stage: Stage): boolean {
  const n = stage.host.app?.workspaces.find(stage.ws)?.state.n;
  const awake = stage.seats.filter((seat) => !seat.lost);
  return awake.every(({ account, device }) => account?.state.n === n && !device.way.cut);
}

const putBack: Deed = {
  name: "older copy put back",
  weight: 2,
  start: (stage) => {
    const image = stage.images[0];
    const told = stage.dice.chance(0.5);
    if (image === undefined || stage.host.app === null || (!told && !allCaughtUp(stage))) return null;
    stage.images.pop();
    stage.restored += 1;
    stopServer(stage);
    return stage.time.during(stage.host.putBack(image, told));
  },
};

/** An owner or admin looks at what was given back and says that this is everything. */
const confirm: Deed = {
  name: "restore confirmed",
  weight: 1,
  start: (stage) => {
    const open = (seat: Seat) => seat.account?.healing.view?.mayConfirm === true;
    const seat = someone(stage, open);
    return seat === null ? null : confirmRestore(stage, seat);
  },
};

/** Says so, whoever else may still hold something. */
export function confirmRestore(stage: Stage, seat: Seat): Promise<void> {
  const view = seat.account?.healing.view;
  if (view && view.given < view.devices) stage.givenUp = true;
  return seat.device.running.confirmRestore({ ws: stage.ws });
}

/** Rotates where the ledger asks for it, as a device does that comes back and is about to write. */
const wakeAll: Deed = {
  name: "network back",
  weight: 3,
  start: (stage) => {
    const cuts = stage.seats.filter(({ device, lost }) => !lost && device.way.cut);
    const seat = pickFrom(stage.dice, cuts);
    if (seat === null) return null;
    mend(seat);
    return Promise.resolve();
  },
};

export const NETWORK: readonly Deed[] = [cut, wakeAll, tabCrash, sleep, serverCrash, putAside, putBack, confirm];
