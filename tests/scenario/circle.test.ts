// Getting back in by a recovery circle: the same restore as by the code, the wait, the veto, notices to all (D6, I14).
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { TimelineItem } from "@/lib/client/api.ts";
import { activeDevices } from "@/lib/proof/queries.ts";
import { asked, circle, confirmed, HOUR, outcome, readOut, Shifted } from "@/tests/circle-kit.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

const FILE = new TextEncoder().encode("what the file says");

/** Every message that a person reads, by channel, oldest first. */
async function readable(actor: Actor, channels: readonly ChannelId[]): Promise<string[][]> {
  const texts: string[][] = [];
  for (const channel of channels) {
    const said = (item: TimelineItem) => item.t === "message";
    const view = await actor.until(`timeline:${actor.ws}:${channel}`, ({ items }) => items.some(said));
    texts.push(view.items.flatMap((item) => (item.t === "message" && !item.deleted ? [item.text] : [])));
  }
  return texts;
}

type Place = { world: World; time: Shifted; ana: Actor; ben: Actor; cleo: Actor; dan: Actor; words: string };

/** Ana with helpers Ben, Cleo and Dan, two of whom suffice; one clock for everybody. */
async function place(): Promise<Place> {
  const time = new Shifted();
  const world = await startWorld({ clock: time });
  const ana = await world.founder("Ana", { clock: time });
  const [ben, cleo, dan] = [
    await world.invited(ana, "Ben", { clock: time }),
    await world.invited(ana, "Cleo", { clock: time }),
    await world.invited(ana, "Dan", { clock: time }),
  ];
  const words = await confirmed(ana);
  await ana.until(`workspace:${ana.ws}`, ({ people }) => people.filter(({ name }) => name !== "").length === 4);
  await circle(ana, words, [ben, cleo, dan], 2);
  return { world, time, ana, ben, cleo, dan, words };
}

test("D6 I14 two of three helpers get a person back in who lost everything, with the exact readable set", async () => {
  const { world, time, ana, ben, cleo, dan } = await place();
  await using _ = world;
  const { id: general } = await ana.channel("general");
  await ana.say(general, "public");
  const input = { ws: ana.ws, kind: "private", topic: "", members: [cleo.account.me] } as const;
  const { channel: full } = await ana.engine.createChannel({ ...input, name: "whole", history: "full" });
  await ana.say(full, "behind a door");
  const { channel: dm } = await ana.engine.startDm({ ws: ana.ws, users: [ben.account.me] });
  const source = { name: "note.txt", type: "text/plain", source: FILE, width: null, height: null, thumbnail: null };
  await ana.engine.sendMessage({ ws: ana.ws, channel: dm, text: "with a file", files: [source] });
  const sent = await ana.message(dm, ({ files }) => files.some(({ state }) => state === "ready"));
  await ben.reads(dm, "with a file");
  const all = [general, full, dm];
  const before = await readable(ana, all);
  await ana.online();
  const me = ana.account.me;
  await ana.stop();

  const again = await world.actor("Ana again", { clock: time });
  const helping = [await asked(again, ben, me), await asked(again, cleo, me)] as const;
  const word = await outcome(again, "Ben", ({ phase }) => phase === "waiting");
  expect(word).toMatchObject({ person: "Ana", workspace: "Riverbend" });
  expect(await again.until("regaining", ({ need }) => need === 2)).toMatchObject({
    have: 0,
    helpers: ["Ben", "Cleo", "Dan"],
  });
  // Both sides wait over a restart; everybody hears of it, members who are no helpers of hers too.
  await again.reload();
  await ben.reload();
  await ben.online();
  for (const member of [dan, cleo])
    await member.until(`circle:${member.ws}`, ({ others }) =>
      others.some(({ by, user }) => by === ben.account.me && user === me),
    );
  for (const [i, helper] of [ben, cleo].entries()) {
    const give = helper.engine.givePart({ ws: helper.ws, ask: helping[i] ?? helping[0] });
    await expect(give).rejects.toMatchObject({ code: "circle/too-early" });
  }
  time.shift += 24 * HOUR + 60_000;
  await ben.engine.givePart({ ws: ben.ws, ask: helping[0] });
  await outcome(again, "Ben", ({ phase }) => phase === "given");
  await expect(again.engine.openCircle({})).rejects.toMatchObject({ code: "circle/too-few" });
  await cleo.engine.givePart({ ws: cleo.ws, ask: helping[1] });
  await outcome(again, "Cleo", ({ phase }) => phase === "given");

  const { words } = await again.engine.openCircle({});
  const [preview] = await again.engine.inspectRecovery({ words });
  expect(preview).toMatchObject({ user: me });
  const { ws } = await again.engine.recoverAccount({ words, ws: null, signOutOthers: true, unwritten: true });
  await again.engine.endAsks({});
  again.ws = ws;
  await again.online();
  expect(again.account.me).toBe(me);
  for (const [i, channel] of all.entries()) await again.reads(channel, before[i]?.at(-1) ?? "");
  expect(await readable(again, all)).toEqual(before);
  const { data } = await again.engine.downloadFile({ ws, channel: dm, id: sent.files[0]?.id as EventId });
  expect(new Uint8Array(await new Response(data as BodyInit).arrayBuffer())).toEqual(FILE);
  for (const [i, [channel, other]] of (
    [
      [general, dan],
      [full, cleo],
      [dm, ben],
    ] as const
  ).entries()) {
    await again.say(channel, `back ${i}`);
    await other.reads(channel, `back ${i}`);
    await other.say(channel, `welcome ${i}`);
    await again.reads(channel, `welcome ${i}`);
  }
  expect(activeDevices(again.account.state, me).map(({ id }) => id)).toEqual([again.account.keyring.device.id]);
  // The code was on no paper: it is shown once more, and until then there is no leaving (D3).
  expect(((await again.engine.recoveryWords({ ws })) ?? []).join(" ")).toBe(words);
  await expect(again.engine.signOut({ ws })).rejects.toMatchObject({ code: "app/no-way-back" });
  await confirmed(again);
  // Her return ended every request that was left.
  await ben.until(`circle:${ben.ws}`, ({ others }) => others.length === 0);
}, 60_000);

test("D6 one of the owner's devices stops it: helpers give nothing, the asker is told, the circle stays", async () => {
  const { world, time, ana, ben, cleo } = await place();
  await using _ = world;
  const me = ana.account.me;
  const phone = await linked(world, ana, "phone", { clock: time });
  await ana.stop();
  const thief = await world.actor("Thief", { clock: time });
  const first = await asked(thief, ben, me);
  const second = await asked(thief, cleo, me);
  // The phone says it loudly, with who was asked.
  const { asks } = await phone.until(`circle:${phone.ws}`, (view) => view.asks.length === 2);
  expect(asks.map(({ by }) => by).sort()).toEqual([ben.account.me, cleo.account.me].sort());
  await phone.engine.stopAsks({ ws: phone.ws });
  await phone.until(`circle:${phone.ws}`, (view) => view.asks.length === 0);
  time.shift += 25 * HOUR;
  for (const [helper, ask] of [
    [ben, first],
    [cleo, second],
  ] as const) {
    await helper.engine.givePart({ ws: helper.ws, ask }).catch(() => undefined);
    const { helping } = await helper.until(`circle:${helper.ws}`, (view) =>
      view.helping.every(({ state }) => state === "ended"),
    );
    expect(helping[0]).toMatchObject({ why: "owner" });
  }
  expect(await outcome(thief, "Ben", ({ phase }) => phase === "refused")).toMatchObject({ why: "owner" });
  await outcome(thief, "Cleo", ({ phase }) => phase === "refused");
  await expect(thief.engine.openCircle({})).rejects.toMatchObject({ code: "circle/too-few" });
  // The circle is as good as before: nothing has to be set up again.
  const mine = await phone.until(`circle:${phone.ws}`, (view) => view.mine !== null);
  expect(mine.mine).toMatchObject({ threshold: 2, broken: false });
  const real = await world.actor("Ana again", { clock: time });
  const asks2 = [await asked(real, ben, me), await asked(real, cleo, me)];
  time.shift += 25 * HOUR;
  for (const [i, helper] of [ben, cleo].entries())
    await helper.engine.givePart({ ws: helper.ws, ask: asks2[i] ?? first });
  await outcome(real, "Cleo", ({ phase }) => phase === "given");
  expect((await real.engine.openCircle({})).words.split(" ")).toHaveLength(24);
}, 60_000);

test("D6 D4 a new code renews the circle; helpers who left are named; too few left, another code, or its end open nothing", async () => {
  const { world, time, ana, ben, cleo, dan, words } = await place();
  await using _ = world;
  const me = ana.account.me;
  const refused = (code: string, input: Partial<Parameters<typeof ana.engine.setCircle>[0]>) =>
    expect(
      ana.engine.setCircle({ ws: ana.ws, words, helpers: [ben.account.me, cleo.account.me], threshold: 2, ...input }),
    ).rejects.toMatchObject({ code });
  await refused("circle/bad-helpers", { helpers: [ben.account.me] });
  await refused("circle/bad-helpers", { threshold: 1 });
  await refused("circle/bad-helpers", { threshold: 3 });
  await refused("circle/bad-helpers", { helpers: [ben.account.me, ben.account.me] });
  await refused("circle/bad-helpers", { helpers: [ben.account.me, me] });
  await refused("crypto/bad-words", { words: words.split(" ").slice(1).join(" ") });
  const early = await world.actor("Early", { clock: time });
  const old = await asked(early, ben, me);
  await ana.engine.changeRecoveryCode({ ws: ana.ws, words });
  const fresh = await confirmed(ana);
  await refused("recovery/not-in-force", {});
  // What was asked before is over; the same people help with the new code.
  await ben.account.book.sync();
  await expect(ben.engine.givePart({ ws: ben.ws, ask: old })).rejects.toMatchObject({
    code: /^circle\/(stopped|no-request)$/,
  });
  const again = await world.actor("Again", { clock: time });
  const asks = [await asked(again, ben, me), await asked(again, dan, me)];
  time.shift += 25 * HOUR;
  await ben.engine.givePart({ ws: ben.ws, ask: asks[0] ?? old });
  await dan.engine.givePart({ ws: dan.ws, ask: asks[1] ?? old });
  await outcome(again, "Dan", ({ phase }) => phase === "given");
  expect((await again.engine.openCircle({})).words).toBe(fresh);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: cleo.account.me });
  const one = await ana.until(
    `circle:${ana.ws}`,
    ({ mine }) => mine?.helpers.some(({ state }) => state === "gone") === true,
  );
  expect(one.mine?.broken).toBe(false);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: dan.account.me });
  await ana.until(`circle:${ana.ws}`, ({ mine }) => mine?.broken === true);
  await ana.engine.endCircle({ ws: ana.ws });
  await ana.until(`circle:${ana.ws}`, ({ mine }) => mine === null);
  await ben.until(`circle:${ben.ws}`, ({ helpOf }) => helpOf.length === 0);
  const late = await world.actor("Late", { clock: time });
  const code = await readOut(late);
  await ben.engine.inspectAsk({ ws: ben.ws, code });
  await expect(ben.engine.acceptAsk({ ws: ben.ws, user: me })).rejects.toMatchObject({ code: "circle/not-helper" });
}, 60_000);
