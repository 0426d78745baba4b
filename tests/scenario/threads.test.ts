// Threads between people and between one person's devices: where replies stand, who follows, what is unread (M7, M11).
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

async function reply(who: Actor, channel: ChannelId, thread: EventId, text: string, also = false): Promise<EventId> {
  const { id } = await who.engine.sendMessage({ ws: who.ws, channel, text, files: [], thread, also });
  return id;
}

async function inThread(who: Actor, channel: ChannelId, root: EventId, texts: readonly string[]) {
  return await who.until(
    `thread:${who.ws}:${channel}:${root}`,
    ({ items }) =>
      JSON.stringify(items.map((item) => (item.t === "message" ? item.text : item.t))) === JSON.stringify(texts) &&
      items.every((item) => item.t !== "message" || item.state === "delivered"),
    `a thread of ${texts.join(", ")}`,
  );
}

async function counts(who: Actor, unread: number, mentions: number): Promise<void> {
  await who.until(
    `workspace:${who.ws}`,
    ({ threads }) => threads.unread === unread && threads.mentions === mentions,
    `${unread} unread threads, ${mentions} mentions`,
  );
}

const channelTexts = async (who: Actor, channel: ChannelId) => {
  const view = await who.until(`timeline:${who.ws}:${channel}`, () => true);
  return view.items.filter((item): item is MessageItem => item.t === "message").map((item) => item.text);
};

test("replies stand in their thread, and in the channel only where their author says so", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const root = (await ana.say(channel, "the lab results")).id;
  await ben.reads(channel, "the lab results");
  await reply(ben, channel, root, "who has seen them?");
  await reply(ben, channel, root, "everybody should", true);
  await inThread(ana, channel, root, ["the lab results", "who has seen them?", "everybody should"]);
  const item = await ana.message(channel, (one) => one.id === root && one.replies?.count === 2);
  expect(item.replies?.users).toEqual([ben.account.me]);
  expect(await channelTexts(ana, channel)).toEqual(["the lab results", "everybody should"]);
  // The channel counts what stands in it; the thread, which is Ana's, all that was answered.
  expect((await ana.channel("general")).unread).toBe(1);
  await counts(ana, 1, 0);
  expect((await ana.message(channel, (one) => one.id === root)).replies?.unread).toBe(2);
  await ana.engine.markThreadRead({ ws: ana.ws, channel, root });
  await counts(ana, 0, 0);
  expect((await ana.channel("general")).unread).toBe(1);
  await ana.reload();
  await counts(ana, 0, 0);
  await inThread(ana, channel, root, ["the lab results", "who has seen them?", "everybody should"]);
});

test("one follows what one started, answered or is named in, and may follow or leave anything", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  const { id: channel } = await ana.channel("general");
  const root = (await ana.say(channel, "the lab results")).id;
  await cleo.reads(channel, "the lab results");
  await ben.reads(channel, "the lab results");
  await reply(ben, channel, root, "one");
  await inThread(cleo, channel, root, ["the lab results", "one"]);
  await counts(cleo, 0, 0);
  await reply(ben, channel, root, `what says <@${cleo.account.me}>?`);
  await counts(cleo, 1, 1);
  await counts(ana, 1, 0);
  const view = await cleo.until(`threads:${cleo.ws}`, ({ threads }) => threads[0]?.unread === 1);
  expect(view.threads[0]).toMatchObject({ channel, root, count: 2, unread: 1, mentions: 1 });
  await reply(cleo, channel, root, "nothing");
  await counts(cleo, 0, 0);
  await cleo.engine.followThread({ ws: cleo.ws, channel, root, on: false });
  await reply(ben, channel, root, "nothing at all?");
  await inThread(cleo, channel, root, [
    "the lab results",
    "one",
    `what says <@${cleo.account.me}>?`,
    "nothing",
    "nothing at all?",
  ]);
  await counts(cleo, 0, 0);
  await cleo.engine.followThread({ ws: cleo.ws, channel, root, on: true });
  await counts(cleo, 0, 0);
  await reply(ben, channel, root, "well");
  await counts(cleo, 1, 0);
});

test("M7 a thread is read on all devices of a person, whatever they hold of its channel", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const root = (await ana.say(channel, "the lab results")).id;
  await ben.reads(channel, "the lab results");
  await reply(ben, channel, root, "one");
  await counts(ana, 1, 0);
  const phone = await linked(world, ana, "phone");
  await counts(phone, 1, 0);
  await phone.engine.markThreadRead({ ws: phone.ws, channel, root });
  await counts(ana, 0, 0);
  await reply(ben, channel, root, "two");
  await counts(ana, 1, 0);
  await counts(phone, 1, 0);
  await ana.reload();
  await counts(ana, 1, 0);
});

test("what is deleted leaves the counts; a deleted root keeps its thread", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const root = (await ana.say(channel, "the lab results")).id;
  await ben.reads(channel, "the lab results");
  const first = await reply(ben, channel, root, "one");
  await reply(ben, channel, root, "two");
  await ana.message(channel, (one) => one.id === root && one.replies?.unread === 2);
  await inThread(ben, channel, root, ["the lab results", "one", "two"]);
  await ben.engine.deleteMessage({ ws: ben.ws, channel, id: first });
  const item = await ana.message(channel, (one) => one.id === root && one.replies?.unread === 1);
  expect(item.replies?.count).toBe(1);
  await inThread(ana, channel, root, ["the lab results", "", "two"]);
  expect(await channelTexts(ana, channel)).toEqual(["the lab results"]);
  await ana.engine.deleteMessage({ ws: ana.ws, channel, id: root });
  await ben.message(channel, (one) => one.id === root && one.deleted && one.replies?.count === 1);
  await inThread(ben, channel, root, ["", "", "two"]);
  await ben.reload();
  await inThread(ben, channel, root, ["", "", "two"]);
});

test("a thread opens without its channel, and what is said there goes on", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const root = (await ana.say(channel, "the lab results")).id;
  await ben.reads(channel, "the lab results");
  const first = await reply(ben, channel, root, "one");
  await inThread(ana, channel, root, ["the lab results", "one"]);
  for (let i = 0; i < 130; i += 1) await ana.engine.sendMessage({ ws: ana.ws, channel, text: `more ${i}`, files: [] });
  await ben.reads(channel, "more 129");
  await ana.online();
  await ben.reload();
  await ben.reads(channel, "more 129");
  expect(ben.account.log.find(channel, root)).toBeUndefined();
  const thread = `thread:${ben.ws}:${channel}:${root}` as const;
  await inThread(ben, channel, root, ["the lab results", "one"]);
  await ben.engine.react({ ws: ben.ws, channel, id: root, emoji: "👀", on: true });
  await ben.engine.editMessage({ ws: ben.ws, channel, id: first, text: "first" });
  await reply(ben, channel, root, "two");
  await inThread(ben, channel, root, ["the lab results", "first", "two"]);
  await ben.until(
    thread,
    ({ items, count }) => count === 2 && items[0]?.t === "message" && items[0].reactions.length === 1,
  );
  await inThread(ana, channel, root, ["the lab results", "first", "two"]);
  await ben.engine.deleteMessage({ ws: ben.ws, channel, id: first });
  await ana.until(`thread:${ana.ws}:${channel}:${root}`, ({ count }) => count === 1);
  await ben.until(thread, ({ count, items }) => count === 1 && items.length === 3);
});

test("a draft belongs to its thread, and a reply to a message that is there", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  const root = (await ana.say(channel, "the lab results")).id;
  await ana.message(channel, (one) => one.id === root && one.receivedAt !== null);
  await ana.engine.saveDraft({ ws: ana.ws, channel, text: "in the channel" });
  await ana.engine.saveDraft({ ws: ana.ws, channel, text: "in the thread", thread: root });
  await ana.reload();
  const thread = await ana.until(`thread:${ana.ws}:${channel}:${root}`, () => true);
  expect(thread.draft).toBe("in the thread");
  expect((await ana.until(`timeline:${ana.ws}:${channel}`, () => true)).draft).toBe("in the channel");
  const answer = await reply(ana, channel, root, "one");
  await inThread(ana, channel, root, ["the lab results", "one"]);
  await expect(reply(ana, channel, answer, "deeper")).rejects.toMatchObject({ code: "event/unknown-target" });
});

test("@here and @channel call everybody but their author, in channels and in threads one follows", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const root = (await ana.say(channel, "<!channel> lunch")).id;
  const item = await ben.reads(channel, "<!channel> lunch");
  expect(item.mentionsMe).toBe(true);
  expect((await ben.channel("general")).mentions).toBe(1);
  expect((await ana.channel("general")).mentions).toBe(0);
  await reply(ana, channel, root, "<!here> where?");
  await inThread(ben, channel, root, ["<!channel> lunch", "<!here> where?"]);
  await counts(ben, 0, 0);
  await reply(ben, channel, root, "here");
  await reply(ana, channel, root, "<!here> now");
  await counts(ben, 1, 1);
});
