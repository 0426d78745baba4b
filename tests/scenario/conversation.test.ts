// Quotes, forwards, versions, pins and polls between people over a real server (PROTOCOL section 9, M7, M8, M13).
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

async function pair(world: World): Promise<{ ana: Actor; ben: Actor; channel: ChannelId }> {
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  return { ana, ben, channel: (await ana.channel("general")).id };
}

const placeOf = (actor: Actor, channel: ChannelId) => ({ ws: actor.ws, channel });

test("a quote is held against the original by whoever has it, before and after an edit and a deletion", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const { id } = await ana.say(channel, "we print on friday");
  await ben.reads(channel, "we print on friday");
  const quote = { channel, id };
  await ben.engine.sendMessage({ ...placeOf(ben, channel), text: "are you sure?", files: [], quote });
  const seen = await ana.message(channel, (item) => item.quote?.check === "same");
  expect(seen).toMatchObject({ text: "are you sure?", quote: { author: ana.account.me, text: "we print on friday" } });
  await ana.engine.editMessage({ ...placeOf(ana, channel), id, text: "we print on monday" });
  await ana.message(channel, (item) => item.id === seen.id && item.quote?.check === "earlier");
  expect(await ben.engine.messageVersions({ ...placeOf(ben, channel), id })).toMatchObject([
    { text: "we print on friday" },
    { text: "we print on monday" },
  ]);
  await ana.engine.deleteMessage({ ...placeOf(ana, channel), id });
  const kept = await ben.message(channel, (item) => item.id === seen.id && item.quote?.check === "gone");
  expect(kept.quote?.text).toBe("we print on friday");
  await expect(ben.engine.messageVersions({ ...placeOf(ben, channel), id })).rejects.toMatchObject({
    code: "event/unknown-target",
  });
  await expect(
    ben.engine.sendMessage({ ...placeOf(ben, channel), text: "again", files: [], quote }),
  ).rejects.toMatchObject({ code: "event/unknown-target" });
});

test("a forward carries words and files to people who can't read the original, as its sender's word", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const cleo = await world.invited(ana, "Cleo");
  const { channel: shut } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "desk",
    topic: "",
    history: "full",
    members: [ben.account.me],
  });
  await ben.channel("desk");
  const bytes = new Uint8Array(randomBytes(70_000));
  const plan = { name: "plan.bin", type: "application/pdf", source: bytes, width: null, height: null, thumbnail: null };
  await ana.engine.sendMessage({ ...placeOf(ana, shut), text: "the plan", files: [plan] });
  const original = await ben.message(shut, (item) => item.files[0]?.state === "ready");
  const sent = await ben.engine.forwardMessage({
    ...placeOf(ben, shut),
    id: original.id,
    to: channel,
    text: "have a look",
  });
  const is = (item: { id: EventId; files: readonly { state: string }[] }) =>
    item.id === sent.id && item.files[0]?.state === "ready";
  const got = await cleo.message(channel, is);
  expect(got).toMatchObject({
    text: "have a look",
    quote: { text: "the plan", author: ana.account.me, check: "unseen" },
  });
  expect((await ana.message(channel, (item) => is(item) && item.quote?.check === "same")).files).toHaveLength(1);
  const file = await cleo.engine.downloadFile({ ...placeOf(cleo, channel), id: got.files[0]?.id ?? "" });
  expect(Buffer.compare(Buffer.from(file.data as Uint8Array), Buffer.from(bytes))).toBe(0);
  const link = await cleo.until(`message:${cleo.ws}:${shut}:${original.id}`, () => true);
  expect(link).toMatchObject({ state: "closed", item: null });
});

test("a message is found by its link wherever it lies: loaded, further back, deleted, or not one's own to read", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const { id } = await ana.say(channel, "the very first");
  for (let i = 0; i < 120; i += 1)
    await ana.engine.sendMessage({ ...placeOf(ana, channel), text: `line ${i}`, files: [] });
  await ana.reads(channel, "line 119");
  const cleo = await world.invited(ana, "Cleo");
  await cleo.reads(channel, "line 119");
  expect(await cleo.until(`message:${cleo.ws}:${channel}:${id}`, () => true)).toMatchObject({ state: "older" });
  const here = await ben.until(`message:${ben.ws}:${channel}:${id}`, ({ state }) => state === "here");
  expect(here.item?.text).toBe("the very first");
  await ana.engine.deleteMessage({ ...placeOf(ana, channel), id });
  await ben.until(`message:${ben.ws}:${channel}:${id}`, ({ state }) => state === "gone");
  // He has no screen of the channel open, and still the words leave his device.
  await expect.poll(async () => (await ben.account.log.byId(channel, id))?.content).toBeNull();
});

test("M13 pins show for everybody, also of messages that no screen has loaded, and go again", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const { id } = await ana.say(channel, "read this first");
  await ben.reads(channel, "read this first");
  await ben.engine.pinMessage({ ...placeOf(ben, channel), id, on: true });
  const pinned = await ana.until(`pins:${ana.ws}:${channel}`, ({ pins }) => pins[0]?.by === ben.account.me);
  expect(pinned.pins[0]?.item).toMatchObject({ id, text: "read this first", pinned: true });
  await ana.message(channel, (item) => item.id === id && item.pinned);
  const line = (view: { items: readonly { t: string; id: string }[] }) =>
    view.items.some((item) => item.t === "system" && item.id === `pin.${id}`);
  await ana.until(`timeline:${ana.ws}:${channel}`, line);
  await ana.engine.editMessage({ ...placeOf(ana, channel), id, text: "read this now" });
  await ben.until(`pins:${ben.ws}:${channel}`, ({ pins }) => pins[0]?.item.text === "read this now");
  await ana.engine.pinMessage({ ...placeOf(ana, channel), id, on: false });
  await ben.until(`pins:${ben.ws}:${channel}`, ({ pins }) => pins.length === 0);
  await ben.message(channel, (item) => item.id === id && !item.pinned);
});

test("M7 a poll counts each person once, by the newest vote, up to where its author ended it", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const asked = { question: "Which day?", options: ["Monday", " Tuesday ", "", "Friday"], many: false };
  const { id } = await ana.engine.createPoll({ ...placeOf(ana, channel), thread: null, ...asked });
  const poll = await ben.message(channel, (item) => item.id === id);
  expect(poll.poll?.options.map(({ text }) => text)).toEqual(["Monday", "Tuesday", "Friday"]);
  expect((await ben.channel("general")).unread).toBe(1);
  const tally = (actor: Actor, counts: readonly number[]) =>
    actor.message(
      channel,
      (item) => item.id === id && counts.every((count, at) => item.poll?.options[at]?.voters.length === count),
    );
  await ben.engine.votePoll({ ...placeOf(ben, channel), id, choices: [0] });
  await ana.engine.votePoll({ ...placeOf(ana, channel), id, choices: [2] });
  await tally(ana, [1, 0, 1]);
  await ben.engine.votePoll({ ...placeOf(ben, channel), id, choices: [2] });
  expect((await tally(ana, [0, 0, 2])).poll).toMatchObject({ voters: 2, mine: [2] });
  await expect(ben.engine.votePoll({ ...placeOf(ben, channel), id, choices: [3] })).rejects.toMatchObject({
    code: "event/bad-vote",
  });
  await expect(ben.engine.votePoll({ ...placeOf(ben, channel), id, choices: [0, 1] })).rejects.toMatchObject({
    code: "event/bad-vote",
  });
  await expect(ben.engine.endPoll({ ...placeOf(ben, channel), id, on: true })).rejects.toMatchObject({
    code: "event/wrong-author",
  });
  await ben.engine.votePoll({ ...placeOf(ben, channel), id, choices: [] });
  await tally(ana, [0, 0, 1]);
  await ana.engine.endPoll({ ...placeOf(ana, channel), id, on: true });
  await ben.message(channel, (item) => item.id === id && item.poll?.ended === true);
  // The engine of one who has not heard of the end lets him choose; where his vote lies decides.
  const end = ben.account.log.records(channel).at(-1);
  await ben.engine.votePoll({ ...placeOf(ben, channel), id, choices: [1] });
  await ben.online();
  await ana.until(`timeline:${ana.ws}:${channel}`, () => ana.account.log.mark(channel).high > (end?.pos ?? 0));
  await tally(ana, [0, 0, 1]);
  await ana.engine.endPoll({ ...placeOf(ana, channel), id, on: false });
  await tally(ana, [0, 1, 1]);
  await ben.reload();
  await tally(ben, [0, 1, 1]);
});

test("E9 what was said about a deleted message leaves every device with it", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const asked = { question: "Who comes?", options: ["me", "not me"], many: true };
  const { id } = await ana.engine.createPoll({ ...placeOf(ana, channel), thread: null, ...asked });
  await ben.message(channel, (item) => item.id === id);
  await ben.engine.votePoll({ ...placeOf(ben, channel), id, choices: [0, 1] });
  await ana.message(channel, (item) => item.poll?.voters === 1);
  const { id: said } = await ana.say(channel, "first words");
  await ana.engine.editMessage({ ...placeOf(ana, channel), id: said, text: "second words" });
  await ben.reads(channel, "second words");
  await ana.engine.deleteMessage({ ...placeOf(ana, channel), id });
  await ana.engine.deleteMessage({ ...placeOf(ana, channel), id: said });
  await ben.message(channel, (item) => item.id === said && item.deleted);
  await ben.message(channel, (item) => item.id === id && item.deleted);
  const left = async () => {
    const kinds = (await ben.account.log.since(channel, 0)).map(({ content }) => content?.k ?? "");
    return kinds.filter((kind) => ["poll", "vote", "edit", "message"].includes(kind));
  };
  await expect.poll(left).toEqual([]);
});

test("F1 a voice message carries its length and loudness, within bounds, also when it is forwarded", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const { channel: dm } = await ben.engine.startDm({ ws: ben.ws, users: [ana.account.me] });
  const peaks = Uint8Array.from({ length: 300 }, (_, at) => at % 256);
  const spoken = { name: "voice.webm", type: "audio/webm", source: new Uint8Array(randomBytes(9000)) };
  const file = { ...spoken, width: null, height: null, thumbnail: null, voice: { ms: 2500.4, peaks } };
  await ana.engine.sendMessage({ ...placeOf(ana, channel), text: "", files: [file] });
  const heard = await ben.message(channel, (item) => item.files[0]?.state === "ready");
  expect(heard.files[0]?.voice).toEqual({ ms: 2501, peaks: peaks.slice(0, 128) });
  const { id } = await ben.engine.forwardMessage({ ...placeOf(ben, channel), id: heard.id, to: dm, text: "hear this" });
  const passed = await ana.message(dm, (item) => item.id === id && item.files[0]?.state === "ready");
  expect(passed.files[0]?.voice?.ms).toBe(2501);
});

test("F2 a file that is in a channel twice goes with the last message that brings it, and stays where it was forwarded to", async () => {
  await using world = await startWorld();
  const { ana, ben, channel } = await pair(world);
  const { channel: dm } = await ana.engine.startDm({ ws: ana.ws, users: [ben.account.me] });
  const facts = { name: "plan.bin", type: "application/pdf", width: null, height: null, thumbnail: null };
  const source = new Uint8Array(randomBytes(5000));
  await ana.engine.sendMessage({ ...placeOf(ana, channel), text: "the plan", files: [{ ...facts, source }] });
  const first = await ana.message(channel, (item) => item.text === "the plan" && item.files[0]?.state === "ready");
  const pass = async (to: ChannelId, text: string) => {
    const { id } = await ana.engine.forwardMessage({ ...placeOf(ana, channel), id: first.id, to, text });
    const is = (item: typeof first) => item.id === id && item.files[0]?.state === "ready";
    await ana.message(to, is);
    return await ben.message(to, is);
  };
  const again = await pass(channel, "once more");
  await ana.online();
  const fetches = (place: ChannelId, item: typeof first) =>
    ben.engine.downloadFile({ ...placeOf(ben, place), id: item.files[0]?.id ?? "" });
  await ben.message(channel, (item) => item.id === first.id && item.files[0]?.state === "ready");
  await ana.engine.deleteMessage({ ...placeOf(ana, channel), id: again.id });
  expect((await fetches(channel, first)).name).toBe("plan.bin");
  const apart = await pass(dm, "for you");
  await ana.engine.deleteMessage({ ...placeOf(ana, channel), id: first.id });
  expect((await fetches(dm, apart)).name).toBe("plan.bin");
  await ana.engine.deleteMessage({ ...placeOf(ana, dm), id: apart.id });
  await expect(fetches(dm, apart)).rejects.toBeDefined();
});
