// MS-07 to 10, 12 to 14, 37 and 40: the server replays, moves, reorders, drops and alters events; the engine names each.
import { expect, test } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import { craftEvent, message, nextPos, postRaw, realRow, rewrap, rowOf } from "@/tests/hostile/crafter.ts";
import { beliefs, openStage, type Player, refused, type Stage, warned } from "@/tests/hostile/stage.ts";
import type { Actor } from "@/tests/world.ts";

const SECRET = "meet at the mill";

/** The real rows of #general come as this makes them, and by no other way. */
function retell(stage: Stage, { actor, liar }: Player, tell: (rows: RowJson[]) => RowJson[]): void {
  const known = new Map<number, RowJson>();
  liar.frames = (frame) => ((frame as { t: string }).t === "event" ? [] : [frame]);
  liar.on("events.read", (page, { channel, after }) => {
    if (channel !== stage.general) return page;
    for (const row of page.rows as RowJson[]) known.set(row.pos, row);
    const held = actor.account.log.mark(stage.general).high;
    const rows = tell([...known.values()]).sort((a, b) => a.pos - b.pos);
    return { rows: rows.filter(({ pos }) => pos > (after ?? 0)), last: rows.at(-1)?.pos ?? held };
  });
}

async function texts(actor: Actor, stage: Stage): Promise<string[]> {
  const view = await actor.until(`timeline:${actor.ws}:${stage.general}`, () => true);
  return view.items.filter((item): item is MessageItem => item.t === "message").map((item) => item.text);
}

test("MS-07 a replayed message is shown once", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { id } = await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  const row = await realRow(ben, stage.general, id);
  const before = beliefs(ben, stage.general);
  liar.push({ t: "event", row: { ...row, pos: nextPos(ben, stage.general) } });
  await warned(ben, "event/duplicate");
  // Under another id it is not what its author signed; after a restart it is still known.
  liar.push({ t: "event", row: { ...row, id: mintId(randomBytes(16)), pos: nextPos(ben, stage.general) } });
  await refused(ben, stage.general, "event/wrong-place");
  await ben.reload();
  await ben.reads(stage.general, SECRET);
  liar.push({ t: "event", row: { ...row, pos: nextPos(ben, stage.general) + 5 } });
  liar.drop();
  await ben.online();
  expect((await texts(ben, stage)).filter((text) => text === SECRET)).toHaveLength(1);
  expect(beliefs(ben, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET);
});

test("MS-08 a message moved to another channel or workspace is refused there", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { channel } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "public",
    name: "mill",
    topic: "",
    history: "full",
    members: [],
  });
  await ben.channel("mill");
  const { id } = await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  const row = await realRow(ben, stage.general, id);
  liar.push({ t: "event", row: { ...row, channel, pos: nextPos(ben, channel) } });
  await refused(ben, channel, "event/wrong-place");
  // A member of both channels seals the signed inside again for the other one.
  const moved = await rewrap(ben, row, { channel });
  liar.push({ t: "event", row: rowOf(moved, nextPos(ben, channel)) });
  await refused(ben, channel, "proof/bad-signature");
  const elsewhere = await craftEvent(ana, channel, message("from next door"), {
    header: { ws: mintId(randomBytes(32)) },
  });
  liar.push({ t: "event", row: rowOf(elsewhere, nextPos(ben, channel)) });
  await ben.until(
    `timeline:${ben.ws}:${channel}`,
    ({ items }) => items.filter((item) => item.t === "refused").length === 3,
  );
  const ephemeral = await craftEvent(ana, channel, message("never stored"), { header: { class: "ephemeral" } });
  liar.push({ t: "event", row: rowOf(ephemeral, nextPos(ben, channel)) });
  const view = await ben.until(
    `timeline:${ben.ws}:${channel}`,
    ({ items }) => items.filter((item) => item.t === "refused").length === 4,
  );
  expect(view.items.some((item) => item.t === "message")).toBe(false);
  expect(await texts(ben, stage)).toEqual([SECRET]);
  stage.expectNoLeak(SECRET, "from next door");
});

test("MS-09 messages told in another order are marked, and the order is known to be wrong", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  await ana.say(stage.general, "zero");
  await ben.reads(stage.general, "zero");
  retell(stage, stage.player(1), (rows) => {
    const [first, second] = rows;
    if (first === undefined || second === undefined) return [];
    return [
      { ...second, pos: first.pos },
      { ...first, pos: second.pos },
    ];
  });
  await ana.say(stage.general, "one for the road");
  await ana.say(stage.general, "two for the show");
  liar.drop();
  const late = await ben.message(stage.general, (item) => item.text === "one for the road");
  expect(late.late).toBe(true);
  expect(await warned(ben, "event/hole")).toMatchObject({ severity: "alarm" });
  expect((await texts(ben, stage)).sort()).toEqual(["one for the road", "two for the show", "zero"]);
  stage.expectNoLeak("one for the road", "two for the show");
});

test("MS-10 a message dropped in the middle is missed: by its place, its number, and by whoever had read it", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: cleo } = stage.player(2);
  const without = (id: string, close: boolean) => (rows: RowJson[]) => {
    const at = rows.find((row) => row.id === id)?.pos ?? 0;
    const kept = rows.filter((row) => row.id !== id);
    return close && at > 0 ? kept.map((row) => (row.pos > at ? { ...row, pos: row.pos - 1 } : row)) : kept;
  };
  await ana.say(stage.general, "zero");
  for (const close of [false, true]) {
    const { actor: ben, liar } = stage.player(1);
    await ben.reads(stage.general, "zero");
    liar.frames = (frame) => ((frame as { t: string }).t === "event" ? [] : [frame]);
    const lost = await ana.say(stage.general, `lost ${close}`);
    await cleo.reads(stage.general, `lost ${close}`);
    await (close ? cleo : ana).say(stage.general, `after ${close}`);
    retell(stage, stage.player(1), without(lost.id, close));
    liar.drop();
    await ben.reads(stage.general, `after ${close}`);
    const notice = await warned(ben, "event/hole");
    expect(notice.severity).toBe("alarm");
    expect(notice.detail).toContain(stage.general);
    expect(await texts(ben, stage)).not.toContain(`lost ${close}`);
    expect(ben.account.notices.map(({ detail }) => detail)).toContain(
      `${stage.general} ${(close ? cleo : ana).account.me}`,
    );
  }
  // Emptied on the server as if it had been deleted, while no deletion says so.
  const end = nextPos(cleo, stage.general);
  retell(stage, stage.player(2), (rows) => rows.map((row) => (row.pos === end ? { ...row, ciphertext: "" } : row)));
  await ana.say(stage.general, "emptied by the server");
  stage.player(2).liar.drop();
  await refused(cleo, stage.general, "event/hole");
  stage.expectNoLeak("emptied by the server", "after true");
});

test("MS-11 a withheld tail shows by nothing, until somebody else's word names what is missing", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const [{ actor: ana }, { actor: ben, liar }, { actor: cleo }] = [0, 1, 2].map((i) => stage.player(i)) as [
    Player,
    Player,
    Player,
  ];
  await ana.say(stage.general, "zero");
  await ben.reads(stage.general, "zero");
  const { high } = ben.account.log.mark(stage.general);
  liar.frames = (frame) => ((frame as { t: string }).t === "event" ? [] : [frame]);
  liar.on("sync.state", (state) => ({
    ...state,
    channels: state.channels.map((one) => (one.channel === stage.general ? { ...one, last: high } : one)),
  }));
  const tail = await ana.say(stage.general, "the tail");
  await cleo.reads(stage.general, "the tail");
  const asked = liar.count("sync.state");
  liar.drop();
  await expect.poll(() => liar.count("sync.state"), { timeout: 15_000 }).toBeGreaterThan(asked);
  await ben.online();
  // The limit that is stated: nothing here could know better.
  expect(await texts(ben, stage)).toEqual(["zero"]);
  expect(ben.account.notices).toEqual([]);
  await cleo.say(stage.general, "after the tail");
  liar.on("sync.state", (state) => state);
  retell(stage, stage.player(1), (rows) =>
    rows.filter(({ id }) => id !== tail.id).map((row) => (row.pos > high ? { ...row, pos: high + 1 } : row)),
  );
  liar.drop();
  await ben.reads(stage.general, "after the tail");
  expect(await warned(ben, "event/hole")).toMatchObject({ severity: "alarm" });
  expect(await texts(ben, stage)).not.toContain("the tail");
});

test("MS-12 one number, two contents: the second is refused, and two readers find out", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { actor: cleo, liar: other } = stage.player(2);
  const session = mintId<"session">(randomBytes(16));
  const yes = await craftEvent(ana, stage.general, message("yes, by all means"), { header: { session, seq: 0 } });
  const no = await craftEvent(ana, stage.general, message("no, not ever"), { header: { session, seq: 0 } });
  liar.push({ t: "event", row: rowOf(yes, nextPos(ben, stage.general)) });
  await ben.reads(stage.general, "yes, by all means");
  liar.push({ t: "event", row: rowOf(no, nextPos(ben, stage.general)) });
  await refused(ben, stage.general, "event/equivocation");
  expect(await warned(ben, "event/equivocation")).toMatchObject({ severity: "alarm" });
  expect(await texts(ben, stage)).toEqual(["yes, by all means"]);
  await ben.reload();
  expect(await warned(ben, "event/equivocation")).toMatchObject({ severity: "alarm" });
  // The same id, too: each of two readers is shown another content, until one of them answers.
  const same = { session, seq: 1, id: yes.fields.id };
  const left = await craftEvent(ana, stage.general, message("left"), {
    header: { ...same, id: mintId(randomBytes(16)) },
  });
  const right = await craftEvent(ana, stage.general, message("right"), { header: { ...same, id: left.fields.id } });
  const pos = nextPos(cleo, stage.general);
  other.push({ t: "event", row: rowOf(left, pos) });
  await cleo.reads(stage.general, "left");
  const answer = await craftEvent(ben, stage.general, message("right it is"), {
    prevs: [{ id: right.fields.id, epoch: right.fields.epoch, hash: right.hash }],
  });
  other.push({ t: "event", row: rowOf(answer, pos + 1) });
  expect(await warned(cleo, "event/equivocation")).toMatchObject({ severity: "alarm" });
  await cleo.reads(stage.general, "right it is");
  expect(await texts(cleo, stage)).toEqual(["left", "right it is"]);
  stage.expectNoLeak("yes, by all means", "right it is");
});

test("MS-13 a message is its author's alone, whatever fields are swapped", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const { id } = await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  const row = await realRow(ben, stage.general, id);
  const before = beliefs(ben, stage.general);
  const me = cleo.account.keyring;
  const fresh = () => ({ id: mintId<"event">(randomBytes(16)) });
  const device = { ...row, device: me.device.id, ...fresh() };
  const takenOver = await rewrap(cleo, row, { user: me.user, device: me.device.id, ...fresh() });
  const inHerName = await craftEvent(cleo, stage.general, message("I, Ana, say so"), {
    header: { user: ana.account.me },
  });
  const onHerDevice = await craftEvent(cleo, stage.general, message("I, Ana, say so"), {
    header: { user: ana.account.me, device: ana.account.keyring.device.id },
  });
  const codes: string[] = [];
  for (const bad of [device, ...[takenOver, inHerName, onHerDevice].map((event) => rowOf(event, 0))]) {
    const pos = nextPos(ben, stage.general);
    liar.push({ t: "event", row: { ...bad, pos } });
    const view = await ben.until(`timeline:${ben.ws}:${stage.general}`, ({ items }) =>
      items.some((item) => item.t === "refused" && item.pos === pos),
    );
    codes.push(...view.items.flatMap((item) => (item.t === "refused" && item.pos === pos ? [item.code] : [])));
  }
  expect(codes).toEqual(["event/wrong-place", "proof/bad-signature", "proof/not-active", "proof/bad-signature"]);
  expect(beliefs(ben, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET, "I, Ana, say so");
});

test("MS-14 every single byte of an event flipped: refused, and the true one still opens", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  retell(stage, stage.player(1), () => []);
  const { id } = await ana.say(stage.general, SECRET);
  const row = await realRow(ana, stage.general, id);
  const rows: RowJson[] = [];
  let pos = row.pos;
  for (const field of ["header", "nonce", "ciphertext"] as const) {
    const bytes = fromJson(row[field]);
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
      rows.push({ ...row, [field]: toJson(altered), pos });
      pos += 1;
    }
  }
  expect(rows.length).toBeGreaterThan(700);
  rows.push({ ...row, pos });
  liar.forge("events.read", ({ channel, after, limit }) => {
    const from = channel === stage.general ? rows.filter((one) => one.pos > (after ?? 0)) : [];
    return { rows: from.slice(0, limit), last: pos };
  });
  liar.drop();
  await ben.until(`timeline:${ben.ws}:${stage.general}`, ({ items }) =>
    items.some((item) => item.t === "message" && item.text === SECRET),
  );
  const opened = ben.account.log.records(stage.general).filter((record) => record.status !== "refused");
  expect(opened.map((record) => record.pos)).toEqual([pos]);
  const all = await ben.account.log.since(stage.general, 0);
  expect(all).toHaveLength(rows.length);
  expect(all.filter((record) => record.status === "refused" && record.code !== null)).toHaveLength(rows.length - 1);
  stage.expectNoLeak(SECRET);
});

test("MS-37 a live event for an unknown channel is told and dropped", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const before = beliefs(ben, stage.general);
  const channel = mintId<"channel">(randomBytes(16));
  const event = await craftEvent(ana, stage.general, message(SECRET));
  const reads = liar.count("events.read");
  liar.push({ t: "event", row: rowOf(event, 1, { channel }) });
  expect(await warned(ben, "event/wrong-place")).toMatchObject({ detail: channel });
  expect(beliefs(ben, stage.general)).toEqual(before);
  expect(await ben.account.log.since(channel, 0)).toEqual([]);
  expect(liar.count("events.read")).toBe(reads);
  stage.expectNoLeak(SECRET);
});

test("MS-40 another's ciphertext under my id takes nothing from me", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { id: foreign } = await ana.say(stage.general, "Ana wrote this");
  await ben.reads(stage.general, "Ana wrote this");
  const row = await realRow(ana, stage.general, foreign);
  // Claimed to exist already: it goes out again under another id, and is there once.
  liar.forge("events.append", ({ events }) => {
    liar.honest();
    liar.forge("events.row", () => ({ table: "events", columns: { device: row.device, pos: 1 } }));
    const header = JSON.stringify(events).length > 0 ? ben.account.outbox.entries(stage.general)[0] : undefined;
    return { accepted: [], refused: { id: header?.id, code: "event/exists" } };
  });
  await ben.engine.sendMessage({ ws: ben.ws, channel: stage.general, text: "once more", files: [] });
  await ana.reads(stage.general, "once more");
  await ben.message(stage.general, (item) => item.text === "once more" && item.receivedAt !== null);
  // It comes before the true row, and takes its place.
  retell(stage, stage.player(1), (rows) =>
    rows.flatMap((one) => {
      if (one.device !== ben.account.keyring.device.id) return [one];
      const { header, nonce, ciphertext } = row;
      return [
        { ...one, header, nonce, ciphertext },
        { ...one, pos: one.pos + 1 },
      ];
    }),
  );
  await ben.engine.sendMessage({ ws: ben.ws, channel: stage.general, text: SECRET, files: [] });
  const mine = await ben.message(stage.general, (item) => item.text === SECRET && item.receivedAt !== null);
  expect(mine).toMatchObject({ author: ben.account.me, state: "delivered" });
  await refused(ben, stage.general, "event/wrong-place");
  expect((await texts(ana, stage)).filter((text) => text === "once more")).toHaveLength(1);
  expect((await texts(ben, stage)).sort()).toEqual(["Ana wrote this", SECRET, "once more"].sort());
  stage.expectNoLeak(SECRET, "once more");
});

test("MS-34 nobody changes or deletes what another wrote, and each try shows", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const { id } = await ana.say(stage.general, SECRET);
  const own = await ben.say(stage.general, "mine");
  await cleo.reads(stage.general, "mine");
  const hash = cleo.account.log.find(stage.general, id)?.hash ?? new Uint8Array(32);
  const ownHash = cleo.account.log.find(stage.general, own.id)?.hash ?? new Uint8Array(32);
  const wrong = randomBytes(32);
  const tries: Content[] = [
    { k: "edit", target: { id, hash }, rev: 9, text: "meet elsewhere", mentions: [] },
    { k: "delete", target: { id, hash } },
    { k: "edit", target: { id: own.id, hash: wrong }, rev: 9, text: "not what I wrote", mentions: [] },
    { k: "delete", target: { id: own.id, hash: wrong } },
    { k: "edit", target: { id: mintId<"event">(wrong.subarray(0, 16)), hash }, rev: 9, text: "nowhere", mentions: [] },
    { k: "unsent", of: id, index: 0 },
  ];
  for (const content of tries) await postRaw(ben, stage.general, await craftEvent(ben, stage.general, content));
  const view = await cleo.until(
    `timeline:${cleo.ws}:${stage.general}`,
    ({ items }) => items.filter((item) => item.t === "refused").length === tries.length,
  );
  const codes = view.items.flatMap((item) => (item.t === "refused" ? [item.code] : []));
  expect(codes).toEqual([
    "event/wrong-author",
    "event/wrong-author",
    "event/unknown-target",
    "event/unknown-target",
    "event/unknown-target",
    "event/wrong-author",
  ]);
  expect(await texts(cleo, stage)).toEqual([SECRET, "mine"]);
  await expect(
    ben.account.session.call("events.purge", { channel: stage.general, ids: [id], blobs: [] }),
  ).rejects.toMatchObject({ code: "event/wrong-author" });
  expect(ownHash).toHaveLength(32);
  stage.expectNoLeak(SECRET, "meet elsewhere");
});
