// MS-23, lists that members keep for everybody: one who floods them hides nothing of the others, and shows no more than his turns.
import { expect, test } from "vitest";
import { mintId, stateChannel } from "@/lib/base/ids.ts";
import { pinsOf } from "@/lib/client/conversation/pins.ts";
import { emojiView } from "@/lib/client/daily/emoji.ts";
import { SHOWN } from "@/lib/client/places/bounds.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { craftEvent, postRaw } from "@/tests/hostile/crafter.ts";
import { openStage, type Stage } from "@/tests/hostile/stage.ts";
import type { Actor } from "@/tests/world.ts";

const FLOOD = 40;
const PATIENCE_MS = 30_000;
const picture = (bytes: number) => ({ type: "image/png" as const, width: 8, height: 8, bytes: new Uint8Array(bytes) });

/** Posts these past their author's engine, and waits until everybody has them. */
async function post(stage: Stage, by: Actor, contents: readonly Content[]): Promise<void> {
  const channel = stateChannel(by.account.workspaceScope);
  const events = [];
  for (const content of contents) events.push(await craftEvent(by, channel, content));
  let last = 0;
  while (events.length > 0) {
    // A page of calls holds few of the largest.
    const size = events.splice(0, (events[0]?.ciphertext.length ?? 0) > LIMITS.padSteps ? 1 : LIMITS.eventsPerAppend);
    const { accepted } = await postRaw(by, channel, ...size);
    last = accepted.at(-1)?.pos ?? last;
  }
  for (const { actor } of stage.players)
    await expect
      .poll(() => actor.account.log.mark(channel).high, { timeout: PATIENCE_MS })
      .toBeGreaterThanOrEqual(last);
}

/** More of a kind than is shown. */
const many = (most: number, make: (i: number) => Content) => Array.from({ length: most + FLOOD }, (_, i) => make(i));

test("MS-23 bookmarks beyond the bound wait, and one person’s leave room to another’s", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const [ana, ben, cleo] = stage.players.map(({ actor }) => actor) as [Actor, Actor, Actor];
  const { general: channel } = stage;
  const keep = (by: Actor, title: string) =>
    by.engine.setBookmark({ ws: by.ws, channel, id: null, title, url: "https://lab.example.org" });
  await keep(ana, "before");
  await post(
    stage,
    ben,
    many(SHOWN.bookmarks, (i) => ({
      k: "bookmark",
      channel,
      item: mintId<"item">(randomBytes(16)),
      rev: 1,
      title: `flood ${i}`,
      url: "https://flood.example.org",
      place: 0,
      on: true,
    })),
  );
  await expect(keep(ben, "one more")).rejects.toMatchObject({ code: "app/list-full" });
  await keep(ana, "after");
  const titles: string[][] = [];
  for (const actor of [ana, ben, cleo]) {
    const { bookmarks } = await actor.until(
      `channel:${actor.ws}:${channel}`,
      (view) => view.bookmarks.some(({ title }) => title === "after"),
      "the last bookmark",
    );
    titles.push(bookmarks.map(({ title }) => title).sort());
  }
  expect(titles[2]).toHaveLength(SHOWN.bookmarks);
  expect(titles[2]).toContain("before");
  expect([titles[0], titles[1]]).toEqual([titles[2], titles[2]]);
});

test("MS-23 pins beyond the bound wait, and one person’s leave room to another’s", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const [ana, ben, cleo] = stage.players.map(({ actor }) => actor) as [Actor, Actor, Actor];
  const { general: channel } = stage;
  const { id } = await ana.say(channel, "read this first");
  await cleo.reads(channel, "read this first");
  await post(
    stage,
    ben,
    many(SHOWN.pins, () => ({
      k: "pin",
      channel,
      target: { id: mintId<"event">(randomBytes(16)), hash: randomBytes(32) },
      rev: 1,
      on: true,
    })),
  );
  await ana.engine.pinMessage({ ws: ana.ws, channel, id, on: true });
  const shown: string[][] = [];
  for (const actor of [ana, ben, cleo]) {
    const landed = () => actor.account.registers.value("pin", channel, id)?.on;
    await expect.poll(landed, { timeout: PATIENCE_MS }).toBe(true);
    await actor.message(channel, (item) => item.id === id && item.pinned);
    shown.push([...pinsOf(actor.account, channel).keys()].sort());
  }
  expect(shown[2]).toHaveLength(SHOWN.pins);
  expect([shown[0], shown[1]]).toEqual([shown[2], shown[2]]);
});

test("MS-23 emoji beyond the bound wait, by bytes and by number, and one person’s leave room to another’s", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const [ana, ben] = stage.players.map(({ actor }) => actor) as [Actor, Actor];
  const emoji = (name: string, rev: number, bytes: number | null): Content => {
    return { k: "emoji", name, rev, picture: bytes === null ? null : picture(bytes) };
  };
  const heard = (name: string) =>
    expect.poll(() => ana.account.registers.value("emoji", name)?.rev, { timeout: PATIENCE_MS }).toBe(1);
  const add = (by: Actor, name: string) => by.engine.addEmoji({ ws: by.ws, name, picture: picture(120) });
  // Pictures as large as an event takes: no tab is sent more of them than the bound.
  const large = Array.from({ length: Math.ceil(SHOWN.emojiBytes / LIMITS.thumbnailBytes) + 1 }, (_, i) => `large-${i}`);
  await post(
    stage,
    ben,
    large.map((name) => emoji(name, 1, LIMITS.thumbnailBytes)),
  );
  await add(ana, "ship");
  await heard("ship");
  const seen = emojiView(ana.account).emoji;
  expect(seen.reduce((sum, one) => sum + one.picture.bytes.length, 0)).toBeLessThanOrEqual(SHOWN.emojiBytes);
  expect(seen.map(({ name }) => name)).toContain("ship");
  // As many small ones as he likes: no list is longer than the bound.
  await post(
    stage,
    ben,
    large.map((name) => emoji(name, 2, null)),
  );
  await post(
    stage,
    ben,
    many(SHOWN.emoji, (i) => emoji(`small-${i}`, 1, 64)),
  );
  await expect(add(ben, "one-more")).rejects.toMatchObject({ code: "app/list-full" });
  await add(ana, "boat");
  await heard("boat");
  const names = emojiView(ana.account).emoji.map(({ name }) => name);
  expect(names).toHaveLength(SHOWN.emoji);
  expect(names).toEqual(expect.arrayContaining(["ship", "boat"]));
});
