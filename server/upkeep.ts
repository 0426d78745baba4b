// What a server does by itself: lets expired things go, closes sockets in time, clears up after broken uploads.

import { LIMITS } from "@/lib/protocol/limits.ts";
import { dropDecided } from "@/server/ledger/joins.ts";
import { judgeListener } from "@/server/live/socket.ts";
import { storeFault } from "@/server/store/faults.ts";
import type { App } from "./app.ts";
import { expireAll } from "./retention.ts";

const SECOND = 1000;
const HOUR = 3600 * SECOND;

export type Upkeep = { stop(): void; sweep(): Promise<void> };

/** Starts the timers. `sweep` does the hourly part at once. */
export function startUpkeep(app: App): Upkeep {
  const tick = setInterval(() => closeExpired(app), SECOND);
  const minute = setInterval(() => forgetExpired(app), 60 * SECOND);
  const hourly = setInterval(() => void sweepStored(app), HOUR);
  for (const timer of [tick, minute, hourly]) timer.unref();
  return {
    stop: () => {
      for (const timer of [tick, minute, hourly]) clearInterval(timer);
    },
    sweep: () => sweep(app),
  };
}

/** All of it at once. */
export async function sweep(app: App): Promise<void> {
  closeExpired(app);
  forgetExpired(app);
  await sweepStored(app);
}

function closeExpired(app: App): void {
  app.hub.reviewAll((listener) => judgeListener(app, listener));
}

function forgetExpired(app: App): void {
  app.challenges.sweep();
  app.mailboxes.sweep();
  app.tokens.sweep();
  app.rates.sweep();
}

async function sweepStored(app: App): Promise<void> {
  await sweepExpired(app);
  await sweepBlobs(app);
  await sweepJoins(app);
  await sweepLetters(app);
}

/** Deletes what channels no longer keep (E9). */
async function sweepExpired(app: App): Promise<void> {
  try {
    const count = await expireAll(app);
    if (count > 0) app.log({ what: "upkeep", count });
  } catch (thrown) {
    app.log({ what: "fault", fault: storeFault(thrown).code });
  }
}

/** Forgets requests whose invite is past its time; those that are decided went with the decision. */
async function sweepJoins(app: App): Promise<void> {
  try {
    for (const ws of await app.store.ledger.workspaces()) await dropDecided(app, app.workspaces.of(ws));
  } catch (thrown) {
    app.log({ what: "fault", fault: storeFault(thrown).code });
  }
}

/** Forgets what helpers of a circle laid and nobody came for (D6). */
async function sweepLetters(app: App): Promise<void> {
  try {
    await app.store.letters.dropLetters(app.now() - LIMITS.circleLetterDays * 24 * HOUR);
  } catch (thrown) {
    app.log({ what: "fault", fault: storeFault(thrown).code });
  }
}

/** Forgets uploads that were never finished, and files that no row knows. */
export async function sweepBlobs(app: App): Promise<void> {
  try {
    const before = app.now() - app.settings.limits.uploadHours * HOUR;
    const dropped = await app.store.blobs.dropUnfinished(before);
    for (const { ws, blob } of dropped) await app.disk.remove(ws, blob);
    const orphans = await app.disk.sweep(await app.store.blobs.allBlobs(), before);
    if (dropped.length + orphans > 0) app.log({ what: "upkeep", count: dropped.length + orphans });
  } catch (thrown) {
    app.log({ what: "fault", fault: storeFault(thrown).code });
  }
}
