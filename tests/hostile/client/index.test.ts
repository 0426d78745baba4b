// F1, E9: a search index that another own device left, swapped, cut or replayed by the server: refused by name, and made anew.
import { expect, test } from "vitest";
import { Liar } from "@/tests/hostile/liar.ts";
import { openStage, warned } from "@/tests/hostile/stage.ts";
import { linked } from "@/tests/linking.ts";
import type { Actor } from "@/tests/world.ts";

const revOf = (actor: Actor) => actor.account.registers.all("index")[0]?.rev ?? 0;

test("F1 E9 an index of one's own that the server altered, cut or replaced by an older one is refused; nothing is lost by it", async () => {
  await using stage = await openStage(["Ana"]);
  const { actor: ana } = stage.player(0);
  const { general: channel, world } = stage;
  const old = await ana.say(channel, "the pelican of long ago");
  await ana.say(channel, "the quetzal of long ago");
  const texts = Array.from({ length: 150 }, (_, i) => `filler ${i}`);
  await Promise.all(texts.map((text) => ana.engine.sendMessage({ ws: ana.ws, channel, text, files: [] })));
  await ana.until(`workspace:${ana.ws}`, () => ana.account.outbox.size === 0, "an empty outbox");
  const liar = new Liar();
  const kept: Uint8Array[] = [];
  const tries: ((bytes: Uint8Array) => Uint8Array)[] = [
    (bytes) => bytes.subarray(0, bytes.length - 1),
    (bytes) => bytes.map((byte, i) => (i === 999 ? byte ^ 1 : byte)),
    (bytes) => kept[0] ?? bytes,
  ];
  let phone: Actor | undefined;
  const found = async (query: string) =>
    (await (phone as Actor).engine.search({ ws: ana.ws, query })).hits.map(({ pos }) => pos);
  for (const [i, lie] of tries.entries()) {
    liar.segments = (bytes) => {
      kept.push(bytes.slice());
      return lie(bytes);
    };
    const before = revOf(ana);
    await ana.engine.finding(ana.ws).share("leave");
    await ana.until(`workspace:${ana.ws}`, () => revOf(ana) > before, "its index");
    phone ??= await linked(world, ana, "Phone", { wrap: liar.wrap });
    const fresh = phone;
    await fresh.engine.fetchHistory({ ws: ana.ws, on: false });
    await fresh.until(`workspace:${ana.ws}`, () => revOf(fresh) > before, "an index");
    await fresh.engine.finding(ana.ws).share("take");
    expect(kept).toHaveLength(i + 1);
    expect(await warned(fresh, "store/bad-index")).toMatchObject({ severity: "note" });
    expect(await found("quetzal")).toEqual([]);
    // What is refused is not asked for again.
    await fresh.engine.finding(ana.ws).share("take");
    expect(kept).toHaveLength(i + 1);
    if (i === 0) await ana.engine.deleteMessage({ ws: ana.ws, channel, id: old.id });
  }
  const fresh = phone as Actor;
  while (await fresh.account.older(channel));
  await fresh.engine.finding(ana.ws).settled();
  expect(await found("quetzal")).toHaveLength(1);
  expect(await found("pelican")).toEqual([]);
  expect(await found("filler")).toHaveLength(30);
});
