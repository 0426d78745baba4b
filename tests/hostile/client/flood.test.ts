// MS-23 and 43: pages and streams without end, sockets that stall, clocks a year apart: bounded, named, and the same fold.
import { expect, test } from "vitest";
import { ID_BYTES, mintId } from "@/lib/base/ids.ts";
import type { Clock } from "@/lib/client/ports.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import { craftEvent, message, nextPos, realRow, rowOf } from "@/tests/hostile/crafter.ts";
import { beliefs, hastyClock, openStage, settled, warned } from "@/tests/hostile/stage.ts";

const SECRET = "the tide at nine";

test("MS-23 oversized events and endless pages end, by name, and other channels go on", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { id } = await ana.say(stage.general, "before the flood");
  await ben.reads(stage.general, "before the flood");
  const row = await realRow(ben, stage.general, id);
  const before = beliefs(ben, stage.general);
  // One event larger than any may be: no row at all.
  const ciphertext = toJson(new Uint8Array(LIMITS.eventBytes + 1));
  liar.push({ t: "event", row: { ...row, id: toJson(randomBytes(16)), ciphertext, pos: nextPos(ben, stage.general) } });
  expect(nextPos(ben, stage.general)).toBe(row.pos + 1);
  // A page longer than was asked for.
  const page = (count: number, from: number) =>
    Array.from({ length: count }, (_, i) => ({ ...row, id: toJson(randomBytes(16)), pos: from + i }));
  liar.on("events.read", (real, { channel }) =>
    channel === stage.general ? { rows: page(LIMITS.eventsPerRead + 1, row.pos + 1), last: 10_000 } : real,
  );
  liar.push({ t: "event", row: { ...row, id: toJson(randomBytes(16)), pos: row.pos + 9 } });
  const asked = liar.count("events.read");
  await expect(
    ben.account.session.call("events.read", { channel: stage.general, after: 0, before: null, limit: 500 }),
  ).rejects.toMatchObject({ code: "net/bad-answer" });
  expect(liar.count("events.read")).toBeLessThan(asked + 10);
  expect(beliefs(ben, stage.general)).toEqual(before);
  // Pages without end, of rows that say nothing.
  let pages = 0;
  const endless = { channel: stage.general, last: 2 ** 50 };
  liar.on("sync.state", (real) => ({
    ...real,
    channels: [...real.channels.filter(({ channel }) => channel !== stage.general), endless],
  }));
  liar.forge("events.read", ({ channel, after, limit }) => {
    if (channel !== stage.general) return { rows: [], last: 0 };
    pages += 1;
    return { rows: page(Math.min(limit, 50), (after ?? 0) + 1), last: 2 ** 50 };
  });
  liar.drop();
  await ben.until(`workspace:${ben.ws}`, ({ notices }) =>
    notices.some((one) => one.code === "net/bad-answer" && one.severity === "alarm" && one.detail === stage.general),
  );
  expect(pages).toBeLessThan(50);
  await ben.until(`workspace:${ben.ws}`, (view) => view.connection === "online", "being online");
  expect(beliefs(ben, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET, "before the flood");
});

test("MS-23 a ledger without end is refused before it is read", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ben, liar } = stage.player(1);
  const before = beliefs(ben, stage.general);
  const asked = liar.count("ledger.read");
  liar.on("ledger.read", (page) => ({ ...page, head: { ...page.head, n: 2 ** 50 } }));
  liar.drop();
  await ben.until(`workspace:${ben.ws}`, (view) => view.connection === "offline", "being offline");
  await warned(ben, "net/bad-answer");
  expect(liar.count("ledger.read")).toBeLessThan(asked + 10);
  expect(beliefs(ben, stage.general)).toEqual(before);
  liar.honest();
  ben.engine.wake();
  await ben.online();
  stage.expectNoLeak(SECRET);
});

test("MS-23 a server that takes nothing and names no reason isn't asked without pause, and nothing is lost", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  liar.forge("events.append", () => ({ accepted: [], refused: null }));
  await ben.engine.sendMessage({ ws: ben.ws, channel: stage.general, text: SECRET, files: [] });
  await expect(ben.account.outbox.flush(stage.general)).rejects.toMatchObject({ code: "net/bad-answer" });
  liar.honest();
  ben.engine.wake();
  await ana.reads(stage.general, SECRET);
  expect(ben.account.outbox.entries(stage.general).filter(({ pos }) => pos === null)).toEqual([]);
});

test("MS-23 a socket that stalls, or never greets, is left for another one", async () => {
  await using stage = await openStage(["Ana", "Ben"], { clock: hastyClock() });
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const before = beliefs(ben, stage.general);
  // Silent after the greeting, pongs included.
  liar.frames = () => [];
  await ben.until(`workspace:${ben.ws}`, (view) => view.connection === "offline", "leaving a stalled socket");
  // Alive, but for the greeting: pongs keep it looking well. It connects again all the same, and again.
  await new Promise<void>((resolve) => {
    let greetings = 0;
    liar.frames = (frame) => {
      if ((frame as { t: string }).t !== "ready") return [frame];
      greetings += 1;
      if (greetings === 3) resolve();
      return [{ t: "pong" }];
    };
  });
  expect(beliefs(ben, stage.general)).toEqual(before);
  liar.honest();
  await ben.online();
  await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  // A stream of greetings starts one catch-up a connection, not one each.
  const reads = liar.count("ledger.read");
  for (let i = 0; i < 200; i += 1) liar.push({ t: "ready", head: { n: 1, hash: toJson(new Uint8Array(32)) }, now: 0 });
  // Catch-ups read the ledger one after the other: behind them all, what they would have read has been read.
  await ben.account.book.sync();
  await ana.say(stage.general, "after the greetings");
  await ben.reads(stage.general, "after the greetings");
  expect(liar.count("ledger.read")).toBeLessThan(reads + 20);
  stage.expectNoLeak(SECRET);
});

test("MS-23 a stream of frames fills neither disk nor notices", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const before = beliefs(ben, stage.general);
  const event = await craftEvent(ana, stage.general, message("never sent"));
  const far = (i: number): RowJson => rowOf(event, 1_000 + i, { id: toJson(randomBytes(ID_BYTES)) as never });
  for (let i = 0; i < 2_000; i += 1) {
    liar.push({ t: "event", row: far(i) });
    liar.push({ t: "event", row: { ...far(i), channel: mintId<"channel">(randomBytes(ID_BYTES)) } });
  }
  await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  // As many as are kept have come, and more of them go on coming in the meantime.
  await expect.poll(() => ben.account.notices.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(100);
  for (const text of ["one", "two", "three"]) await ana.say(stage.general, text);
  await ben.reads(stage.general, "three");
  expect(ben.account.notices.length).toBe(100);
  const stored = await ben.account.log.since(stage.general, 0);
  expect(stored.filter((record) => record.status === "opened").map((record) => record.pos)).toEqual([1, 2, 3, 4]);
  expect(stored.length).toBeLessThan(8);
  expect(beliefs(ben)).toEqual({ ...(before as object), said: [] });
  stage.expectNoLeak(SECRET, "never sent");
});

const YEAR = 365 * 86_400_000;
/** A clock that goes right until it is set wrong. */
function loose(): { clock: Clock; set: (ms: number) => void } {
  let off = 0;
  return {
    clock: { ...wallClock(), now: () => Date.now() + off },
    set: (ms) => {
      off = ms;
    },
  };
}

test("MS-43 under clocks a year apart all fold the same, rotate for the same reasons and read each other", async () => {
  await using stage = await openStage(["Ana"]);
  const { actor: ana, liar } = stage.player(0);
  const [ahead, behind] = [loose(), loose()];
  const ben = await stage.world.invited(ana, "Ben", { clock: ahead.clock });
  const cleo = await stage.world.invited(ana, "Cleo", { clock: behind.clock });
  const dan = await stage.world.invited(ana, "Dan");
  ahead.set(YEAR);
  behind.set(-YEAR);
  for (const one of [ben, cleo, ana]) {
    await one.channel("general");
    await one.say(stage.general, `${SECRET}, says ${one.name}`);
  }
  for (const reader of [ana, ben, cleo])
    for (const one of [ana, ben, cleo]) await reader.reads(stage.general, `${SECRET}, says ${one.name}`);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: dan.account.me });
  await ana.say(stage.general, "without Dan");
  for (const reader of [ben, cleo]) {
    await settled(reader, ana.account.state.n);
    await reader.reads(stage.general, "without Dan");
  }
  // The clocks decide how old an epoch looks, never whether a member may read or a link counts.
  for (const one of [cleo, ben, ana]) await one.say(stage.general, `goodbye from ${one.name}`);
  for (const reader of [ana, ben, cleo]) {
    for (const one of [ana, ben, cleo]) await reader.reads(stage.general, `goodbye from ${one.name}`);
    await settled(reader, Math.max(...[ana, ben, cleo].map(({ account }) => account.state.n)));
  }
  const heads = [ana, ben, cleo].map(({ account }) => toJson(account.state.head));
  expect(new Set(heads).size).toBe(1);
  expect(beliefs(ben)).toEqual(beliefs(ana));
  expect(beliefs(cleo)).toEqual(beliefs(ana));
  for (const { account } of [ana, ben, cleo]) {
    expect(account.state.voids).toEqual([]);
    expect(account.notices).toEqual([]);
    const records = account.log.records(stage.general).filter(({ status }) => status !== "opened");
    expect(records).toEqual([]);
  }
  expect(liar.leaks(SECRET)).toEqual([]);
});
