// MS-34 beyond edits: votes, ends of polls, pins and quotes by whoever had no right to them, or with what was never said.
import { expect, test } from "vitest";
import { type EventId, mintId, stateChannel } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { craftEvent, postRaw } from "@/tests/hostile/crafter.ts";
import { openStage, type Stage } from "@/tests/hostile/stage.ts";
import type { Actor } from "@/tests/world.ts";

const QUESTION = "who takes the night train?";

async function asked(stage: Stage, many = false) {
  const { actor: ana } = stage.player(0);
  const input = {
    ws: ana.ws,
    channel: stage.general,
    thread: null,
    question: QUESTION,
    options: ["Ana", "Ben", "Cleo"],
  };
  const { id } = await ana.engine.createPoll({ ...input, many });
  for (const { actor } of stage.players) await actor.message(stage.general, (item) => item.id === id);
  // As somebody else verified it: its author's own row may still be on its way back.
  const hash = stage.player(2).actor.account.log.find(stage.general, id)?.hash ?? randomBytes(32);
  return { id, hash };
}

async function post(stage: Stage, by: Actor, content: Content): Promise<void> {
  await postRaw(by, stage.general, await craftEvent(by, stage.general, content));
}

/** Codes of the refused rows, once there are so many, in the channel's order. */
async function codes(stage: Stage, actor: Actor, count: number): Promise<string[]> {
  const view = await actor.until(
    `timeline:${actor.ws}:${stage.general}`,
    ({ items }) => items.filter((item) => item.t === "refused").length >= count,
    `${count} refused rows`,
  );
  return view.items.flatMap((item) => (item.t === "refused" ? [item.code] : []));
}

async function counts(stage: Stage, actor: Actor, id: EventId): Promise<number[]> {
  const item = await actor.message(stage.general, (one) => one.id === id);
  return item.poll?.options.map(({ voters }) => voters.length) ?? [];
}

test("MS-34 a vote for answers that are not there, doubled, too many, or about something else counts nowhere", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const poll = await asked(stage);
  const { id: said } = await ben.say(stage.general, "no poll at all");
  await cleo.reads(stage.general, "no poll at all");
  const saidHash = cleo.account.log.find(stage.general, said)?.hash ?? randomBytes(32);
  const vote = (choices: number[], target = poll): Content => ({ k: "vote", target, rev: 9, choices });
  const nowhere = { id: mintId<"event">(randomBytes(16)), hash: poll.hash };
  for (const content of [
    vote([3]),
    vote([1, 1]),
    vote([0, 1]),
    vote([0], { id: said, hash: saidHash }),
    vote([0], { id: poll.id, hash: randomBytes(32) }),
    vote([0], nowhere),
  ])
    await post(stage, ben, content);
  expect(await codes(stage, cleo, 6)).toEqual([
    "event/bad-vote",
    "event/bad-vote",
    "event/bad-vote",
    "event/unknown-target",
    "event/unknown-target",
    "event/unknown-target",
  ]);
  expect(await counts(stage, cleo, poll.id)).toEqual([0, 0, 0]);
  stage.expectNoLeak(QUESTION);
});

test("MS-34 nobody ends another’s poll or writes over its question, and one person has one vote", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const poll = await asked(stage, true);
  await post(stage, ben, { k: "pollend", target: poll, rev: 9, on: true });
  await post(stage, ben, { k: "edit", target: poll, rev: 9, text: "who stays?", mentions: [] });
  await post(stage, ben, { k: "vote", target: poll, rev: 5, choices: [0, 1, 2] });
  await post(stage, ben, { k: "vote", target: poll, rev: 4, choices: [2] });
  await post(stage, ben, { k: "vote", target: poll, rev: 7, choices: [1] });
  await post(stage, ben, { k: "vote", target: poll, rev: 6, choices: [0] });
  expect(await codes(stage, cleo, 2)).toEqual(["event/wrong-author", "event/wrong-author"]);
  const ends = await ben.say(stage.general, "that is all");
  await cleo.message(stage.general, (item) => item.id === ends.id);
  expect(await counts(stage, cleo, poll.id)).toEqual([0, 1, 0]);
  const item = await cleo.message(stage.general, (one) => one.id === poll.id);
  expect(item).toMatchObject({ text: QUESTION, poll: { ended: false, voters: 1 } });
});

test("MS-34 not even its author writes over a poll, and what was chosen after its end does not count", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const poll = await asked(stage);
  await post(stage, ana, { k: "edit", target: poll, rev: 9, text: "who pays?", mentions: [] });
  await post(stage, ben, { k: "vote", target: poll, rev: 1, choices: [1] });
  await post(stage, ana, { k: "pollend", target: poll, rev: 1, on: true });
  // With a higher rev than any, and dated before the end: where it lies decides.
  await post(stage, ben, { k: "vote", target: poll, rev: 1000, choices: [0] });
  await post(stage, cleo, { k: "vote", target: poll, rev: 1, choices: [2] });
  expect(await codes(stage, cleo, 1)).toEqual(["event/unknown-target"]);
  const last = await ana.say(stage.general, "closed");
  await cleo.message(stage.general, (item) => item.id === last.id);
  const item = await cleo.message(stage.general, (one) => one.id === poll.id);
  expect(item).toMatchObject({ text: QUESTION, poll: { ended: true, voters: 1 } });
  expect(await counts(stage, cleo, poll.id)).toEqual([0, 1, 0]);
});

test("MS-34 who is not in a channel votes in none of its polls, and who was put out no more", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const { channel } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "desk",
    topic: "",
    history: "full",
    members: [ben.account.me, cleo.account.me],
  });
  await ben.channel("desk");
  await cleo.channel("desk");
  const input = { ws: ana.ws, channel, thread: null, question: QUESTION, options: ["yes", "no"], many: false };
  const { id } = await ana.engine.createPoll(input);
  await cleo.message(channel, (item) => item.id === id);
  const hash = cleo.account.log.find(channel, id)?.hash ?? randomBytes(32);
  const late = await craftEvent(cleo, channel, { k: "vote", target: { id, hash }, rev: 1, choices: [0] });
  await ana.engine.removeMember({ ws: ana.ws, channel, user: cleo.account.me });
  await expect(postRaw(cleo, channel, late)).rejects.toMatchObject({ code: expect.stringMatching(/^(may|proof)\//) });
  await ben.engine.votePoll({ ws: ben.ws, channel, id, choices: [1] });
  const item = await ana.message(channel, (one) => one.id === id && one.poll?.voters === 1);
  expect(item.poll?.options.map(({ voters }) => voters.length)).toEqual([0, 1]);
});

test("MS-34 a quote that its author never wrote is told from the original by whoever has it", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const { id } = await ana.say(stage.general, "we pay by friday");
  await cleo.reads(stage.general, "we pay by friday");
  const row = cleo.account.log.find(stage.general, id);
  const genuine = {
    channel: stage.general,
    id,
    hash: row?.hash ?? randomBytes(32),
    user: ana.account.me,
    at: row?.sentAt ?? 0,
    text: "we pay by friday",
  };
  const quotes = [
    genuine,
    { ...genuine, text: "we pay never" },
    { ...genuine, user: cleo.account.me },
    { ...genuine, at: 1 },
    { ...genuine, hash: randomBytes(32) },
    { ...genuine, id: mintId<"event">(randomBytes(16)) },
  ];
  for (const [at, quote] of quotes.entries())
    await post(stage, ben, { k: "message", text: `quote ${at}`, thread: null, mentions: [], files: 0, quote });
  const checks: (string | undefined)[] = [];
  for (const at of quotes.keys()) {
    const settled = (item: MessageItem) =>
      item.text === `quote ${at}` && (at === quotes.length - 1 || item.quote?.check !== "unseen");
    checks.push((await cleo.message(stage.general, settled)).quote?.check);
  }
  expect(checks).toEqual(["same", "differs", "differs", "differs", "differs", "unseen"]);
});

test("MS-34 a pin counts from whoever may write there, in its own scope, for the very message that it names", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const { channel } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "desk",
    topic: "",
    history: "full",
    members: [ben.account.me],
  });
  await ben.channel("desk");
  const { id } = await ana.say(channel, "the plan");
  await ben.reads(channel, "the plan");
  const hash = ben.account.log.find(channel, id)?.hash ?? randomBytes(32);
  const open = stateChannel(ben.account.workspaceScope);
  const own = stateChannel(ben.account.scopeOf(channel) ?? ben.account.workspaceScope);
  const pin = (change: object = {}): Content => ({
    k: "pin",
    channel,
    target: { id, hash },
    rev: 1,
    on: true,
    ...change,
  });
  // In the workspace's state channel, about a private channel: from Cleo, who is not in it, and from Ben, who is.
  const strays = [await craftEvent(cleo, open, pin()), await craftEvent(ben, open, pin({ rev: 2 }))];
  for (const [at, stray] of strays.entries()) await postRaw(at === 0 ? cleo : ben, open, stray);
  for (const { fields } of strays)
    await expect.poll(async () => (await ana.account.log.byId(open, fields.id))?.status).toBe("opened");
  expect(ana.account.registers.value("pin", channel, id)).toBeUndefined();
  await postRaw(ben, own, await craftEvent(ben, own, pin({ rev: 3, target: { id, hash: randomBytes(32) } })));
  await ana.until(`pins:${ana.ws}:${channel}`, () => ana.account.registers.value("pin", channel, id)?.rev === 3);
  // Once what bears the id has been read, it is not what was pinned.
  await ana.until(`message:${ana.ws}:${channel}:${id}`, ({ state }) => state === "here");
  expect((await ana.until(`pins:${ana.ws}:${channel}`, () => true)).pins).toEqual([]);
  expect((await ana.message(channel, (item) => item.id === id)).pinned).toBe(false);
  await postRaw(ben, own, await craftEvent(ben, own, pin({ rev: 4 })));
  await ana.until(`pins:${ana.ws}:${channel}`, (view) => view.pins[0]?.item.id === id);
});
