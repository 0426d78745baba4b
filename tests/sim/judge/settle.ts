// The end of a run: everything is mended, everybody comes back, and time goes on until all is delivered and read.
import { isFault } from "@/lib/base/errors.ts";
import { mayWriteChannel } from "@/lib/proof/queries.ts";
import { confirmRestore, mend, wakeUp } from "@/tests/sim/deeds/network.ts";
import { settleIn } from "@/tests/sim/founding.ts";
import { CALM } from "@/tests/sim/world/net.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";
import { truthOf } from "./truth.ts";

const ROUNDS = 24;
const ROUND_MS = 40_000;

/** What a device still has to send, and could. */
function waitingIn(stage: Stage, seat: Seat): number {
  const account = stage.accountOf(seat);
  const may = (channel: Parameters<typeof account.scopeOf>[0]) =>
    mayWriteChannel(account.state, account.me, channel) === null;
  return account.outbox.entries().filter(({ channel, failed }) => failed === null && may(channel)).length;
}

/** Two people showed it another history, and there is no honest one who could show it that theirs is false (L9). */
function standsAlone(stage: Stage, { person, account }: Seat): boolean {
  const honest = stage.inside.some((one) => one.person !== person && !stage.victims.has(one));
  return account?.book.stop === "proof/fork" && stage.parted && !honest;
}

function unsettled(stage: Stage, seat: Seat): string | null {
  const { account, device } = seat;
  if (device.engine === null) return "is off";
  if (account === undefined || !seat.inside) return null;
  const { n } = truthOf(stage);
  if (account.live.connection !== "online") return `is ${account.live.connection}`;
  if (account.state.n !== n) return `stands at ${account.state.n} of ${n}`;
  if (account.book.stop !== null && !standsAlone(stage, seat)) return `was stopped by ${account.book.stop}`;
  const waiting = waitingIn(stage, seat);
  return waiting === 0 ? null : `has ${waiting} to send`;
}

/** The first thing that is not at rest, in words; null when all is. */
function unrest(stage: Stage): string | null {
  if (stage.host.app === null) return "the server is down";
  for (const seat of stage.seats) {
    const what = seat.lost || stage.isExcused(seat) ? null : unsettled(stage, seat);
    if (what !== null) return `${seat.device.name} ${what}`;
  }
  const restored = stage.host.app.restores.of(stage.ws);
  return restored?.closedAt === null ? "a restore is open" : null;
}

/** Somebody who may says that everything is back. */
async function closeRestore(stage: Stage): Promise<void> {
  const seat = stage.inside.find(({ account }) => account?.healing.view?.mayConfirm === true);
  if (seat === undefined) return;
  await stage.go("confirming", confirmRestore(stage, seat)).catch(() => undefined);
}

/** Stops that only a teammate's head ends, when the server is honest: two histories (L9, L10). */
const APART: readonly (string | null)[] = ["proof/fork", "proof/gap", "proof/rollback", "proof/bad-hash"];

/**
 * Whoever is stopped by another history stands beside a teammate and reads his code (L9, L10): where both hold the same, writing
 * goes on; where an admin gave up what this device holds, it goes over to the others'.
 */
async function standTogether(stage: Stage): Promise<void> {
  if (stage.givenUp) for (const seat of stage.inside) if (!isKnown(stage, seat)) turnAway(seat);
  for (const seat of stage.inside.filter(({ account }) => APART.includes(account?.book.stop ?? null))) {
    const { me, book } = stage.accountOf(seat);
    const mates = stage.inside.filter((one) => one.person.user !== me && mayShow(stage, one));
    mates.sort((a, b) => Number(stage.victims.has(a)) - Number(stage.victims.has(b)));
    for (const mate of mates) {
      if (book.stop === null) break;
      await stage.go("comparing", compare(stage, seat, mate)).catch(() => undefined);
    }
    if (mates.length === 0 && stage.givenUp) await stage.go("starting over", startOver(stage, seat));
  }
}

/** His coming was given up with the rest: the server knows nothing of this device, and its person has to be asked in again. */
const isKnown = (stage: Stage, seat: Seat) => truthOf(stage).deviceOwner.has(stage.accountOf(seat).keyring.device.id);

function turnAway(seat: Seat): void {
  seat.lost = true;
  seat.device.crash();
}

/** He writes himself, or is honest and stopped by what others said. */
function mayShow(stage: Stage, seat: Seat): boolean {
  const stop = seat.account?.book.stop ?? null;
  return stop === null || (stop === "proof/fork" && !stage.victims.has(seat));
}

/** What he holds nobody else can make whole, and there is nobody to show him another head: he begins again with his code. */
async function startOver(stage: Stage, seat: Seat): Promise<void> {
  turnAway(seat);
  const { words } = seat.person;
  if (words === null) return;
  const fresh = await stage.seat(seat.person);
  const { ws } = await fresh.device.running.recoverAccount({ words, ws: null, signOutOthers: true });
  settleIn(fresh, ws);
}

async function compare(stage: Stage, seat: Seat, mate: Seat): Promise<void> {
  const { ws } = stage;
  const [me, user] = [stage.accountOf(seat).me, stage.accountOf(mate).me];
  const { code } = await mate.device.running.verifyStart({ ws, user: me });
  const scan = seat.device.running.verifyScan({ ws, user, text: code });
  const apart = await scan.then(
    () => false,
    (thrown: unknown) => isFault(thrown, "verify/fork") || isFault(thrown, "verify/behind"),
  );
  if (!apart || !stage.givenUp) return;
  stage.crossed.add(seat);
  await seat.device.running.takeHead({ ws, user, text: code });
}

/** From now on the server is honest to everybody. */
function tellTruth({ device: { way } }: Seat): void {
  way.lies = null;
  way.elsewhere = null;
  way.hangUp();
}

/** Whoever was lied to comes back in his own time, and may bring with him what the server has not. */
function isBack({ account, inside, lost }: Seat): boolean {
  if (lost || account === undefined || !inside) return true;
  return account.live.connection === "online" || account.book.stop !== null;
}

/** Notes a fault when it never comes to rest. */
export async function settle(stage: Stage): Promise<void> {
  stage.net.weather = CALM;
  if (stage.host.app === null) await stage.time.during(stage.host.start());
  for (const seat of stage.seats) {
    if (seat.lost) continue;
    wakeUp(seat);
    await stage.time.drain();
    mend(seat);
    if (stage.victims.has(seat)) tellTruth(seat);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    if (await stage.time.run(ROUND_MS, () => unrest(stage) === null)) {
      await stage.time.run(ROUND_MS, () => stage.seats.every(isBack));
      // What comes after a pause, as answers to those who ask for keys, comes too.
      await stage.time.run(8000);
      if (unrest(stage) === null) return;
    }
    await closeRestore(stage);
    await standTogether(stage);
    for (const seat of stage.seats) if (!seat.lost && seat.device.engine === null) seat.device.open();
    if (round % 4 === 3) stage.net.hangUp();
  }
  stage.fault(`never comes to rest: ${unrest(stage)}`);
}
