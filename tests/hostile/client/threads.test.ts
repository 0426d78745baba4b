// MS-34, threads: what another says of my threads and marks is his own word, and nothing that is said in a thread gets lost.
import { expect, test } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { craftEvent, postRaw } from "@/tests/hostile/crafter.ts";
import { openStage } from "@/tests/hostile/stage.ts";

const SECRET = "the numbers are in";

test("MS-34 nobody marks as read, follows or leaves for another", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { general: channel } = stage;
  const { id: root } = await ana.say(channel, SECRET);
  await ben.reads(channel, SECRET);
  await ben.say(channel, "something new");
  await ben.engine.sendMessage({ ws: ben.ws, channel, text: "an answer", files: [], thread: root });
  await ana.until(`workspace:${ana.ws}`, ({ threads }) => threads.unread === 1);
  const tries: Content[] = [
    { k: "thread", channel, root, rev: 99, pos: 1000, follow: "off" },
    { k: "marker", channel, rev: 99, pos: 1000, at: null },
  ];
  for (const content of tries) await postRaw(ben, channel, await craftEvent(ben, channel, content));
  await ben.say(channel, "done");
  await ana.reads(channel, "done");
  const right = () => {
    expect(ana.account.threads.book.of(root)).toEqual({ unread: 1, mentions: 0 });
    expect(ana.account.threads.follows(channel, root)).toBe("auto");
    expect(ana.account.unread.count(channel).unread).toBe(2);
  };
  right();
  await ana.reload();
  await ana.online();
  right();
  stage.expectNoLeak(SECRET);
});

test("MS-34 an answer to nothing, or to an answer, stays where everybody sees it", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const { general: channel } = stage;
  const { id: root } = await ana.say(channel, SECRET);
  await ben.reads(channel, SECRET);
  const { id: answer } = await ben.engine.sendMessage({
    ws: ben.ws,
    channel,
    text: "an answer",
    files: [],
    thread: root,
  });
  const nowhere = mintId<"event">(randomBytes(16));
  const say = (text: string, thread: typeof root): Content => ({ k: "message", text, thread, mentions: [], files: 0 });
  const crafted = [say("to nothing", nowhere), say("to an answer", answer)];
  for (const content of crafted) await postRaw(ben, channel, await craftEvent(ben, channel, content));
  const view = await cleo.until(`timeline:${cleo.ws}:${channel}`, ({ items }) =>
    items.some((item) => item.t === "message" && item.text === "to an answer"),
  );
  const texts = view.items.filter((item): item is MessageItem => item.t === "message").map(({ text }) => text);
  expect(texts).toEqual([SECRET, "to nothing", "to an answer"]);
  const thread = await cleo.until(`thread:${cleo.ws}:${channel}:${root}`, ({ count }) => count === 1);
  expect(thread.items.flatMap((item) => (item.t === "message" ? [item.text] : []))).toEqual([SECRET, "an answer"]);
  stage.expectNoLeak(SECRET, "to nothing");
});

test("MS-34 an answer is deleted and edited by its author alone, and counts until then", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { general: channel } = stage;
  const { id: root } = await ana.say(channel, SECRET);
  await ben.reads(channel, SECRET);
  const { id } = await ana.engine.sendMessage({ ws: ana.ws, channel, text: "mine", files: [], thread: root });
  await ben.until(`thread:${ben.ws}:${channel}:${root}`, ({ count }) => count === 1);
  const hash = (await ben.account.log.byId(channel, id))?.hash ?? new Uint8Array(32);
  const name = `<@${ana.account.me}>`;
  const tries: Content[] = [
    { k: "delete", target: { id, hash } },
    { k: "edit", target: { id, hash }, rev: 9, text: name, mentions: [ana.account.me] },
  ];
  for (const content of tries) await postRaw(ben, channel, await craftEvent(ben, channel, content));
  await ben.say(channel, "done");
  await ana.reads(channel, "done");
  const view = await ana.until(`thread:${ana.ws}:${channel}:${root}`, ({ count }) => count === 1);
  expect(view.items.flatMap((item) => (item.t === "message" ? [item.text] : []))).toEqual([SECRET, "mine"]);
  expect(ana.account.threads.book.of(root)).toEqual({ unread: 0, mentions: 0 });
  stage.expectNoLeak(SECRET);
});
