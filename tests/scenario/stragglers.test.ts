// Devices that hear of a change late, or in the wrong order: they catch up, and are told nothing that is not so (L2, L8, L9, M10).
import { expect, test } from "vitest";
import type { Transport } from "@/lib/client/ports.ts";
import { Liar } from "@/tests/hostile/liar.ts";
import { linked } from "@/tests/linking.ts";
import { Wire } from "@/tests/wires.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

/** A person behind a wire that can be cut. */
async function wired(world: World, by: Actor, name: string): Promise<{ actor: Actor; wire: Wire }> {
  let wire: Wire | undefined;
  const wrap = (inner: Transport) => {
    wire = new Wire(inner);
    return wire;
  };
  const actor = await world.invited(by, name, { wrap });
  if (wire === undefined) throw new TypeError("no wire");
  return { actor, wire };
}

async function room(by: Actor, members: readonly Actor[] = []) {
  const users = members.map(({ account }) => account.me);
  const input = { ws: by.ws, kind: "private", name: "room", topic: "", history: "full", members: users } as const;
  return (await by.engine.createChannel(input)).channel;
}

async function backOnline(actor: Actor, wire: Wire): Promise<void> {
  wire.mend();
  actor.engine.wake();
  await actor.online();
}

const codes = (actor: Actor) => actor.account.notices.map(({ code }) => code);

test("L9 a newcomer's first event is read by who has not yet heard that he came", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const liar = new Liar();
  const ben = await world.invited(ana, "Ben", { wrap: liar.wrap });
  const { id: general } = await ben.channel("general");
  // An invite that stays open: his coming turns no key, so the epoch that he writes under is known already.
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= ana.account.state.n);
  await ana.say(general, "before");
  await ben.reads(general, "before");
  liar.frames = (frame) => ((frame as { t: string }).t === "ledger" ? [] : [frame]);
  const cleo = await world.joins(link, "Cleo");
  await cleo.say(general, "hello");
  await ben.reads(general, "hello");
  const view = await ben.until(`workspace:${ben.ws}`, ({ people }) => people.some(({ name }) => name === "Cleo"));
  expect(view.notices).toEqual([]);
});

test("L2 who was put into a channel and out of it again while he was away catches up", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { actor: ben, wire } = await wired(world, ana, "Ben");
  const { id: general } = await ben.channel("general");
  const channel = await room(ana);
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= ana.account.state.n);
  wire.cut();
  await ana.engine.addMember({ ws: ana.ws, channel, user: ben.account.me });
  await ana.engine.removeMember({ ws: ana.ws, channel, user: ben.account.me });
  await ana.say(general, "meanwhile");
  await backOnline(ben, wire);
  await ben.reads(general, "meanwhile");
  expect(ben.account.state.n).toBe(ana.account.state.n);
  expect(codes(ben)).toEqual([]);
});

test("L8 what was written for a channel that one was put out of fails, and is not sent for ever", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { actor: ben, wire } = await wired(world, ana, "Ben");
  const channel = await room(ana, [ben]);
  await ana.say(channel, "welcome");
  await ben.reads(channel, "welcome");
  wire.cut();
  await ben.engine.sendMessage({ ws: ben.ws, channel, text: "too late", files: [] });
  await ana.engine.removeMember({ ws: ana.ws, channel, user: ben.account.me });
  wire.mend();
  ben.engine.wake();
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= ana.account.state.n);
  await ben.message(channel, ({ text, fault }) => text === "too late" && fault === "proof/not-member");
  expect(codes(ben)).toEqual([]);
});

test("L8 an edit that the server did not take says so, and goes out on a second try once one is in again", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { actor: ben, wire } = await wired(world, ana, "Ben");
  const { ws } = ben;
  const channel = await room(ana, [ben]);
  await ben.say(channel, "frist");
  await ana.reads(channel, "frist");
  const { id } = await ben.message(channel, ({ text }) => text === "frist");
  wire.cut();
  await ben.engine.editMessage({ ws, channel, id, text: "first" });
  await ana.engine.removeMember({ ws, channel, user: ben.account.me });
  wire.mend();
  ben.engine.wake();
  await ben.until(`workspace:${ws}`, ({ position }) => position >= ana.account.state.n);
  await ben.message(channel, ({ text, state, fault }) => text === "first" && state === "failed" && fault !== null);
  await ana.engine.addMember({ ws, channel, user: ben.account.me });
  await ben.until(`workspace:${ws}`, ({ position }) => position >= ana.account.state.n);
  await ben.engine.retryMessage({ ws, channel, id });
  await ana.reads(channel, "first");
  await ben.message(channel, ({ text, state, fault }) => text === "first" && state === "delivered" && fault === null);
});

test("M10 what was sealed for one's own devices before one of them went is sealed anew after it", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { actor: ben, wire } = await wired(world, ana, "Ben");
  const { id: general } = await ben.channel("general");
  const phone = await linked(world, ben, "phone");
  const tablet = await linked(world, ben, "tablet");
  await ana.say(general, "read me");
  await ben.reads(general, "read me");
  await ben.online();
  // Sealed under the present key, and on no way to the server; then the key turns.
  wire.fate = (procedure) => (procedure === "events.append" ? "drop" : "pass");
  await ben.engine.markRead({ ws: ben.ws, channel: general });
  await ben.until(`workspace:${ben.ws}`, () => ben.account.outbox.entries().some(({ sealed }) => sealed !== null));
  await phone.engine.retireDevice({ ws: phone.ws, device: tablet.account.keyring.device.id });
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= phone.account.state.n);
  wire.fate = () => "pass";
  await ben.until(`workspace:${ben.ws}`, ({ outbox }) => outbox === 0, "its read mark to go out");
  await phone.until(`workspace:${phone.ws}`, ({ channels }) => channels.find(({ id }) => id === general)?.unread === 0);
  expect(codes(ben)).toEqual([]);
});

test("A2 who was put into a channel reads it, although an answer on the way there was lost", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { actor: ben, wire } = await wired(world, ana, "Ben");
  await ben.channel("general");
  const channel = await room(ana);
  await ana.say(channel, "from before");
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= ana.account.state.n);
  await ben.online();
  const lost = new Promise<void>((resolve) => {
    wire.fate = (procedure) => {
      if (procedure !== "events.read" || !ben.account.channels().includes(channel)) return "pass";
      resolve();
      return "lose";
    };
  });
  await ana.engine.addMember({ ws: ana.ws, channel, user: ben.account.me });
  await lost;
  wire.fate = () => "pass";
  await ben.reads(channel, "from before");
  expect(codes(ben)).toEqual([]);
});

test("M9 what waited for a key opens as soon as it is looked at, though the key came while nobody did", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const liar = new Liar();
  const ben = await world.invited(ana, "Ben", { wrap: liar.wrap });
  const { id: general } = await ben.channel("general");
  liar.on("keys.read", () => ({ seals: [], boxes: [] }));
  // A closed invite: the next message comes under a new key, of which he gets nothing.
  const { invite } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 1, hours: 1 });
  await ana.engine.closeInvite({ ws: ana.ws, invite });
  await ana.say(general, "in the dark");
  await ben.until(`timeline:${ben.ws}:${general}`, ({ items }) => items.some(({ t }) => t === "waiting"));
  await ben.stop();
  liar.honest();
  await ben.reload();
  await ben.online();
  expect(ben.account.log.isOpen(general)).toBe(false);
  await ben.reads(general, "in the dark");
});

test("L8 what waits for a key in a channel that one was put out of keeps nobody offline", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const liar = new Liar();
  const ben = await world.invited(ana, "Ben", { wrap: liar.wrap });
  const cleo = await world.invited(ana, "Cleo");
  const channel = await room(ana, [ben, cleo]);
  await ana.say(channel, "welcome");
  await ben.reads(channel, "welcome");
  liar.on("keys.read", () => ({ seals: [], boxes: [] }));
  await ana.engine.removeMember({ ws: ana.ws, channel, user: cleo.account.me });
  await ana.say(channel, "in the dark");
  await ben.until(`timeline:${ben.ws}:${channel}`, ({ items }) => items.some(({ t }) => t === "waiting"));
  await ana.engine.removeMember({ ws: ana.ws, channel, user: ben.account.me });
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= ana.account.state.n);
  liar.honest();
  liar.drop();
  await ben.until(`workspace:${ben.ws}`, ({ connection }) => connection !== "online", "the end of the line");
  await ben.online();
});

test("L2 a lost answer while a device learns that it is out is no news for a person", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { actor: ben, wire } = await wired(world, ana, "Ben");
  wire.cut();
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: ben.account.me });
  let lost = 0;
  wire.fate = (procedure) => {
    if (procedure !== "auth.ending" || lost > 0) return "pass";
    lost += 1;
    return "lose";
  };
  wire.mend();
  ben.engine.wake();
  await ben.until(`workspace:${ben.ws}`, ({ ended }) => ended?.why === "removed", "being told");
  expect(lost).toBe(1);
  expect(codes(ben)).toEqual([]);
});

test("L8 rows that could not be fetched from a channel one was then put out of are no fault of anybody", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { actor: ben, wire } = await wired(world, ana, "Ben");
  const channel = await room(ana, [ben]);
  await ana.say(channel, "welcome");
  await ben.reads(channel, "welcome");
  wire.fate = (procedure) => (procedure === "events.read" ? "drop" : "pass");
  await ben.engine.sendMessage({ ws: ben.ws, channel, text: "mine", files: [] });
  await ana.reads(channel, "mine");
  await ana.engine.removeMember({ ws: ana.ws, channel, user: ben.account.me });
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= ana.account.state.n);
  wire.fate = () => "pass";
  ben.account.retries.behind(channel);
  ben.account.kick(channel);
  // Its answer, and what is made of it, lie before theirs.
  for (let i = 0; i < 5; i += 1) await ben.account.session.call("ledger.head", {});
  expect(codes(ben)).toEqual([]);
});
