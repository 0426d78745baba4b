// Reactions between people and between one person's devices: said, taken back, counted, gone with the message (M7, M8).
import { expect, test } from "vitest";
import type { MessageItem } from "@/lib/client/api.ts";
import { linked } from "@/tests/linking.ts";
import { startWorld } from "@/tests/world.ts";

const shown = (item: MessageItem) => item.reactions.map(({ emoji, count, mine }) => [emoji, count, mine]);

test("M7 reactions are counted once a person and emoji, and taken back from any device", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const { id } = await ana.say(channel, "the numbers are in");
  await ben.reads(channel, "the numbers are in");
  const react = (who: typeof ana, emoji: string, on = true) => who.engine.react({ ws: who.ws, channel, id, emoji, on });
  await react(ana, "👀");
  await ben.message(channel, (item) => item.id === id && item.reactions.length === 1);
  await react(ben, "👀");
  await react(ben, "🔬");
  const both = await ana.message(channel, (item) => item.reactions.some((one) => one.emoji === "🔬"));
  expect(shown(both)).toEqual([
    ["👀", 2, true],
    ["🔬", 1, false],
  ]);
  expect(both.reactions[0]?.users).toEqual([ana.account.me, ben.account.me]);
  const phone = await linked(world, ben, "phone");
  await phone.message(channel, (item) => item.id === id && item.reactions.some((one) => one.count === 2 && one.mine));
  await react(phone, "👀", false);
  for (const who of [ana, ben])
    await who.message(channel, (item) => item.id === id && item.reactions.some((one) => one.count === 1));
  await react(ben, "👀", true);
  await ana.message(channel, (item) => item.id === id && item.reactions.some((one) => one.count === 2));
  await ana.reload();
  const again = await ana.message(channel, (item) => item.id === id);
  expect(shown(again)).toEqual(shown(both));
  await ana.engine.deleteMessage({ ws: ana.ws, channel, id });
  await ben.message(channel, (item) => item.id === id && item.deleted && item.reactions.length === 0);
});

test("a reaction shows at once without a connection, and goes out later", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const { id } = await ana.say(channel, "hello");
  await ben.reads(channel, "hello");
  await world.server.stop();
  await ben.until(`workspace:${ben.ws}`, ({ connection }) => connection !== "online");
  await ben.engine.react({ ws: ben.ws, channel, id, emoji: "🎉", on: true });
  const item = await ben.message(channel, (one) => one.reactions.length > 0);
  expect(shown(item)).toEqual([["🎉", 1, true]]);
  await world.restart();
  await ana.message(channel, (one) => one.reactions[0]?.emoji === "🎉");
});

test("only an emoji, or the name of one, can be said of a message", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  const { id } = await ana.say(channel, "hello");
  await expect(ana.engine.react({ ws: ana.ws, channel, id, emoji: "no", on: true })).rejects.toMatchObject({
    code: "event/no-emoji",
  });
  await ana.engine.react({ ws: ana.ws, channel, id, emoji: ":parrot:", on: true });
  await ana.message(channel, (one) => one.reactions[0]?.emoji === ":parrot:");
});
