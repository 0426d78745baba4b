// Unread threads over two devices: whatever was answered, edited, deleted, read, followed or left, in whatever order it came.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { Line } from "@/tests/line.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const RUNS = 6;
const STEPS = 24;

type Reply = { readonly id: EventId; readonly pos: number; readonly mine: boolean; named: boolean; deleted: boolean };
type Thread = {
  readonly root: EventId;
  readonly pos: number;
  readonly mine: boolean;
  readonly replies: Reply[];
  read: number;
  follow: "auto" | "on" | "off";
};
type Device = { readonly actor: Actor; readonly line: Line };
type Scene = {
  readonly ana: Actor;
  readonly devices: readonly Device[];
  readonly channel: ChannelId;
  readonly threads: Thread[];
};

const step = fc.record({
  what: fc.constantFrom(
    ...(["root", "mine", "answer", "answer", "answer", "call", "edit", "unname", "delete", "own", "own"] as const),
    ...(["read", "read", "follow", "leave", "down", "up", "reload"] as const),
  ),
  pick: fc.nat(1000),
  device: fc.nat(1),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Says something and waits until it has landed; a device without a line is put back on it. */
async function say({ channel }: Scene, who: Device | Actor, text: string, thread?: EventId) {
  const actor = "actor" in who ? who.actor : who;
  if ("line" in who) who.line.set(false);
  actor.engine.wake();
  const { id } = await actor.engine.sendMessage({
    ws: actor.ws,
    channel,
    text,
    files: [],
    ...(thread === undefined ? {} : { thread }),
  });
  await actor.until(`workspace:${actor.ws}`, () => actor.account.log.find(channel, id)?.status === "opened", text);
  return { id, pos: actor.account.log.find(channel, id)?.pos ?? 0 };
}

/** One's own devices hear of each other before anything else is said, so that the last word is known. */
async function talk(scene: Scene, thread: Thread, { what, pick }: Step, ben: Device): Promise<void> {
  const { ana, channel } = scene;
  const name = `<@${ben.actor.account.me}>`;
  const standing = thread.replies.filter((one) => !one.deleted && !one.mine);
  const target = standing[pick % Math.max(1, standing.length)];
  const at = { ws: ana.ws, channel };
  if (what === "answer" || what === "call") {
    const text = `${pick} ${what === "call" ? name : ""}`;
    const { id, pos } = await say(scene, ana, text, thread.root);
    thread.replies.push({ id, pos, mine: false, named: what === "call", deleted: false });
  } else if ((what === "edit" || what === "unname") && target !== undefined) {
    await ana.engine.editMessage({ ...at, id: target.id, text: what === "edit" ? `now ${name}` : `now ${pick}` });
    target.named = what === "edit";
  } else if (what === "delete" && target !== undefined) {
    await ana.engine.deleteMessage({ ...at, id: target.id });
    target.deleted = true;
  }
}

async function own(scene: Scene, thread: Thread, { what, pick }: Step, ben: Device): Promise<void> {
  const { channel } = scene;
  const { root } = thread;
  const { engine, account, ws } = ben.actor;
  await settle(scene);
  const last = account.threads.book.get(root)?.last ?? 0;
  if (what === "own") {
    const { id, pos } = await say(scene, ben, `mine ${pick}`, root);
    thread.replies.push({ id, pos, mine: true, named: false, deleted: false });
    thread.read = Math.max(thread.read, last);
  } else if (what === "read") {
    if (account.threads.book.of(root).unread > 0) thread.read = Math.max(thread.read, last);
    await engine.markThreadRead({ ws, channel, root });
  } else {
    await engine.followThread({ ws, channel, root, on: what === "follow" });
    thread.follow = what === "follow" ? "on" : "off";
    if (what === "follow") thread.read = Math.max(thread.read, last);
  }
  await settle(scene);
}

async function play(scene: Scene, one: Step): Promise<void> {
  const ben = scene.devices[one.device] as Device;
  if (one.what === "root" || one.what === "mine") {
    const { id, pos } = await say(scene, one.what === "root" ? scene.ana : ben, `root ${one.pick}`);
    for (const who of [scene.ana, ...scene.devices.map(({ actor }) => actor)])
      if (who !== ben.actor || one.what === "root") who.engine.wake();
    scene.threads.push({ root: id, pos, mine: one.what === "mine", replies: [], read: 0, follow: "auto" });
    await scene.ana.message(scene.channel, (item) => item.id === id);
  } else if (one.what === "down" || one.what === "up") {
    ben.line.set(one.what === "down");
    if (one.what === "up") ben.actor.engine.wake();
  } else if (one.what === "reload") {
    await ben.actor.reload();
    await ben.actor.until(`timeline:${ben.actor.ws}:${scene.channel}`, () => true);
  } else {
    const thread = scene.threads[one.pick % Math.max(1, scene.threads.length)];
    if (thread === undefined) return;
    const mine = one.what === "own" || one.what === "read" || one.what === "follow" || one.what === "leave";
    await (mine ? own : talk)(scene, thread, one, ben);
  }
}

/** Everybody is online, has sent what he had, and holds all that the server has. */
async function settle({ devices, ana, channel }: Scene): Promise<void> {
  for (const { line } of devices) line.set(false);
  for (const { actor } of devices) actor.engine.wake();
  await ana.online();
  for (const { actor } of devices) await actor.online();
  const first = devices[0] as Device;
  const self = first.actor.account.selfChannel;
  const { channels } = await first.actor.account.session.call("sync.state", {});
  const last = new Map(channels.map((one) => [one.channel, one.last]));
  for (const { actor } of devices)
    await actor.until(
      `workspace:${actor.ws}`,
      () => [channel, self].every((one) => actor.account.log.mark(one).high >= (last.get(one) ?? 0)),
      "all that the server has",
    );
}

function expected({ threads }: Scene, root: EventId) {
  const thread = threads.find((one) => one.root === root) as Thread;
  const standing = thread.replies.filter((one) => !one.deleted);
  const first = standing.find((one) => one.mine || one.named)?.pos;
  const since = thread.mine ? thread.pos : (first ?? 0);
  const followed = thread.replies.length > 0 && (thread.follow === "on" || (thread.follow === "auto" && since > 0));
  const unread = standing.filter((one) => followed && !one.mine && one.pos > thread.read && one.pos >= since);
  return { unread: unread.length, mentions: unread.filter(({ named }) => named).length };
}

async function expectRight(scene: Scene): Promise<void> {
  const all = scene.threads.map(({ root }) => ({ root, ...expected(scene, root) }));
  const total = { unread: all.filter(({ unread }) => unread > 0).length, mentions: 0 };
  for (const { mentions } of all) total.mentions += mentions;
  const here = ({ account }: Actor) => scene.threads.map(({ root }) => ({ root, ...account.threads.book.of(root) }));
  for (const { actor } of scene.devices) {
    await actor
      .until(`workspace:${actor.ws}`, () => JSON.stringify(here(actor)) === JSON.stringify(all), "the right counts")
      .catch(() => undefined);
    expect(here(actor)).toEqual(all);
    for (const { root } of scene.threads) {
      const view = await actor.until(`thread:${actor.ws}:${scene.channel}:${root}`, () => true);
      const standing = scene.threads.find((one) => one.root === root)?.replies.filter((one) => !one.deleted) ?? [];
      expect(view.count).toBe(standing.length);
    }
  }
}

test("threads are never counted wrong after sync, over random schedules of two devices", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const lines = [new Line(), new Line()] as const;
  const first = await world.invited(ana, "Ben", { wrap: lines[0].wrap });
  const second = await linked(world, first, "phone", { wrap: lines[1].wrap });
  const devices = [
    { actor: first, line: lines[0] },
    { actor: second, line: lines[1] },
  ];
  let run = 0;
  const property = fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
    run += 1;
    const { channel } = await ana.engine.createChannel({
      ws: ana.ws,
      kind: run % 2 === 0 ? "public" : "private",
      name: `room ${run}`,
      topic: "",
      history: "full",
      members: [first.account.me],
    });
    const scene: Scene = { ana, devices, channel, threads: [] };
    await settle(scene);
    for (const { actor } of devices) await actor.until(`timeline:${actor.ws}:${channel}`, () => true);
    await ana.until(`timeline:${ana.ws}:${channel}`, () => true);
    for (const one of steps) await play(scene, one);
    await settle(scene);
    await expectRight(scene);
    for (const { actor } of devices) await actor.reload();
    await settle(scene);
    await expectRight(scene);
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
}, 240_000);
