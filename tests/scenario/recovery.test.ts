// Getting back in by the recovery code: the exact readable set, and nothing for who is out (D2 to D5, A5, invariant 14).
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { TimelineItem } from "@/lib/client/api.ts";
import { drillPlaces } from "@/lib/client/recovery/drill.ts";
import { mintRecoveryCode, wordsOf } from "@/lib/crypto/recovery.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { manualClock } from "@/lib/platform/memory/clock.ts";
import { activeDevices, currentPuk, needsRotation } from "@/lib/proof/queries.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

const FILE = new TextEncoder().encode("what the file says");

async function wordsFor(actor: Actor): Promise<readonly string[]> {
  const words = (await actor.engine.recoveryWords({ ws: actor.ws })) ?? [];
  const answers = [0, 7, 23].map((index) => ({ index, word: words[index] ?? "" }));
  expect(await actor.engine.confirmRecovery({ ws: actor.ws, answers })).toBe(true);
  return words;
}

/** Every message that a person reads, by channel, oldest first. */
async function readable(actor: Actor, channels: readonly ChannelId[]): Promise<string[][]> {
  const texts: string[][] = [];
  for (const channel of channels) {
    const said = (item: TimelineItem) => item.t === "message";
    const view = await actor.until(`timeline:${actor.ws}:${channel}`, ({ items }) => items.some(said));
    texts.push(view.items.flatMap((item) => (item.t === "message" && !item.deleted ? [item.text] : [])));
  }
  return texts;
}

type Place = {
  world: World;
  ana: Actor;
  ben: Actor;
  words: readonly string[];
  all: readonly ChannelId[];
  file: string;
};

/** Two people with a public channel, both kinds of private ones, a direct message, a file and a read marker. */
async function furnished(options: Parameters<World["actor"]>[1] = {}): Promise<Place> {
  const world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben", options);
  const words = await wordsFor(ben);
  const { id: general } = await ana.channel("general");
  await ana.say(general, "public, from the start");
  const make = async (name: string, history: "full" | "since-join") => {
    const input = { ws: ana.ws, kind: "private", name, topic: "", history, members: [] } as const;
    const { channel } = await ana.engine.createChannel(input);
    await ana.say(channel, `${name} before Ben`);
    await ana.engine.addMember({ ws: ana.ws, channel, user: ben.account.me });
    await ana.say(channel, `${name} with Ben`);
    await ben.reads(channel, `${name} with Ben`);
    return channel;
  };
  const full = await make("whole", "full");
  const since = await make("later", "since-join");
  const { channel: dm } = await ben.engine.startDm({ ws: ben.ws, users: [ana.account.me] });
  await ben.say(dm, "only for us two");
  const source = { name: "note.txt", type: "text/plain", source: FILE, width: null, height: null, thumbnail: null };
  await ben.engine.sendMessage({ ws: ben.ws, channel: dm, text: "with a file", files: [source] });
  const sent = await ben.message(dm, ({ files }) => files.some(({ state }) => state === "ready"));
  await ben.reads(general, "public, from the start");
  await ben.engine.markRead({ ws: ben.ws, channel: general });
  await ben.online();
  return { world, ana, ben, words, all: [general, full, since, dm], file: sent.files[0]?.id ?? "" };
}

/** The same person on an empty profile. */
async function recovered(place: Place, signOutOthers: boolean): Promise<Actor> {
  const again = await place.world.actor("Ben again");
  const words = place.words.join(" ");
  const { ws } = await again.engine.recoverAccount({ words, ws: null, signOutOthers });
  again.ws = ws;
  await again.online();
  return again;
}

test("D2 I14 the code restores exactly the readable set on an empty profile, old and new", async () => {
  const place = await furnished();
  await using _ = place.world;
  const { ana, ben, all, file } = place;
  const before = await readable(ben, all);
  expect(before[1]).toEqual(["whole before Ben", "whole with Ben"]);
  expect(before[2]).toEqual(["later with Ben"]);
  await ben.stop();
  const again = await recovered(place, false);
  expect(again.account.me).toBe(ben.account.me);
  for (const [i, channel] of all.entries()) await again.reads(channel, before[i]?.at(-1) ?? "");
  expect(await readable(again, all)).toEqual(before);
  const [general, , , dm] = all as [ChannelId, ChannelId, ChannelId, ChannelId];
  const { data } = await again.engine.downloadFile({ ws: again.ws, channel: dm, id: file as EventId });
  expect(new Uint8Array(await new Response(data as BodyInit).arrayBuffer())).toEqual(FILE);
  expect(again.account.readMark(general)).toBe(ben.account.readMark(general));
  for (const [i, channel] of all.entries()) {
    await ana.say(channel, `after ${i}`);
    await again.reads(channel, `after ${i}`);
    await again.say(channel, `and back ${i}`);
    await ana.reads(channel, `and back ${i}`);
  }
  // Nothing was left to the next writer: the reset rotated every scope in its own batch (E10).
  const { state } = again.account;
  expect([...state.scopes.keys()].filter((scope) => needsRotation(state, scope))).toEqual([]);
  // Both devices are in, and the one that was away reads on when it comes back.
  expect(activeDevices(state, ben.account.me)).toHaveLength(2);
  await ben.reload();
  for (const [i, channel] of all.entries()) await ben.reads(channel, `and back ${i}`);
  // The words that were typed serve the reminder on this device, too.
  expect(again.account.keyring.confirmed).toBe(true);
  await again.engine.signOut({ ws: again.ws });
  await again.until("session", ({ phase }) => phase === "signed-out");
}, 60_000);

test("D2 a reset from a device in hand puts the others out and lists what was done meanwhile", async () => {
  const place = await furnished();
  await using _ = place.world;
  const { ana, ben, words, all } = place;
  const thief = await recovered(place, false);
  await thief.engine.createInvite({ ws: thief.ws, label: "", maxUses: 3, hours: 1 }).catch(() => undefined);
  await thief.engine.createChannel({
    ws: thief.ws,
    kind: "public",
    name: "decoy",
    topic: "",
    history: "full",
    members: [],
  });
  await ben.channel("decoy");
  const stolen = thief.account.keyring.device.id;
  await ben.engine.recoverAccount({ words: words.join(" "), ws: ben.ws, signOutOthers: true });
  const { state } = ben.account;
  expect(activeDevices(state, ben.account.me).map(({ id }) => id)).toEqual([ben.account.keyring.device.id]);
  const view = await ben.until(`recovery:${ben.ws}`, ({ reset }) => reset?.signedOut.includes(stolen) === true);
  expect(view.reset?.deeds.find(({ type }) => type === "channel_create")?.device).toBe(stolen);
  await ben.say(all[0] as ChannelId, "mine again");
  await ana.reads(all[0] as ChannelId, "mine again");
  await expect(thief.account.session.call("sync.state", {})).rejects.toMatchObject({ code: /^may\// });
}, 60_000);

test("D4 a new code replaces the old one, which opens nothing any more", async () => {
  const place = await furnished();
  await using _ = place.world;
  const { ben, words, world } = place;
  const old = words.join(" ");
  const foreign = wordsOf(mintRecoveryCode()).join(" ");
  await expect(ben.engine.changeRecoveryCode({ ws: ben.ws, words: foreign })).rejects.toMatchObject({
    code: "recovery/not-in-force",
  });
  await ben.engine.changeRecoveryCode({ ws: ben.ws, words: old });
  const fresh = await wordsFor(ben);
  expect(fresh).not.toEqual(words);
  const visitor = await world.actor("Visitor");
  await expect(visitor.engine.inspectRecovery({ words: old })).rejects.toMatchObject({ code: "recovery/no-account" });
  await expect(ben.engine.changeRecoveryCode({ ws: ben.ws, words: old })).rejects.toMatchObject({
    code: "recovery/not-in-force",
  });
  const [preview] = await visitor.engine.inspectRecovery({ words: fresh.join(" ") });
  expect(preview).toMatchObject({ ws: ben.ws, user: ben.account.me });
  // D5: the age of what the server shows, for a person to see.
  expect(preview?.ledgerAt).toBe(ben.account.book.timeOf(ben.account.state.n));
  const again = await recovered({ ...place, words: fresh }, true);
  expect(currentPuk(again.account.state, again.account.me)?.gen).toBe(2);
  expect(await readable(again, place.all)).toEqual(await readable(ben, place.all));
}, 60_000);

test("D3 words that are not in the list are named, then the checksum, then what the server can't tell apart", async () => {
  const place = await furnished();
  await using _ = place.world;
  const { ana, ben, words, world } = place;
  const visitor = await world.actor("Visitor");
  const typed = (change: (words: string[]) => void) => {
    const copy = [...words];
    change(copy);
    return visitor.engine.inspectRecovery({ words: copy.join(" ") });
  };
  await expect(typed((copy) => copy.splice(4, 1, "anchr"))).rejects.toMatchObject({
    code: "crypto/bad-words",
    detail: "5",
  });
  await expect(typed((copy) => copy.pop())).rejects.toMatchObject({ code: "crypto/bad-words" });
  const other = words.find((word) => word !== words[0]) ?? "";
  await expect(
    typed((copy) => copy.splice(0, 2, other, copy[0] === other ? "zoo" : (copy[0] ?? ""))),
  ).rejects.toMatchObject({ code: /crypto\/bad-checksum|recovery\/no-account/ });
  const foreign = wordsOf(mintRecoveryCode()).join(" ");
  await expect(visitor.engine.inspectRecovery({ words: foreign })).rejects.toMatchObject({
    code: "recovery/no-account",
  });
  // Case and spacing do not matter.
  expect(await visitor.engine.inspectRecovery({ words: ` ${words.join("\n ").toUpperCase()} ` })).toHaveLength(1);
  // Who was removed is told the same: the server answers alike.
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: ben.account.me });
  await expect(visitor.engine.inspectRecovery({ words: words.join(" ") })).rejects.toMatchObject({
    code: "recovery/no-account",
  });
  expect((await visitor.profile.storage.scan("ledger", { limit: 1 })).length).toBe(0);
}, 60_000);

test("A5 a profile whose keys are gone says so, stays as it is until the code has worked, and is whole again", async () => {
  const place = await furnished();
  await using _ = place.world;
  const { ben, words, all } = place;
  const before = await readable(ben, all);
  await ben.stop();
  const rows = (await ben.profile.storage.scan("event", { limit: 1000 })).length;
  ben.profile.keystore.lose();
  await ben.reload();
  await ben.until("session", ({ phase }) => phase === "keys-gone");
  const foreign = wordsOf(mintRecoveryCode()).join(" ");
  await expect(ben.engine.recoverAccount({ words: foreign, ws: null, signOutOthers: true })).rejects.toMatchObject({
    code: "recovery/no-account",
  });
  expect((await ben.profile.storage.scan("event", { limit: 1000 })).length).toBeGreaterThanOrEqual(rows);
  await ben.until("session", ({ phase }) => phase === "keys-gone");
  await ben.engine.recoverAccount({ words: words.join(" "), ws: null, signOutOthers: true });
  await ben.until("session", ({ phase }) => phase === "ready");
  await ben.online();
  for (const [i, channel] of all.entries()) await ben.reads(channel, before[i]?.at(-1) ?? "");
  expect(await readable(ben, all)).toEqual(before);
  await ben.reload();
  await ben.online();
  expect(await readable(ben, all)).toEqual(before);
  await expect(ben.engine.forgetProfile({})).rejects.toMatchObject({ code: "app/no-way-back" });
}, 60_000);

test("D2 a device that was put out gets back in by the code, with what it had not sent", async () => {
  const place = await furnished();
  await using _ = place.world;
  const { ana, ben, words, all } = place;
  const [general] = all as [ChannelId];
  await ben.stop();
  const again = await recovered(place, true);
  await ben.reload();
  await ben.engine.sendMessage({ ws: ben.ws, channel: general, text: "written while out", files: [] });
  await ben.account.book.sync().catch(() => undefined);
  await ben.engine.recoverAccount({ words: words.join(" "), ws: null, signOutOthers: false });
  await ben.online();
  await ana.reads(general, "written while out");
  await again.reads(general, "written while out");
  expect(activeDevices(ben.account.state, ben.account.me)).toHaveLength(2);
}, 60_000);

test("D3 the reminder asks three words a week after they were confirmed, and holds nobody up", async () => {
  let shift = 0;
  const wall = wallClock();
  const clock = { ...manualClock(), now: () => wall.now() + shift, after: wall.after.bind(wall) };
  await using world = await startWorld();
  const ana = await world.founder("Ana", { clock });
  const words = await wordsFor(ana);
  const places = () => drillPlaces(ana.account);
  expect(places()).toBeNull();
  shift = 8 * 86_400_000;
  const asked = places() ?? [];
  expect(asked).toHaveLength(3);
  expect(places()).toEqual(asked);
  const answer = (change: (word: string, i: number) => string) =>
    ana.engine.answerDrill({
      ws: ana.ws,
      answers: asked.map((index, i) => ({ index, word: change(words[index] ?? "", i) })),
    });
  expect(await answer((word, i) => (i === 1 ? "anchr" : word))).toEqual({
    right: false,
    wrong: [asked[1]],
    foreign: [asked[1]],
  });
  expect(places()).toEqual(asked);
  await ana.engine.skipDrill({ ws: ana.ws });
  expect(places()).toBeNull();
  shift += 8 * 86_400_000;
  expect(places()).not.toBeNull();
  const now = places() ?? [];
  const right = now.map((index) => ({ index, word: ` ${words[index]?.toUpperCase()}` }));
  expect(await ana.engine.answerDrill({ ws: ana.ws, answers: right })).toMatchObject({ right: true });
  shift += 60 * 86_400_000;
  expect(places()).toBeNull();
}, 60_000);
