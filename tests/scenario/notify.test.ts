// What a person is told of, over real engines: what calls him, once, as he chose it on any of his devices.
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { DEFAULT_NOTIFY, FOREVER } from "@/lib/protocol/setting/notify.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const texts = (actor: Actor) => actor.account.notify.alertsView().alerts.map(({ text }) => text);

async function hears(actor: Actor, channel: ChannelId, text: string): Promise<void> {
  await actor.reads(channel, text);
}

test("a mention and a direct message are told of, with names in the place of ids; the rest is not", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  const me = `<@${ben.account.me}>`;
  await ana.say(general, "for all who care");
  await ana.say(general, `the proofs are in, ${me}\nplease look \u202Eereht`);
  const { channel: dm } = await ana.engine.startDm({ ws: ana.ws, users: [ben.account.me] });
  await ana.say(dm, "between us");
  const { alerts } = await ben.until(`alerts:${ben.ws}`, (view) => view.alerts.length === 2);
  expect(alerts.map(({ name, place, text }) => ({ name, place, text }))).toEqual([
    { name: "Ana", place: "general", text: "the proofs are in, @Ben please look ereht" },
    { name: "Ana", place: "", text: "between us" },
  ]);
  expect(texts(ana)).toEqual([]);
  // What is read is told of no more.
  await ben.engine.markRead({ ws: ben.ws, channel: dm });
  await ben.until(`alerts:${ben.ws}`, (view) => view.alerts.length === 1);
});

test("what came while nobody was here is counted, and not told of one by one", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  await ben.stop();
  await ana.say(general, `you missed this, <@${ana.account.me}> and <@${ben.account.me}>`);
  await ben.reload();
  await ben.online();
  const view = await ben.until(`workspace:${ben.ws}`, ({ channels }) =>
    channels.some(({ mentions }) => mentions === 1),
  );
  expect(view.channels.find(({ id }) => id === general)?.unread).toBe(1);
  expect(texts(ben)).toEqual([]);
  await ana.say(general, `and this, <@${ben.account.me}>`);
  await ben.until(`alerts:${ben.ws}`, ({ alerts }) => alerts.length === 1);
});

test("levels, mutes, words and pauses chosen on one device hold on the other, and offline at once", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const phone = await linked(world, ben, "phone");
  const { id: general } = await ana.channel("general");
  await ben.engine.chooseNotify({ ws: ben.ws, setting: { ...DEFAULT_NOTIFY, words: ["cadmium"], text: false } });
  await phone.until(`notify:${phone.ws}`, ({ all }) => all.words.includes("cadmium") && !all.text);
  await ana.say(general, "Cadmium is sold out");
  await ana.say(general, "so is cobalt");
  await hears(phone, general, "so is cobalt");
  await hears(ben, general, "so is cobalt");
  for (const device of [ben, phone]) expect(texts(device)).toEqual(["Cadmium is sold out"]);

  await phone.engine.chooseChannelNotify({
    ws: phone.ws,
    channel: general,
    setting: { level: null, muted: FOREVER },
  });
  await ben.until(`workspace:${ben.ws}`, ({ channels }) => channels.some(({ id, muted }) => id === general && muted));
  await ana.say(general, "cadmium again");
  await hears(ben, general, "cadmium again");
  expect(texts(ben)).toEqual(["Cadmium is sold out"]);

  await ben.engine.chooseChannelNotify({ ws: ben.ws, channel: general, setting: { level: "all", muted: null } });
  // Chosen here counts here before any server has heard of it.
  expect(ben.account.notify.here(general)).toEqual({ level: "all", muted: null });
  await ana.say(general, "plain");
  await hears(ben, general, "plain");
  expect(texts(ben)).toEqual(["Cadmium is sold out", "plain"]);
  await ben.engine.chooseNotify({ ws: ben.ws, setting: { ...DEFAULT_NOTIFY, pause: Date.now() + 60_000 } });
  await ana.say(general, `<@${ben.account.me}> quietly`);
  await ben.message(general, ({ mentionsMe }) => mentionsMe);
  expect(texts(ben)).toEqual(["Cadmium is sold out", "plain"]);
});
