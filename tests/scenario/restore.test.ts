// MS-49, SRV-20, L10: a server restored from an older backup is noticed by every client, given back what they hold, and goes on.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { confirmed, tryWords } from "@/tests/recovery-kit.ts";
import { Wire } from "@/tests/wires.ts";
import type { Actor } from "@/tests/world.ts";
import { startWorld, type World } from "@/tests/world.ts";

/** What a person reads in a channel: each text with its state, in order. */
async function texts(actor: Actor, channel: ChannelId): Promise<string[]> {
  const view = await actor.until(`timeline:${actor.ws}:${channel}`, () => true);
  return view.items.flatMap((item) => (item.t === "message" ? [item.deleted ? "(deleted)" : item.text] : []));
}

async function whole(actor: Actor): Promise<void> {
  await actor.until(
    `workspace:${actor.ws}`,
    (view) => view.connection === "online" && view.stopped === null && view.restored === null && view.outbox === 0,
    "a whole server",
  );
}

async function waiting(actor: Actor): Promise<void> {
  const given = (view: { restored: { state: string } | null }) => view.restored?.state === "waiting";
  await actor.until(`workspace:${actor.ws}`, given, "having given back");
}

async function trio(): Promise<{ world: World; ana: Actor; ben: Actor; cleo: Actor; wire: Wire; general: ChannelId }> {
  const world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  let wire: Wire | undefined;
  const cleo = await world.invited(ana, "Cleo", {
    wrap: (inner) => {
      wire = new Wire(inner);
      return wire;
    },
  });
  const { id: general } = await ana.channel("general");
  await ana.say(general, "before the backup");
  for (const actor of [ben, cleo]) await actor.reads(general, "before the backup");
  if (wire === undefined) throw new TypeError("no wire");
  return { world, ana, ben, cleo, wire, general };
}

test("MS-49 links, keys, messages, edits and deletions since the backup come back, each once", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tacit-restore-"));
  const { world, ana, ben, cleo, general } = await trio();
  await using _world = world;
  const old = await ben.say(general, "will be deleted");
  const backup = join(dir, "one.tar");
  await world.backup(backup);
  // A private channel, one who joins, one who is removed, and what is written, edited and deleted meanwhile.
  const { channel: room } = await ben.engine.createChannel({
    ws: ben.ws,
    kind: "private",
    name: "plans",
    topic: "",
    history: "full",
    members: [ana.account.me],
  });
  await ben.say(room, "in private");
  await ana.reads(room, "in private");
  const dora = await world.invited(ana, "Dora");
  await dora.reads(general, "before the backup");
  await dora.say(general, "I am new");
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: cleo.account.me });
  const first = await ana.say(general, "after the removal");
  await ana.engine.editMessage({ ws: ana.ws, channel: general, id: first.id, text: "after the removal, edited" });
  await ben.engine.deleteMessage({ ws: ben.ws, channel: general, id: old.id });
  await dora.reads(general, "after the removal, edited");
  await ana.message(general, (item) => item.id === old.id && item.deleted);
  await dora.message(general, (item) => item.id === old.id && item.deleted);
  const position = ana.account.state.n;
  const seen = await texts(ana, general);
  await cleo.stop();

  await world.restore(backup);
  for (const actor of [ana, ben, dora]) await waiting(actor);
  expect(ana.account.state.n).toBe(position);
  // Nothing new is taken meanwhile, and everybody is told why.
  await expect(
    ben.engine.sendMessage({ ws: ben.ws, channel: general, text: "too early", files: [] }),
  ).rejects.toMatchObject({ code: "app/blocked", detail: "proof/restored" });
  await expect(ben.engine.confirmRestore({ ws: ben.ws })).rejects.toMatchObject({ code: "may/forbidden" });
  await ana.engine.confirmRestore({ ws: ana.ws });
  for (const actor of [ana, ben, dora]) await whole(actor);

  await ben.say(general, "it goes on");
  await ana.say(room, "here too");
  await ben.reads(room, "here too");
  for (const actor of [ana, ben, dora]) await actor.reads(general, "it goes on");
  for (const actor of [ana, ben, dora]) expect(await texts(actor, general)).toEqual([...seen, "it goes on"]);
  expect(await texts(ana, room)).toEqual(["in private", "here too"]);
  // Whoever comes afterwards reads all of it from the server alone.
  const eve = await world.invited(ana, "Eve");
  await eve.reads(general, "it goes on");
  expect(await texts(eve, general)).toEqual([...seen, "it goes on"]);
  for (const actor of [ana, ben, dora, eve])
    expect(actor.account.notices.filter(({ severity }) => severity === "alarm")).toEqual([]);
  // What was deleted after the backup lies nowhere again.
  const rows = () => ben.engine.serverRows({ ws: ben.ws, channel: general, before: null, limit: 100 });
  await expect
    .poll(async () => (await rows()).find(({ columns }) => columns.id === old.id)?.columns.ciphertext)
    .toBe("");
  rmSync(dir, { recursive: true });
});

test("L10 a device that was away during all of it gives back what it alone holds, at the end, once", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tacit-restore-"));
  const { world, ana, ben, cleo, wire, general } = await trio();
  await using _world = world;
  const backup = join(dir, "one.tar");
  await world.backup(backup);
  await ana.say(general, "all have this");
  for (const actor of [ben, cleo]) await actor.reads(general, "all have this");
  await ana.stop();
  await ben.stop();
  await cleo.say(general, "only Cleo has this");
  wire.cut();
  await world.restore(backup);
  for (const actor of [ana, ben]) {
    await actor.reload();
    await waiting(actor);
  }
  await ana.engine.confirmRestore({ ws: ana.ws });
  for (const actor of [ana, ben]) await whole(actor);
  // As many new ones as were lost, and more: they must not take the places that Cleo's device knows.
  for (const text of ["new one", "new two", "new three", "new four"]) await ben.say(general, text);
  await ana.reads(general, "new four");
  wire.mend();
  cleo.engine.wake();
  await ana.reads(general, "only Cleo has this");
  await ben.reads(general, "only Cleo has this");
  await cleo.reads(general, "new four");
  await whole(cleo);
  await cleo.say(general, "Cleo goes on");
  for (const actor of [ana, ben]) await actor.reads(general, "Cleo goes on");
  const all = [
    "before the backup",
    "all have this",
    "only Cleo has this",
    "new one",
    "new two",
    "new three",
    "new four",
  ];
  for (const actor of [ana, ben, cleo]) {
    expect((await texts(actor, general)).sort()).toEqual([...all, "Cleo goes on"].sort());
    expect(actor.account.notices).toEqual([]);
  }
  // What each has from the others is in the server's order; a reload changes nothing.
  await cleo.reload();
  await cleo.reads(general, "Cleo goes on");
  expect((await texts(cleo, general)).sort()).toEqual([...all, "Cleo goes on"].sort());
  rmSync(dir, { recursive: true });
});

test("L10 an old copy put back in silence is noticed by the older head, also while others write already", async () => {
  const { world, ana, ben, cleo, wire, general } = await trio();
  await using _world = world;
  const copy = await world.copy();
  wire.cut();
  const { channel: side } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "public",
    name: "side",
    topic: "",
    history: "full",
    members: [],
  });
  await ben.channel("side");
  await ben.say(side, "lost by the copy");
  await ana.reads(side, "lost by the copy");
  const position = ana.account.state.n;
  await ana.stop();
  await ben.stop();
  await world.putBack(copy);
  // Cleo, who saw nothing of it, writes first.
  wire.mend();
  cleo.engine.wake();
  await cleo.say(general, "nothing seems to be wrong");
  await ana.reload();
  await ben.reload();
  for (const actor of [ana, ben, cleo]) await waiting(actor);
  expect(ana.account.state.n).toBe(position);
  await ana.engine.confirmRestore({ ws: ana.ws });
  for (const actor of [ana, ben, cleo]) await whole(actor);
  await cleo.channel("side");
  for (const actor of [ana, ben, cleo]) {
    await actor.reads(general, "nothing seems to be wrong");
    await actor.reads(side, "lost by the copy");
    expect(await texts(actor, side)).toEqual(["lost by the copy"]);
    expect(actor.account.notices).toEqual([]);
  }
});

test("L10 a copy that lost messages and no link is noticed by the places that it lacks", async () => {
  const { world, ana, ben, cleo, wire, general } = await trio();
  await using _world = world;
  const copy = await world.copy();
  wire.cut();
  await ana.say(general, "one");
  await ben.say(general, "two");
  await ana.reads(general, "two");
  for (const actor of [ana, ben]) await actor.stop();
  await world.putBack(copy);
  wire.mend();
  cleo.engine.wake();
  await cleo.say(general, "meanwhile");
  // A member's word alone does not stop the workspace; what he holds comes back all the same.
  await ben.reload();
  await cleo.reads(general, "two");
  expect(cleo.account.book.stop).toBeNull();
  await ana.reload();
  for (const actor of [ana, ben, cleo]) await whole(actor);
  await ana.say(general, "three");
  for (const actor of [ana, ben, cleo]) {
    await actor.reads(general, "three");
    await actor.reads(general, "meanwhile");
    expect((await texts(actor, general)).sort()).toEqual(["before the backup", "meanwhile", "one", "three", "two"]);
    expect(actor.account.notices).toEqual([]);
  }
});

test("L10 a copy that lost messages is noticed though as many new ones, and more, lie in their places", async () => {
  const { world, ana, ben, cleo, wire, general } = await trio();
  await using _world = world;
  const copy = await world.copy();
  wire.cut();
  await ana.say(general, "one");
  await ben.say(general, "two");
  await ana.reads(general, "two");
  for (const actor of [ana, ben]) await actor.stop();
  await world.putBack(copy);
  wire.mend();
  cleo.engine.wake();
  // Exactly as many as were lost first: then every channel ends where it did.
  for (const text of ["new one", "new two"]) await cleo.say(general, text);
  await ana.reload();
  for (const actor of [ana, cleo]) await waiting(actor);
  await ana.engine.confirmRestore({ ws: ana.ws });
  await whole(cleo);
  await cleo.reads(general, "one");
  for (const text of ["new three", "new four", "new five"]) await cleo.say(general, text);
  await ben.reload();
  const all = ["before the backup", "new five", "new four", "new one", "new three", "new two", "one", "two"];
  for (const actor of [ana, ben, cleo]) {
    for (const text of all) await actor.reads(general, text);
    await whole(actor);
    expect((await texts(actor, general)).sort()).toEqual(all);
    expect(actor.account.notices).toEqual([]);
  }
});

test("L10 once every device gave back what it holds the workspace goes on by itself", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tacit-restore-"));
  const { world, ana, ben, cleo, general } = await trio();
  await using _world = world;
  const backup = join(dir, "one.tar");
  await world.backup(backup);
  await ben.say(general, "after the backup");
  await cleo.reads(general, "after the backup");
  await ben.engine.sendMessage({ ws: ben.ws, channel: general, text: "on its way", files: [] });
  await world.restore(backup);
  for (const actor of [ana, ben, cleo]) await whole(actor);
  for (const actor of [ana, ben, cleo]) {
    await actor.reads(general, "on its way");
    expect(await texts(actor, general)).toEqual(["before the backup", "after the backup", "on its way"]);
  }
  rmSync(dir, { recursive: true });
});

test("L10 D4 a new code opens the account though the server cannot be made whole beyond it", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tacit-restore-"));
  const { world, ana, ben, general } = await trio();
  await using _world = world;
  const old = await confirmed(ben);
  const backup = join(dir, "one.tar");
  await world.backup(backup);
  await ben.engine.changeRecoveryCode({ ws: ben.ws, words: old.join(" ") });
  const words = await confirmed(ben);
  await ben.say(general, "under the new code");
  // Of a room that nobody else is in only its maker's device has the links; nothing after it can be given back without him.
  const cleo = await world.invited(ana, "Mayfly");
  const room = { ws: cleo.ws, kind: "private", name: "alone", topic: "", history: "full", members: [] } as const;
  await cleo.engine.createChannel(room);
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= cleo.account.state.n);
  await cleo.stop();
  await world.restore(backup);
  for (const actor of [ana, ben]) await actor.reload();
  await ana.until(`workspace:${ana.ws}`, ({ restored }) => restored?.mayConfirm === true);
  await expect.poll(() => tryWords(words, ben), { timeout: 30_000 }).toMatchObject({ rik: expect.anything() });
  await ana.engine.confirmRestore({ ws: ana.ws });
  const again = await world.actor("Ben again");
  ({ ws: again.ws } = await again.engine.recoverAccount({ words: words.join(" "), ws: null, signOutOthers: false }));
  await again.reads(general, "under the new code");
  rmSync(dir, { recursive: true });
});

test("L10 a true fork after a restore stays refused, with its alarm", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tacit-restore-"));
  const { world, ana, ben, cleo, wire, general } = await trio();
  await using _world = world;
  const backup = join(dir, "one.tar");
  await world.backup(backup);
  for (const actor of [ana, ben]) await actor.stop();
  // Cleo's device alone knows of a link that nobody gives back in time.
  await cleo.engine.startDm({ ws: cleo.ws, users: [ben.account.me] });
  const { n, head } = cleo.account.state;
  wire.cut();
  await world.restore(backup);
  await ana.reload();
  await waiting(ana);
  await ana.engine.confirmRestore({ ws: ana.ws });
  await whole(ana);
  await ana.engine.startDm({ ws: ana.ws, users: [ben.account.me] });
  wire.mend();
  cleo.engine.wake();
  await cleo.until(`workspace:${cleo.ws}`, (view) => view.stopped === "proof/fork", "the fork");
  expect(cleo.account.state.n).toBe(n);
  expect(cleo.account.state.head).toEqual(head);
  expect(cleo.account.notices).toMatchObject([{ code: "proof/fork", severity: "alarm" }]);
  await ana.reads(general, "before the backup");
  rmSync(dir, { recursive: true });
});
