// Devices: linked by code with all of one's past, named, announced, retired; and every way in which that can fail (D1, D2, E10, A4).
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { openEpochSeal, openPreviousEpoch } from "@/lib/crypto/epoch.ts";
import { openPreviousPuk, openPukSeal } from "@/lib/crypto/identity.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { activeDevices, currentPuk, needsRotation } from "@/lib/proof/queries.ts";
import { codeOf, link, linked } from "@/tests/linking.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

/** Everything this engine reads: texts and file names by channel, with all that is older. */
async function readable(actor: Actor): Promise<Record<string, readonly string[]>> {
  const { account } = actor;
  const found: Record<string, readonly string[]> = {};
  for (const channel of account.channels()) {
    await account.open(channel);
    while (await account.older(channel));
    found[channel] = account.log.records(channel).map(({ status, content }) => {
      if (content?.k === "message") return content.text;
      return content?.k === "file" ? `file ${content.file.name}` : status;
    });
  }
  return found;
}

const file = (name: string, bytes: Uint8Array) => ({
  name,
  type: "text/plain",
  source: bytes,
  width: null,
  height: null,
  thumbnail: null,
});

test("D1 a linked device has the whole past: channels, DMs, files, drafts; and says and hears like the other", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const general = await ana.channel("general");
  for (const text of ["one", "two", "three"]) await ana.say(general.id, text);
  const { channel: secret } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "sources",
    topic: "",
    history: "since-join",
    members: [ben.account.me],
  });
  await ana.say(secret, "who told us");
  const { channel: dm } = await ana.engine.startDm({ ws: ana.ws, users: [ben.account.me] });
  await ana.say(dm, "between us");
  const content = new TextEncoder().encode("what was in the file");
  await ana.engine.sendMessage({
    ws: ana.ws,
    channel: general.id,
    text: "with a file",
    files: [file("note.txt", content)],
  });
  const sent = await ana.message(general.id, (item) => item.text === "with a file" && item.files[0]?.state === "ready");
  await ben.reads(general.id, "with a file");

  const phone = await linked(world, ana, "Ana’s phone");
  const shown = await phone.message(
    general.id,
    (item) => item.text === "with a file" && item.files[0]?.state === "ready",
  );
  expect(await readable(phone)).toEqual(await readable(ana));
  expect((await readable(phone))[secret]).toEqual(["who told us"]);
  const got = await phone.engine.downloadFile({ ws: phone.ws, channel: general.id, id: shown.files[0]?.id ?? "" });
  expect(sent.files[0]?.name).toBe("note.txt");
  expect(new TextDecoder().decode(got.data as Uint8Array)).toBe("what was in the file");

  await phone.say(general.id, "from the phone");
  expect((await ben.reads(general.id, "from the phone")).author).toBe(ana.account.me);
  await ben.say(secret, "for both");
  await ana.reads(secret, "for both");
  await phone.reads(secret, "for both");
  expect(phone.account.keyring.code).toBeNull();
  for (const actor of [ana, ben, phone]) expect(actor.account.notices).toEqual([]);
  await phone.reload();
  await phone.online();
  await phone.reads(general.id, "from the phone");
});

test("D2 E10 a retired device's whole state and all that the server has open nothing that came later", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const general = await ana.channel("general");
  const { channel: room } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "sources",
    topic: "",
    history: "full",
    members: [ben.account.me],
  });
  const lost = await linked(world, ana, "Lost phone");
  await ana.engine.saveDraft({ ws: ana.ws, channel: general.id, text: "before" });
  await ana.say(general.id, "before");
  await lost.reads(general.id, "before");
  const before = new Map([...ana.account.state.scopes].map(([id, { epochs }]) => [id, epochs.length]));
  const gone = lost.account.keyring.device;
  await ana.engine.retireDevice({ ws: ana.ws, device: gone.id });
  // In the revoker's own batch: nothing is left to the next writer.
  for (const scope of ana.account.state.scopes.keys()) expect(needsRotation(ana.account.state, scope)).toBe(false);
  await ana.say(general.id, "after");
  await ana.say(room, "after in the room");
  await ben.reads(room, "after in the room");

  // What the retired device holds, against everything that the server would give to any device of this person.
  const { account } = ana;
  const { ws, me, state } = account;
  const gen = currentPuk(state, me)?.gen ?? 0;
  expect(gen).toBe(2);
  const own = await account.session.call("keys.puk", {});
  const stolen = lost.account.keyring;
  const seedPk = state.users.get(me)?.puks.map(({ value }) => value) ?? [];
  const newPk = seedPk.find((one) => one.gen === gen)?.pk ?? new Uint8Array();
  for (const row of own.seals.filter(({ epoch }) => epoch === gen))
    expect(
      openPukSeal({ ws, user: me, gen, pk: newPk }, row, { to: "device", id: gone.id, gen: 0, seed: gone.secrets.kem }),
    ).toBeTypeOf("string");
  const oldSeed = stolen.puk(1);
  if (oldSeed === undefined) throw new TypeError("no seed");
  for (const box of own.boxes) expect(openPreviousPuk({ ws, user: me, gen }, oldSeed, newPk, box)).toBeTypeOf("string");
  let tried = 0;
  for (const scope of state.scopes.values()) {
    const first = (before.get(scope.id) ?? 0) + 1;
    expect(scope.epochs.length).toBeGreaterThanOrEqual(first);
    const rows = await account.session.call("keys.read", { scope: scope.id, from: 1, to: scope.epochs.length });
    for (const epoch of scope.epochs.slice(first - 1)) {
      const name = { ws, scope: scope.id, epoch: epoch.epoch };
      for (const row of rows.seals.filter((one) => one.epoch === epoch.epoch)) {
        for (const to of [1, 2])
          expect(
            openEpochSeal({ ...name, kc: epoch.kc }, row, { to: "user", id: me, gen: to, seed: oldSeed }),
          ).toBeTypeOf("string");
        tried += 1;
      }
      const old = await lost.account.rooms.known(scope.id, epoch.epoch - 1);
      if (old === undefined) throw new TypeError("no old key");
      for (const box of rows.boxes.filter((one) => one.epoch === epoch.epoch))
        expect(openPreviousEpoch(name, old, epoch.kc, box)).toBeTypeOf("string");
      expect(await lost.account.rooms.known(scope.id, epoch.epoch)).toBeUndefined();
    }
    // Its keys do open what it was entitled to, so that the question is not an idle one.
    expect(await lost.account.rooms.known(scope.id, first - 1)).toBeDefined();
  }
  expect(tried).toBeGreaterThan(1);
  expect(exposeSecret(account.keyring.puk(2) ?? oldSeed)).not.toEqual(exposeSecret(oldSeed));

  // It learns of it, keeps what it has, and can be left.
  await lost.until(`workspace:${lost.ws}`, ({ standing }) => standing !== "active", "being told");
  await lost.reads(general.id, "before");
  await expect(lost.engine.retireDevice({ ws, device: account.keyring.device.id })).rejects.toMatchObject({
    code: "link/device-gone",
  });
  await lost.reload();
  await lost.reads(general.id, "before");
  await lost.until(`workspace:${lost.ws}`, ({ standing }) => standing !== "active", "being told again");
  await lost.engine.leaveRetired({ ws });
  await lost.until("session", ({ phase }) => phase === "signed-out", "a clean device");
});

test("D2 the self scope goes on over a new generation, on every device that stays", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const general = await ana.channel("general");
  const laptop = await linked(world, ana, "Laptop");
  const phone = await linked(world, ana, "Phone");
  await laptop.engine.renameDevice({ ws: ana.ws, device: laptop.account.keyring.device.id, name: "Old name" });
  const named = (name: string) => (view: { devices: readonly { name: string }[] }) =>
    view.devices.some((one) => one.name === name);
  await ana.until(`devices:${ana.ws}`, named("Old name"));
  await laptop.say(general.id, "hello");
  await ana.reads(general.id, "hello");
  await ana.engine.markRead({ ws: ana.ws, channel: general.id });
  await ana.online();
  const mark = ana.account.readMark(general.id);
  expect(mark).toBeGreaterThan(0);
  await ana.engine.retireDevice({ ws: ana.ws, device: phone.account.keyring.device.id });
  await laptop.until(`devices:${ana.ws}`, ({ retired }) => retired.length === 1);
  await laptop.engine.renameDevice({ ws: ana.ws, device: laptop.account.keyring.device.id, name: "New name" });
  await ana.until(`devices:${ana.ws}`, named("New name"));
  // One that comes later reads both generations.
  const tablet = await linked(world, ana, "Tablet");
  await tablet.until(`devices:${ana.ws}`, named("New name"));
  expect(tablet.account.keyring.generations).toEqual([1, 2]);
  expect(tablet.account.readMark(general.id)).toBe(mark);
  expect(tablet.account.notices).toEqual([]);
});

test("A4 a device that another one linked is loud until it is known, and silent where it was added", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const laptop = await linked(world, ana, "Laptop");
  const topic = `devices:${ana.ws}` as const;
  const strange = await linked(world, laptop, "Strange phone");
  const id = strange.account.keyring.device.id;
  const loud = await ana.until(topic, ({ devices }) => devices.some((one) => one.unconfirmed && one.name !== ""));
  const found = loud.devices.find((one) => one.unconfirmed);
  expect(found).toMatchObject({ id, name: "Strange phone", how: "linked", here: false });
  expect(found?.addedBy).toBe(laptop.account.keyring.device.id);
  expect(found?.fingerprint).toMatch(/^([0-9A-F]{4} ){7}[0-9A-F]{4}$/);
  const quiet = await laptop.until(topic, ({ devices }) => devices.length === 3);
  expect(quiet.devices.filter((one) => one.unconfirmed)).toEqual([]);
  // Saying so on the other device hushes nobody here: a thief could say it too.
  await strange.engine.confirmDevice({ ws: ana.ws, device: id });
  await ana.reload();
  await ana.until(topic, ({ devices }) => devices.some((one) => one.unconfirmed), "still loud");
  await ana.engine.confirmDevice({ ws: ana.ws, device: id });
  await ana.until(topic, ({ devices }) => devices.every((one) => !one.unconfirmed), "known");
  await ana.reload();
  const after = await ana.until(topic, ({ devices }) => devices.length === 3);
  expect(after.devices.filter((one) => one.unconfirmed)).toEqual([]);
  await expect(ana.engine.retireDevice({ ws: ana.ws, device: ana.account.keyring.device.id })).rejects.toMatchObject({
    code: "link/own-device",
  });
});

test("D1 codes that are wrong, foreign, used, expired or refused say which", async () => {
  let now = Date.now();
  await using world = await startWorld({ clock: { now: () => now } });
  const ana = await world.founder("Ana");
  const fresh = await world.actor("Fresh");
  const inspect = (code: string) => ana.engine.inspectLink({ ws: ana.ws, code });
  const code = await codeOf(fresh);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){5}[0-9A-HJKMNP-TV-Z]{4}$/);
  await expect(inspect(code.slice(0, -1))).rejects.toMatchObject({ code: "wire/bad-code" });
  await expect(inspect(code.replace(/.$/, "!"))).rejects.toMatchObject({ code: "wire/bad-code" });
  const typo = code.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  await expect(inspect(typo)).rejects.toMatchObject({ code: "may/no-mailbox" });
  const qr = (await fresh.until("link", ({ joining }) => joining !== null)).joining?.qr ?? "";
  await expect(inspect(qr.replace(world.origin, "https://elsewhere.example"))).rejects.toMatchObject({
    code: "link/other-server",
  });
  // Typed as people type: small letters, dashes, the letter O for a zero.
  await inspect(code.toLowerCase().replaceAll(" ", "-").replaceAll("0", "o"));
  await ana.engine.refuseLink({ ws: ana.ws });
  const refused = await fresh.until("link", ({ joining }) => joining?.phase === "failed");
  expect(refused.joining?.fault).toBe("link/refused");
  await expect(inspect(code)).rejects.toMatchObject({ code: "may/letter-exists" });

  const scanned = await codeOf(fresh);
  const view = await fresh.until("link", ({ joining }) => joining?.code === scanned);
  await link(ana, fresh, view.joining?.qr ?? "");
  await expect(inspect(scanned)).rejects.toMatchObject({ code: "may/letter-exists" });
  const twin = await world.actor("Twin");
  const late = await codeOf(twin);
  now += 10 * 60_000;
  await expect(inspect(late)).rejects.toMatchObject({ code: "may/no-mailbox" });
  const expired = await twin.until("link", ({ joining }) => joining?.phase === "failed");
  expect(expired.joining?.fault).toBe("link/expired");
  // A device that belongs to the account already is not added a second time.
  const again = await codeOf(fresh);
  await ana.engine.inspectLink({ ws: ana.ws, code: again });
  await ana.engine.approveLink({ ws: ana.ws });
  const here = await fresh.until("link", ({ joining }) => joining?.phase === "failed");
  expect(here.joining?.fault).toBe("link/already-here");
  await ana.until("link", ({ adding }) => adding?.fault === "link/refused");
  expect(activeDevices(ana.account.state, ana.account.me)).toHaveLength(2);
});

test("D1 a no on the new device ends it on both; a code that is given up leads nowhere", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const fresh = await world.actor("Fresh");
  await ana.engine.inspectLink({ ws: ana.ws, code: await codeOf(fresh) });
  await ana.engine.approveLink({ ws: ana.ws });
  const asked = await fresh.until("link", ({ joining }) => joining?.phase === "asked");
  expect(asked.joining?.account).toMatchObject({ ws: ana.ws, workspace: "Riverbend", person: "Ana" });
  await fresh.engine.cancelLink({});
  await ana.until("link", ({ adding }) => adding?.fault === "link/refused");
  expect(activeDevices(ana.account.state, ana.account.me)).toHaveLength(1);
  await expect(fresh.engine.confirmLink({})).rejects.toMatchObject({ code: "link/nothing-waits" });
  await expect(ana.engine.approveLink({ ws: ana.ws })).rejects.toMatchObject({ code: "link/nothing-waits" });
});

test("D1 D2 two devices link at once, retire the same one at once, and each other at once", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const general = await ana.channel("general");
  const laptop = await linked(world, ana, "Laptop");
  const [one, two] = [await world.actor("One"), await world.actor("Two")];
  const [first, second] = [await codeOf(one), await codeOf(two)];
  await Promise.all([link(ana, one, first), link(laptop, two, second)]);
  const all = [ana, laptop, one, two];
  for (const actor of all) await actor.until(`devices:${ana.ws}`, ({ devices }) => devices.length === 4);
  const lost = two.account.keyring.device.id;
  await Promise.all([ana, laptop, one].map((actor) => actor.engine.retireDevice({ ws: ana.ws, device: lost })));
  expect(currentPuk(ana.account.state, ana.account.me)?.gen).toBe(2);
  for (const actor of [ana, laptop, one]) {
    await actor.until(`devices:${ana.ws}`, ({ retired }) => retired.length === 1);
    await actor.say(general.id, `still here, ${actor.name}`);
  }
  for (const actor of [ana, laptop, one]) await actor.reads(general.id, "still here, One");
  // Each the other: the line of links has one first.
  const ids = [laptop, one].map((actor) => actor.account.keyring.device.id);
  const ends = await Promise.allSettled([
    laptop.engine.retireDevice({ ws: ana.ws, device: ids[1] ?? lost }),
    one.engine.retireDevice({ ws: ana.ws, device: ids[0] ?? lost }),
  ]);
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const loser = ends.find((end) => end.status === "rejected");
  expect(loser?.reason).toMatchObject({ code: "link/device-gone" });
  await ana.until(`devices:${ana.ws}`, ({ devices }) => devices.length === 2);
  expect(currentPuk(ana.account.state, ana.account.me)?.gen).toBe(3);
  const stays = ends[0]?.status === "fulfilled" ? laptop : one;
  await stays.say(general.id, "the last word");
  await ana.reads(general.id, "the last word");
  const before: ChannelId[] = ana.account.channels();
  expect(stays.account.channels()).toEqual(before);
});

test("D1 clocks that are days off on either side link all the same", async () => {
  await using world = await startWorld();
  const skewed = (ms: number) => {
    const timers = (run: () => void, wait: number) => {
      const timer = setTimeout(run, wait);
      return () => clearTimeout(timer);
    };
    return { now: () => Date.now() + ms, after: (wait: number, run: () => void) => timers(run, wait) };
  };
  const day = 86_400_000;
  const ana = await world.founder("Ana", { clock: skewed(-3 * day) });
  const general = await ana.channel("general");
  const phone = await linked(world, ana, "Phone", { clock: skewed(5 * day) });
  await phone.say(general.id, "from the future");
  await ana.reads(general.id, "from the future");
});
