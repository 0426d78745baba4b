// Things for later, drafts and messages for a time, over two devices of one person and clocks that are set (M7, M11).
import { expect, test } from "vitest";
import type { KeepsView } from "@/lib/client/api/daily/keeping.ts";
import { REST_MS } from "@/lib/client/daily/drafts.ts";
import type { Transport } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { linked } from "@/tests/linking.ts";
import { Wire } from "@/tests/wires.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

const HOUR = 3_600_000;

/** The true clock, set ahead or back by hand; timers run at a distance, but a draft rests until it is hurried. */
function settable() {
  const wall = wallClock();
  let ahead = 0;
  const timers = new Map<number, { due: number; run: () => void; cancel: () => void }>();
  let last = 0;
  return {
    now: () => wall.now() + ahead,
    after(ms: number, run: () => void) {
      last += 1;
      const name = last;
      const timer = {
        due: wall.now() + ms,
        run,
        cancel:
          ms === REST_MS
            ? () => undefined
            : wall.after(ms, () => {
                timers.delete(name);
                run();
              }),
      };
      timers.set(name, timer);
      return () => {
        timer.cancel();
        timers.delete(name);
      };
    },
    /** sets the wall time; what waits at a distance stays there */
    set(ms: number) {
      ahead += ms;
    },
    /** every timer of at most this distance runs now */
    hurry(within: number) {
      for (const [name, timer] of [...timers])
        if (timer.due - wall.now() <= within) {
          timer.cancel();
          timers.delete(name);
          timer.run();
        }
    },
  };
}
type Settable = ReturnType<typeof settable>;

const keeps = (actor: Actor, is: (view: KeepsView) => boolean, what: string) =>
  actor.until(`keeps:${actor.ws}`, is, what);

/** Ana on two devices, each with a clock that can be set. */
async function twice(world: World) {
  const clocks = [settable(), settable()] as const;
  const desk = await world.founder("Ana", { clock: clocks[0] });
  let wire: Wire | undefined;
  const wrap = (inner: Transport) => {
    wire = new Wire(inner);
    return wire;
  };
  const phone = await linked(world, desk, "Ana’s phone", { clock: clocks[1], wrap });
  const { id: channel } = await desk.channel("general");
  if (wire === undefined) throw new TypeError("no wire");
  return { desk, phone, channel, clocks, wire: wire as Wire };
}

/** Both clocks to an hour on, and a look at them. */
function anHourOn(clocks: readonly Settable[]): void {
  for (const clock of clocks) {
    clock.set(HOUR);
    clock.hurry(20_000);
  }
}

test("a message is kept once, on every device, put off, done and thrown away", async () => {
  await using world = await startWorld();
  const { desk, phone, channel } = await twice(world);
  const said = await desk.say(channel, "read the contract");
  const { ws } = desk;
  const first = await desk.engine.saveLater({ ws, channel, event: said.id, at: null });
  expect(await desk.engine.saveLater({ ws, channel, event: said.id, at: null })).toEqual(first);
  const there = await keeps(phone, ({ later }) => later[0]?.message?.text === "read the contract", "it kept");
  expect(there.later).toHaveLength(1);
  await phone.engine.changeLater({ ws, item: first.item, state: "done" });
  await keeps(desk, ({ later }) => later[0]?.state === "done", "it done");
  await desk.engine.changeLater({ ws, item: first.item, at: Date.now() + HOUR });
  await keeps(phone, ({ later }) => later[0]?.state === "open" && later[0].at !== null, "it open again");
  await phone.engine.changeLater({ ws, item: first.item, state: "gone" });
  await keeps(desk, ({ later }) => later.length === 0, "nothing kept");
});

test("a reminder is told once on each device, whatever the clocks do, and again when it was put off", async () => {
  await using world = await startWorld();
  const { desk, phone, clocks } = await twice(world);
  const { ws } = desk;
  const at = clocks[0].now() + 10 * 60_000;
  const { item } = await desk.engine.remind({ ws, text: "call the printer", at });
  await keeps(phone, ({ later }) => later.length === 1, "the note");
  expect((await keeps(phone, () => true, "now")).due).toEqual([]);
  anHourOn(clocks);
  for (const one of [desk, phone]) {
    const { due } = await keeps(one, (view) => view.due.length === 1, "the reminder");
    expect(due[0]).toMatchObject({ t: "reminder", item, text: "call the printer", at, late: true });
    const key = due[0]?.key ?? "";
    expect(await Promise.all([one.engine.takeDue({ ws, key }), one.engine.takeDue({ ws, key })])).toEqual([
      true,
      false,
    ]);
    await keeps(one, (view) => view.due.length === 0, "nothing more to tell");
  }
  // set back, over the time once more, and over a reload: it was told
  clocks[0].set(-2 * HOUR);
  clocks[0].hurry(20_000);
  anHourOn(clocks);
  anHourOn(clocks);
  await desk.reload();
  expect((await keeps(desk, ({ later }) => later.length === 1, "it kept")).due).toEqual([]);
  await phone.engine.changeLater({ ws, item, at: clocks[0].now() + HOUR / 2 });
  await keeps(desk, ({ later }) => later[0]?.due === false, "it put off");
  anHourOn(clocks);
  await keeps(desk, ({ due }) => due.length === 1, "it told again");
  // of what is thrown away nothing stays, not even that it was told
  const told = async () => (await desk.account.vault.scan("told", { limit: 10 })).length;
  expect(await told()).toBe(1);
  await desk.engine.changeLater({ ws, item, state: "gone" });
  await desk.online();
  await desk.reload();
  expect(await told()).toBe(0);
});

test("a reminder in the past is told at once, and said to be late", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  await ana.engine.remind({ ws: ana.ws, text: "was yesterday", at: Date.now() - 24 * HOUR });
  const { due } = await keeps(ana, (view) => view.due.length === 1, "it told");
  expect(due[0]).toMatchObject({ text: "was yesterday", late: true });
  await expect(ana.engine.remind({ ws: ana.ws, text: "  ", at: null })).rejects.toMatchObject({ code: "app/empty" });
});

test("M7 a draft goes to the other device when the writing rests, and never over what is being written there", async () => {
  await using world = await startWorld();
  const { desk, phone, channel, clocks } = await twice(world);
  const { ws } = desk;
  const draft = (actor: Actor, text: string) =>
    actor.until(`timeline:${actor.ws}:${channel}`, (view) => view.draft === text, `the draft ${text}`);
  await desk.engine.saveDraft({ ws, channel, text: "half a th" });
  await desk.engine.saveDraft({ ws, channel, text: "half a thought" });
  await draft(desk, "half a thought");
  clocks[0].hurry(5_000);
  await draft(phone, "half a thought");
  // both write at once: each keeps what it writes, and the later sealing wins everywhere in the end
  await desk.engine.saveDraft({ ws, channel, text: "half a thought from the desk" });
  await phone.engine.saveDraft({ ws, channel, text: "half a thought from the phone" });
  clocks[0].hurry(5_000);
  await desk.online();
  await phone.until(`workspace:${ws}`, () => phone.account.registers.value("draft", channel)?.rev === 2, "the desk’s");
  expect(phone.account.registers.value("draft", channel)?.text).toBe("half a thought from the desk");
  await draft(phone, "half a thought from the phone");
  clocks[1].hurry(5_000);
  await draft(desk, "half a thought from the phone");
  // three sealings for all of it: nothing leaves while one types
  expect(desk.account.registers.value("draft", channel)?.rev).toBe(3);
  await phone.engine.saveDraft({ ws, channel, text: "" });
  clocks[1].hurry(5_000);
  await draft(desk, "");
  expect((await desk.channel("general")).draft).toBe(false);
});

test("M7 what was typed and not sealed outlives the engine, and is sealed by the next", async () => {
  await using world = await startWorld();
  const { desk, phone, channel, clocks } = await twice(world);
  await desk.engine.saveDraft({ ws: desk.ws, channel, text: "before the crash" });
  await desk.reload();
  await desk.until(`timeline:${desk.ws}:${channel}`, ({ draft }) => draft === "before the crash");
  await desk.online();
  clocks[0].hurry(5_000);
  await phone.until(`timeline:${phone.ws}:${channel}`, ({ draft }) => draft === "before the crash");
});

const copies = async (actor: Actor, channel: Parameters<Actor["reads"]>[0], text: string) => {
  await actor.reads(channel, text);
  const stored = () =>
    actor.account.log.records(channel).some(({ content }) => content?.k === "message" && content.text === text);
  await actor.until(`timeline:${actor.ws}:${channel}`, stored, `${text}, stored`);
  return (await actor.account.log.since(channel, 0)).filter(
    ({ content }) => content?.k === "message" && content.text === text,
  ).length;
};

test("M11 two devices whose clocks strike at once send one message, under the id that was given", async () => {
  await using world = await startWorld();
  const { desk, phone, channel, clocks } = await twice(world);
  const ben = await world.invited(desk, "Ben");
  const { ws } = desk;
  const at = clocks[0].now() + HOUR / 2;
  const { event } = await desk.engine.scheduleMessage({ ws, channel, thread: null, text: "good morning", at });
  await keeps(phone, ({ scheduled }) => scheduled.length === 1, "it planned");
  anHourOn(clocks);
  const item = await ben.reads(channel, "good morning");
  expect(item.id).toBe(event);
  for (const one of [desk, phone]) {
    await keeps(one, ({ scheduled }) => scheduled.length === 0, "nothing planned");
    await one.online();
    expect(await copies(one, channel, "good morning")).toBe(1);
  }
  expect(await copies(ben, channel, "good morning")).toBe(1);
  expect(ben.account.registers.all("scheduled")).toEqual([]);
});

test("M11 the second of two devices finds the place taken and lets go, though it had sealed the message already", async () => {
  await using world = await startWorld();
  const { desk, phone, channel, clocks } = await twice(world);
  const { ws } = desk;
  const at = clocks[0].now() + HOUR / 2;
  const { event } = await desk.engine.scheduleMessage({ ws, channel, thread: null, text: "only once", at });
  await keeps(phone, ({ scheduled }) => scheduled.length === 1, "it planned");
  // the phone puts it into its outbox while it believes that nobody was first, and is cut off before it can send
  phone.account.live.stop();
  await phone.account.outbox.add(
    channel,
    { k: "message", text: "only once", thread: null, mentions: [], files: 0 },
    event,
  );
  anHourOn([clocks[0]]);
  await desk.reads(channel, "only once");
  // it sends before it has heard of anything
  await phone.account.outbox.flush(channel);
  phone.account.live.start();
  await phone.online();
  expect(await copies(phone, channel, "only once")).toBe(1);
  expect(await copies(desk, channel, "only once")).toBe(1);
  expect(phone.account.outbox.size).toBe(0);
});

test("M11 whose row lies there is not guessed: while it cannot be read, nothing goes out under another id", async () => {
  await using world = await startWorld();
  const { desk, phone, channel, clocks, wire } = await twice(world);
  const { ws } = desk;
  const at = clocks[0].now() + HOUR / 2;
  const { event } = await desk.engine.scheduleMessage({ ws, channel, thread: null, text: "only once", at });
  await keeps(phone, ({ scheduled }) => scheduled.length === 1, "it planned");
  phone.account.live.stop();
  const content: Content = { k: "message", text: "only once", thread: null, mentions: [], files: 0 };
  await phone.account.outbox.add(channel, content, event);
  anHourOn([clocks[0]]);
  await desk.reads(channel, "only once");
  wire.fate = (procedure) => (procedure === "events.read" || procedure === "sync.pull" ? "drop" : "pass");
  await expect(phone.account.outbox.flush(channel)).rejects.toMatchObject({ code: "net/timeout" });
  expect(phone.account.outbox.entries(channel).map(({ id }) => id)).toEqual([event]);
  wire.fate = () => "pass";
  phone.account.live.start();
  await phone.online();
  expect(await copies(phone, channel, "only once")).toBe(1);
  expect(await copies(desk, channel, "only once")).toBe(1);
  expect(phone.account.outbox.size).toBe(0);
});

test("M11 a planned message is changed, cancelled and sent by hand from either device; times that are over are refused", async () => {
  await using world = await startWorld();
  const { desk, phone, channel, clocks } = await twice(world);
  const { ws } = desk;
  const plan = (text: string) =>
    desk.engine.scheduleMessage({ ws, channel, thread: null, text, at: clocks[0].now() + HOUR / 2 });
  await expect(
    desk.engine.scheduleMessage({ ws, channel, thread: null, text: "too late", at: clocks[0].now() - 1 }),
  ).rejects.toMatchObject({ code: "app/time-past" });
  const one = await plan("first words");
  const two = await plan("never");
  const three = await plan("sent by hand");
  await keeps(phone, ({ scheduled }) => scheduled.length === 3, "three planned");
  await phone.engine.changeScheduled({ ws, event: one.event, text: "better words" });
  await phone.engine.cancelScheduled({ ws, event: two.event });
  await phone.engine.sendScheduled({ ws, event: three.event });
  await desk.reads(channel, "sent by hand");
  await keeps(desk, ({ scheduled }) => scheduled.length === 1 && scheduled[0]?.text === "better words", "one planned");
  for (const { event } of [two, three])
    await expect(desk.engine.changeScheduled({ ws, event, text: "x" })).rejects.toMatchObject({
      code: "app/already-sent",
    });
  anHourOn([clocks[0]]);
  expect(await copies(desk, channel, "better words")).toBe(1);
  expect(
    (await desk.account.log.since(channel, 0)).some(
      ({ content }) => content?.k === "message" && content.text === "never",
    ),
  ).toBe(false);
});

test("M11 what is due while every device is off goes out when one comes back; a channel lost meanwhile is said, and the words kept", async () => {
  await using world = await startWorld();
  const clock = settable();
  const ana = await world.founder("Ana", { clock });
  const { ws } = ana;
  const { id: general } = await ana.channel("general");
  const { channel: old } = await ana.engine.createChannel({
    ws,
    kind: "public",
    name: "old-story",
    topic: "",
    history: "full",
    members: [],
  });
  const at = clock.now() + HOUR / 2;
  await ana.engine.scheduleMessage({ ws, channel: general, thread: null, text: "while nobody was here", at });
  await ana.engine.scheduleMessage({ ws, channel: old, thread: null, text: "nowhere to go", at });
  await ana.engine.archiveChannel({ ws, channel: old });
  await ana.online();
  await ana.stop();
  clock.set(HOUR);
  await ana.reload();
  await ana.reads(general, "while nobody was here");
  const { scheduled, due } = await keeps(ana, (view) => view.scheduled.length === 1, "one kept");
  expect(scheduled[0]).toMatchObject({ text: "nowhere to go", fault: "may/archived" });
  expect(due).toMatchObject([{ t: "unsent", text: "nowhere to go", fault: "may/archived" }]);
});
