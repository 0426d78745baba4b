// Unread and mention counts over two devices: whatever was said, edited, deleted and read, in whatever order it came, they are right.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { Line } from "@/tests/line.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const RUNS = 12;
const STEPS = 24;

type Said = { readonly id: EventId; readonly pos: number; mention: boolean; deleted: boolean };
type Scene = {
  readonly ana: Actor;
  readonly devices: readonly { readonly actor: Actor; readonly line: Line }[];
  readonly channel: ChannelId;
  readonly direct: boolean;
  readonly said: Said[];
  /** how far each device of Ben's had seen when it read */
  read: number;
};

const step = fc.record({
  what: fc.constantFrom(
    "say",
    "say",
    "call",
    "edit",
    "unname",
    "delete",
    "own",
    "read",
    "read",
    "down",
    "up",
    "reload",
  ),
  pick: fc.nat(1000),
  device: fc.nat(1),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function play(scene: Scene, { what, pick, device }: Step): Promise<void> {
  const { ana, channel, said, direct } = scene;
  const { actor: ben, line } = scene.devices[device] as Scene["devices"][number];
  const name = `<@${ben.account.me}>`;
  const standing = said.filter((one) => !one.deleted);
  const target = standing[pick % Math.max(1, standing.length)];
  const at = { ws: ana.ws, channel };
  if (what === "say" || what === "call") {
    const text = `${said.length} ${what === "call" ? name : ""}`;
    const item = await ana.say(channel, text);
    said.push({ id: item.id, pos: item.pos ?? 0, mention: direct || what === "call", deleted: false });
  } else if ((what === "edit" || what === "unname") && target !== undefined) {
    await ana.engine.editMessage({
      ...at,
      id: target.id,
      text: what === "edit" ? `now ${name} ${pick}` : `now ${pick}`,
    });
    target.mention = direct || what === "edit";
  } else if (what === "delete" && target !== undefined) {
    await ana.engine.deleteMessage({ ...at, id: target.id });
    target.deleted = true;
  } else if (what === "own") await ben.engine.sendMessage({ ...at, text: `mine ${pick}`, files: [] });
  else if (what === "read") {
    scene.read = Math.max(scene.read, ben.account.log.mark(channel).high);
    await ben.engine.markRead(at);
  } else if (what === "down" || what === "up") {
    line.set(what === "down");
    if (what === "up") ben.engine.wake();
  } else if (what === "reload") await ben.reload();
}

/** Everybody is online, has sent what he had, and holds all that the server has. */
async function settle({ devices, ana, channel }: Scene): Promise<void> {
  for (const { line } of devices) line.set(false);
  for (const { actor } of devices) actor.engine.wake();
  await ana.online();
  for (const { actor } of devices) await actor.online();
  const self = devices[0]?.actor.account.selfChannel as ChannelId;
  const { channels } = await (devices[0] as Scene["devices"][number]).actor.account.session.call("sync.state", {});
  const last = new Map(channels.map((one) => [one.channel, one.last]));
  for (const { actor } of devices)
    await actor.until(
      `workspace:${actor.ws}`,
      () => [channel, self].every((one) => actor.account.log.mark(one).high >= (last.get(one) ?? 0)),
      "all that the server has",
    );
}

async function expectRight(scene: Scene): Promise<void> {
  const unread = scene.said.filter((one) => !one.deleted && one.pos > scene.read);
  const expected = { unread: unread.length, mentions: unread.filter(({ mention }) => mention).length };
  for (const { actor } of scene.devices) {
    expect(actor.account.unread.count(scene.channel)).toEqual(expected);
    const view = await actor.until(`workspace:${actor.ws}`, () => true);
    const item = view.channels.find(({ id }) => id === scene.channel);
    expect({ unread: item?.unread, mentions: item?.mentions }).toEqual(expected);
  }
}

test("counts are never wrong after sync, over random schedules of two devices", async () => {
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
  const property = fc.asyncProperty(
    fc.array(step, { minLength: STEPS, maxLength: STEPS }),
    fc.boolean(),
    async (steps, direct) => {
      run += 1;
      const { channel } = direct
        ? await ana.engine.startDm({ ws: ana.ws, users: [first.account.me] })
        : await ana.engine.createChannel({
            ws: ana.ws,
            kind: run % 2 === 0 ? "public" : "private",
            name: `room ${run}`,
            topic: "",
            history: "full",
            members: [first.account.me],
          });
      const scene: Scene = { ana, devices, channel, direct, said: [], read: 0 };
      await settle(scene);
      if (direct) for (const { actor } of devices) await actor.engine.markRead({ ws: ana.ws, channel });
      for (const one of steps) await play(scene, one);
      await settle(scene);
      await expectRight(scene);
      for (const { actor } of devices) await actor.reload();
      await settle(scene);
      await expectRight(scene);
    },
  );
  // What every run must hold, whatever chance brings: a mention made and one taken by an edit, one deleted, all unread.
  const whole = ["say", "say", "call", "call", "edit", "unname", "own", "down", "say", "delete", "up"] as const;
  const steps = whole.map(
    (what, i): Step => ({ what, pick: what === "unname" ? 2 : what === "delete" ? 3 : 0, device: i % 2 }),
  );
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true, examples: [[steps, false]] });
}, 240_000);
