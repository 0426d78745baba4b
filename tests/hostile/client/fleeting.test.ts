// Ephemeral events against a lying server and lying members: shown only when signed, rightful, in place, new and in time.
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { ID_BYTES, mintId } from "@/lib/base/ids.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { type ClientFrame, toEventJson } from "@/lib/protocol/sync.ts";
import { type CraftedEvent, craftEvent, type EventTwist, handOf, message, rowOf } from "@/tests/hostile/crafter.ts";
import { openStage, type Stage } from "@/tests/hostile/stage.ts";

const ON: Content = { k: "typing", on: true };

/** Ben, whose server Ana's typing comes through, and a way to craft what she might have said. */
function scene(stage: Stage) {
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { general } = stage;
  const craft = (twist: EventTwist = {}, content = ON, channel: ChannelId = general) =>
    craftEvent(ana, channel, content, { ...twist, header: { class: "ephemeral", ...twist.header } });
  const push = (event: CraftedEvent, channel: ChannelId = general) =>
    liar.push({ t: "ephemeral", channel, event: toEventJson(event) });
  const types = (on: boolean) =>
    ben.until(`typing:${ben.ws}:${general}`, ({ people }) => people.includes(ana.account.me) === on);
  const typing = () => ben.account.here.typingView(general).people;
  /** Frames are heard in order, so that an honest one behind tells that those before it are done. */
  const settled = async () => {
    await ben.account.here.heard(general, toEventJson(await craft({}, { k: "presence", state: "away" })));
  };
  return { ana, ben, liar, craft, push, types, typing, settled };
}

const session = () => mintId<"session">(randomBytes(ID_BYTES));

test("typing shows, goes with the message, and neither leaves in clear", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { ana, ben, types } = scene(stage);
  const { general: channel } = stage;
  await ana.engine.noteTyping({ ws: ana.ws, channel, on: true });
  await types(true);
  await ana.say(channel, "said at last");
  await ben.reads(channel, "said at last");
  await types(false);
  await ana.engine.noteActivity({ ws: ana.ws });
  await ben.until(`presence:${ben.ws}`, ({ people }) => people[ana.account.me] === "active");
  stage.expectNoLeak("said at last");
  // Whoever sees the frames cannot tell them apart by their size.
  const sizes = stage.player(0).liar.sent.flatMap(({ input }) => {
    const frame = input as ClientFrame;
    return frame.t === "ephemeral" ? [frame.event.c.length] : [];
  });
  expect(sizes.length).toBeGreaterThanOrEqual(2);
  expect(new Set(sizes).size).toBe(1);
});

test("what one does not share is not sent, on any of his devices", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { ana, ben } = scene(stage);
  const { liar } = stage.player(0);
  const sent = () => liar.sent.filter(({ input }) => (input as ClientFrame).t === "ephemeral").length;
  await ana.engine.sharePresence({ ws: ana.ws, presence: false, typing: false });
  await ana.until(`presence:${ana.ws}`, ({ shares }) => !shares.presence && !shares.typing);
  await ana.engine.noteActivity({ ws: ana.ws });
  await ana.engine.noteTyping({ ws: ana.ws, channel: stage.general, on: true });
  await ana.say(stage.general, "quietly");
  await ben.reads(stage.general, "quietly");
  expect(sent()).toBe(0);
  await ana.reload();
  await ana.online();
  await ana.engine.noteActivity({ ws: ana.ws });
  await ana.engine.noteTyping({ ws: ana.ws, channel: stage.general, on: true });
  expect(sent()).toBe(0);
});

test("MS-07 an ephemeral event counts once, and none counts that comes before a newer one of its session", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { push, craft, types, typing, settled } = scene(stage);
  const own = session();
  const first = await craft({ header: { session: own, seq: 4 } });
  push(first);
  await types(true);
  push(await craft({ header: { session: own, seq: 5 } }, { k: "typing", on: false }));
  await types(false);
  push(first);
  push(await craft({ header: { session: own, seq: 3 } }));
  push(await craft({ header: { session: own, seq: 5 } }));
  await settled();
  expect(typing()).toEqual([]);
  push(await craft({ header: { session: own, seq: 6 } }));
  await types(true);
});

test("MS-29 an ephemeral event of another time is dropped: held back by the server, or from a clock far off", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { push, craft, types, typing, settled } = scene(stage);
  push(await craft({ sentAt: Date.now() - 125_000 }));
  push(await craft({ sentAt: Date.now() + 125_000 }));
  await settled();
  expect(typing()).toEqual([]);
  push(await craft({ sentAt: Date.now() - 100_000 }));
  await types(true);
});

test("MS-08 MS-13 MS-14 moved, altered, foreign and wrongly signed ephemeral events are dropped", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { ana, ben, liar, push, craft, types, typing, settled } = scene(stage);
  const { actor: cleo } = stage.player(2);
  const { channel: other } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "public",
    name: "harbour",
    topic: "",
    history: "full",
    members: [],
  });
  await ben.channel("harbour");
  // Of another channel, in this one's place.
  const elsewhere = await craft({}, ON, other);
  liar.push({ t: "ephemeral", channel: stage.general, event: toEventJson(elsewhere) });
  // By Cleo, in Ana's name.
  const { user, device } = ana.account.keyring;
  push(await craft({ hand: handOf(cleo), header: { user, device: device.id } }));
  push(await craft({ hand: handOf(cleo), header: { user } }));
  // A stored event, and a message that would never have been stored.
  push(await craft({ header: { class: "stored" } }));
  push(await craft({}, message("never stored")));
  // Under another workspace, epoch and commitment; with a bit flipped; of a device that nobody has.
  push(await craft({ header: { ws: mintId(randomBytes(32)) } }));
  push(await craft({ kc: randomBytes(32) }));
  push(await craft({ header: { device: mintId(randomBytes(ID_BYTES)) } }));
  const flipped = await craft();
  push({ ...flipped, ciphertext: flipped.ciphertext.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) });
  // A ledger that is not here yet.
  push(await craft({ n: ana.account.state.n + 3 }));
  await settled();
  expect(typing()).toEqual([]);
  expect(ben.account.notices).toEqual([]);
  push(await craft());
  await types(true);
  expect(ben.account.log.records(stage.general).some(({ content }) => content?.k === "typing")).toBe(false);
});

test("MS-06 a head that is not ours warns also when it is said in passing", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { ana, ben, push, craft, typing } = scene(stage);
  push(await craft({ head: randomBytes(32) }));
  await ben.until(`workspace:${ben.ws}`, ({ notices }) =>
    notices.some(({ code, detail }) => code === "proof/fork" && detail === ana.account.me),
  );
  expect(typing()).toEqual([]);
});

test("MS-15 after a removal, ephemeral events under the old key, and by the one who went, are dropped", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { ana, ben, craft, push, typing, settled, types } = scene(stage);
  const { actor: cleo } = stage.player(2);
  const gone = await craftEvent(cleo, stage.general, ON, { header: { class: "ephemeral" } });
  const old = await craft();
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: cleo.account.me });
  await ana.say(stage.general, "among us");
  await ben.reads(stage.general, "among us");
  push(old);
  push(gone);
  await settled();
  expect(typing()).toEqual([]);
  push(await craft());
  await types(true);
});

test("a stored event of an ephemeral kind has no effect", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { ana, ben, liar, typing } = scene(stage);
  const { high } = ben.account.log.mark(stage.general);
  const stored = await craftEvent(ana, stage.general, ON);
  liar.push({ t: "event", row: rowOf(stored, high + 1) });
  await ben.until(`timeline:${ben.ws}:${stage.general}`, () => ben.account.log.mark(stage.general).high === high + 1);
  expect(typing()).toEqual([]);
});
