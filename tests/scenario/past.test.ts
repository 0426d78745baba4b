// A channel opened at an old message: what stood around it, with all that was said of it since, up to the newest.
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const texts = (items: readonly { t: string; text?: string }[]) =>
  items.flatMap((item) => (item.t === "message" ? [item.text ?? ""] : []));

async function fill(actor: Actor, channel: ChannelId, name: string, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      actor.engine.sendMessage({ ws: actor.ws, channel, text: `${name} ${i}`, files: [] }),
    ),
  );
  await actor.online();
  await actor.until(`timeline:${actor.ws}:${channel}`, ({ items }) =>
    items.every((item) => item.t !== "message" || item.receivedAt !== null),
  );
}

test("an old message opens with its neighbours, edits and deletions, on a device that never had it", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  await ana.say(channel, "the beginning");
  await fill(ana, channel, "early", 60);
  const old = await ana.say(channel, "the quetzal");
  const gone = await ana.say(channel, "to be deleted");
  await fill(ana, channel, "late", 150);
  await ana.engine.editMessage({ ws: ana.ws, channel, id: old.id, text: "the ibis" });
  await ana.engine.deleteMessage({ ws: ana.ws, channel, id: gone.id });
  const between = (await ana.say(channel, "the end")).sentAt;
  const ben = await world.invited(ana, "Ben");
  await ben.reads(channel, "the end");
  const topic = `timeline:${ben.ws}:${channel}:${old.id}` as const;
  // It stays open while it is looked at.
  const end = ben.engine.subscribe(topic, () => undefined);
  const view = await ben.until(topic, ({ items }) => items.some((item) => item.id === old.id));
  const at = view.items.findIndex((item) => item.id === old.id);
  expect(view.items[at]).toMatchObject({ text: "the ibis", edited: true });
  expect(view.items[at + 1]).toMatchObject({ id: gone.id, deleted: true, text: "" });
  expect(texts(view.items.slice(at + 2, at + 4))).toEqual(["late 0", "late 1"]);
  expect(texts(view.items)).not.toContain("the end");
  expect([view.hasOlder, view.hasNewer]).toEqual([true, true]);
  // What is said of it now shows, though it is far from the end.
  await ana.engine.editMessage({ ws: ana.ws, channel, id: old.id, text: "the heron" });
  await ben.until(topic, ({ items }) => items.some((item) => item.t === "message" && item.text === "the heron"));
  expect(ben.account.log.find(channel, old.id)).toBeDefined();
  const around = { ws: ben.ws, channel, anchor: old.id };
  for (let i = 0; i < 3; i += 1) await ben.engine.loadAround({ ...around, way: "newer" });
  await ben.engine.loadAround({ ...around, way: "older" });
  const all = await ben.until(topic, ({ hasOlder, hasNewer }) => !hasOlder && !hasNewer);
  const said = texts(all.items);
  expect([said[0], said.length, said.at(-1)]).toEqual(["the beginning", 214, "the end"]);
  expect(new Set(all.items.map(({ id }) => id)).size).toBe(all.items.length);
  // Joined to the newest it follows what comes.
  await ana.say(channel, "after the end");
  await ben.until(topic, ({ items }) => texts(items).at(-1) === "after the end");
  // Who writes there finds it at the end.
  const mine = await ben.say(channel, "from far back");
  await ben.until(topic, ({ items }) => texts(items).at(-1) === "from far back");
  expect(mine.text).toBe("from far back");
  end();
  expect(await ben.engine.messageAt({ ws: ben.ws, channel, at: 0 })).toEqual({
    id: all.items.find(({ t }) => t === "message")?.id,
  });
  const { id } = await ben.engine.messageAt({ ws: ben.ws, channel, at: between - 60_000 });
  expect(id).not.toBeNull();
});

test("a message that is nowhere opens the newest ones instead", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: channel } = await ana.channel("general");
  await ana.say(channel, "here");
  const view = await ana.until(`timeline:${ana.ws}:${channel}:${"A".repeat(22) as EventId}`, ({ items }) =>
    texts(items).includes("here"),
  );
  expect(view.hasNewer).toBe(false);
});
