// Time by other people's clocks: a login is never signed for long, and a key never serves for ever (A1, E10).
import { expect, test } from "vitest";
import type { Api } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { openStage, settled, warned } from "@/tests/hostile/stage.ts";
import { startWorld } from "@/tests/world.ts";

const DAY = 86_400_000;

test("A1 a server that names a far expiry gets no signature, and the person is told", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ben, liar } = stage.player(1);
  const furthest = () => Date.now() + LIMITS.challengeSeconds * 1000 + LIMITS.clockDays * DAY;
  const signed = () =>
    liar.sent.flatMap(({ procedure, input }) =>
      procedure === "auth.login" ? [(input as Api["auth.login"]["input"]).expires] : [],
    );
  const before = signed().length;
  liar.on("auth.challenge", (answer) => ({ ...answer, expires: Date.now() + 400 * DAY }));
  await ben.reload();
  await warned(ben, "net/clock");
  expect(signed()).toHaveLength(before);
  for (const expires of signed()) expect(expires).toBeLessThanOrEqual(furthest());
  liar.honest();
  ben.engine.wake();
  await ben.online();
});

test.each([
  ["six days behind", -6 * DAY],
  ["six days ahead", 6 * DAY],
  ["years ahead", 4000 * DAY],
])("A1 a device whose clock is %s signs in and talks", async (_, off) => {
  await using world = await startWorld();
  const ana = await world.founder("Ana", { clock: { ...wallClock(), now: () => Date.now() + off } });
  const { id } = await ana.channel("general");
  await ana.say(id, "by another clock");
  await ana.reload();
  await ana.online();
  await ana.reads(id, "by another clock");
});

test("MS-29 A1 a clock that is weeks behind is named", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 72 });
  const clock = { ...wallClock(), now: () => Date.now() - 30 * DAY };
  const ben = await world.actor("Ben", { clock });
  await expect(ben.engine.inspectInvite({ fragment: `#${link.split("#")[1]}` })).rejects.toMatchObject({
    code: "net/clock",
  });
});

test("E10 an epoch ends at the first write after 10,000 events, and not before", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const epochs = () => ben.account.state.scopes.get(ben.account.workspaceScope)?.epochs.length ?? 0;
  await ana.say(stage.general, "the first under this key");
  await ben.reads(stage.general, "the first under this key");
  await settled(ben, ana.account.state.n);
  const before = epochs();
  await ben.say(stage.general, "the second");
  expect(epochs()).toBe(before);
  // Places are the server's word: it says that so many lie between.
  const shift = LIMITS.epochEvents;
  liar.frames = (frame) => {
    const { t, row } = frame as { t: string; row?: { channel: string; pos: number } };
    return t === "event" && row?.channel === stage.general ? [{ t, row: { ...row, pos: row.pos + shift } }] : [frame];
  };
  liar.on("events.read", (answer, { channel }) =>
    channel === stage.general
      ? { last: answer.last + shift, rows: answer.rows.map((row) => ({ ...row, pos: row.pos + shift })) }
      : answer,
  );
  await ana.say(stage.general, "ten thousand later");
  await ben.reads(stage.general, "ten thousand later");
  expect(epochs()).toBe(before);
  await ben.engine.sendMessage({ ws: ben.ws, channel: stage.general, text: "under a new key", files: [] });
  await ana.reads(stage.general, "under a new key");
  expect(epochs()).toBe(before + 1);
});
