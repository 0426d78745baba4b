// The outbox: written offline, delivered later, exactly once, also when answers are lost and keys change (M10, E4).
import { expect, test } from "vitest";
import { isFault } from "@/lib/base/errors.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { Wire } from "@/tests/wires.ts";
import { startWorld } from "@/tests/world.ts";

const texts = (items: readonly { t: string }[]) =>
  items.filter((item): item is MessageItem => item.t === "message").map((item) => item.text);

test("M10 messages written offline are sealed here and delivered once when the network is back", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  let wire: Wire | undefined;
  const wrap = (inner: ConstructorParameters<typeof Wire>[0]) => {
    wire = new Wire(inner);
    return wire;
  };
  const ben = await world.invited(ana, "Ben", { wrap });
  const general = await ben.channel("general");
  wire?.cut();
  for (const text of ["one", "two", "three"])
    await ben.engine.sendMessage({ ws: ben.ws, channel: general.id, text, files: [] });
  await ben.message(general.id, (item) => item.text === "three" && item.state === "sealed");
  await ben.reload();
  await ben.message(general.id, (item) => item.text === "three" && item.state !== "delivered");
  wire?.mend();
  ben.engine.wake();
  await ana.reads(general.id, "three");
  await ben.online();
  const seen = await ana.until(`timeline:${ana.ws}:${general.id}`, ({ items }) => texts(items).length >= 3);
  expect(texts(seen.items)).toEqual(["one", "two", "three"]);
});

test("M10 more messages than a first page holds, written offline into an empty channel, are all confirmed", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  let wire: Wire | undefined;
  const ben = await world.invited(ana, "Ben", { wrap: (inner) => (wire = new Wire(inner)) });
  const { id: general } = await ben.channel("general");
  // Everything lands before a row of it is read: the first page that is read then begins in the middle.
  const { live, outbox } = ben.account;
  live.stop();
  const written = Array.from({ length: 60 }, (_, i) => `line ${i}`);
  for (const text of written) await outbox.add(general, { k: "message", text, thread: null, mentions: [], files: 0 });
  if (wire !== undefined) wire.fate = (procedure) => (procedure === "events.read" ? "drop" : "pass");
  await outbox.flush(general);
  if (wire !== undefined) wire.fate = () => "pass";
  live.start();
  await ben.online();
  expect(outbox.entries(general)).toEqual([]);
  expect((await ben.account.log.since(general, 0)).length).toBe(written.length);
});

test("M10 a lost answer doubles nothing and loses nothing", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  let lost = 0;
  const wrap = (inner: ConstructorParameters<typeof Wire>[0]) => {
    const wire = new Wire(inner);
    wire.fate = (procedure) => {
      if (procedure !== "events.append" || lost >= 4) return "pass";
      lost += 1;
      return lost % 2 === 1 ? "lose" : "drop";
    };
    return wire;
  };
  const ben = await world.invited(ana, "Ben", { wrap });
  const general = await ben.channel("general");
  for (let i = 0; i < 5; i += 1)
    await ben.engine.sendMessage({ ws: ben.ws, channel: general.id, text: `m${i}`, files: [] });
  await ana.reads(general.id, "m4");
  const seen = await ana.until(`timeline:${ana.ws}:${general.id}`, ({ items }) => texts(items).includes("m4"));
  expect(texts(seen.items)).toEqual(["m0", "m1", "m2", "m3", "m4"]);
  expect(lost).toBeGreaterThanOrEqual(3);
  const mine = await ben.until(`timeline:${ben.ws}:${general.id}`, ({ items }) =>
    items.every((item) => item.t !== "message" || item.state === "delivered"),
  );
  expect(texts(mine.items)).toEqual(["m0", "m1", "m2", "m3", "m4"]);
});

test("E4 what was sealed before a removal is sealed anew, under keys that the one who left never gets", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  let wire: Wire | undefined;
  const ben = await world.invited(ana, "Ben", { wrap: (inner) => (wire = new Wire(inner)) });
  const cleo = await world.invited(ana, "Cleo");
  const { channel } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "legal",
    topic: "",
    history: "full",
    members: [ben.account.me, cleo.account.me],
  });
  await ana.say(channel, "before");
  await ben.reads(channel, "before");
  await cleo.reads(channel, "before");
  const scope = ben.account.scopeOf(channel);
  wire?.cut();
  const { id } = await ben.engine.sendMessage({ ws: ben.ws, channel, text: "written offline", files: [] });
  await ana.engine.removeMember({ ws: ana.ws, channel, user: cleo.account.me });
  wire?.mend();
  ben.engine.wake();
  const item = await ana.reads(channel, "written offline");
  expect(item.id).toBe(id);
  const record = ana.account.log.find(channel, id);
  expect(record?.epoch).toBe(2);
  expect(scope).toBeDefined();
  const late =
    scope === undefined
      ? undefined
      : await cleo.account.rooms.find(scope, 2).catch((thrown: unknown) => (isFault(thrown) ? undefined : thrown));
  expect(late).toBeUndefined();
});
