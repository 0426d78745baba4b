// MS-49: a server that claims to be restored, or shows an old head, gets nothing but what it had, and moves nobody's head.
import { expect, test } from "vitest";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import { Branch, realRow } from "@/tests/hostile/crafter.ts";
import { beliefs, openStage, type Player, refused, stopped, warned } from "@/tests/hostile/stage.ts";

const SECRET = "the harvest figures";
const CLAIM = { id: toJson(new Uint8Array(16).fill(7)), at: 1, n: 1, open: true, given: 0, devices: 2 };

test("MS-49 an old head and a false claim of a restore: nothing in clear, no head moved, an alarm that stays", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  const before = beliefs(ben, stage.general);
  const { n, head } = ben.account.state;
  const entries = new Branch(ben).entries;
  const sent = liar.sent.length;
  liar.on("sync.state", (state) => ({ ...state, restored: CLAIM, channels: [] }));
  liar.on("restore.links", () => ({
    head: { n: n - 1, hash: toJson(ben.account.state.heads[n - 2] ?? head) },
    restored: CLAIM,
  }));
  liar.tellLedger(entries.slice(0, n - 1));
  expect(await warned(ben, "proof/rollback")).toMatchObject({ severity: "alarm" });
  expect({ n: ben.account.state.n, head: ben.account.state.head }).toEqual({ n, head });
  expect(beliefs(ben, stage.general)).toEqual(before);
  // What went out is what the server had from the start: links that all members see.
  const given = liar.sent.slice(sent).filter(({ procedure }) => procedure === "restore.links");
  expect(given.length).toBeGreaterThan(0);
  expect(liar.sent.slice(sent).some(({ procedure }) => procedure === "ledger.append")).toBe(false);
  stage.expectNoLeak(SECRET);
  await ben.reload();
  await ben.until(`workspace:${ben.ws}`, (view) => view.stopped !== null, "the stop after a restart");
  expect(ben.account.state.n).toBe(n);
});

test("MS-49 a server that claims to be restored with another link at a known place is a fork", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { n, head } = ben.account.state;
  liar.on("sync.state", (state) => ({ ...state, restored: CLAIM }));
  liar.tellLedger(new Branch(ana, n - 1).bare().entries);
  await stopped(ben, "proof/fork");
  expect({ n: ben.account.state.n, head: ben.account.state.head }).toEqual({ n, head });
  liar.tellLedger(new Branch(ana, n - 2).bare().entries);
  await stopped(ben, "proof/fork");
  expect(liar.sent.some(({ procedure }) => procedure === "restore.links")).toBe(false);
});

test("MS-49 rows given back by a server under a restore are judged like any others", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  const before = beliefs(ben, stage.general);
  // Shown again beyond a restore, with a flipped byte, and under another author.
  liar.on("events.read", (page) => ({
    ...page,
    last: 2_000_000_001,
    rows: page.rows.map((row) => ({ ...(row as object), pos: 1_000_000_001 })),
  }));
  liar.on("sync.state", (state) => ({
    ...state,
    restored: { ...CLAIM, open: false },
    channels: state.channels.map((one) => ({ ...one, last: 2_000_000_001 })),
  }));
  liar.drop();
  await ben.online();
  expect(beliefs(ben, stage.general)).toEqual(before);
  const view = await ben.until(`timeline:${ben.ws}:${stage.general}`, () => true);
  expect(view.items.filter((item) => item.t === "message" && item.text === SECRET)).toHaveLength(1);
  stage.expectNoLeak(SECRET);
});

test("MS-49 a server that fell back and denies it: nothing held is given up, and what it leaves out is named", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const [{ actor: ana }, { actor: ben, liar }, { actor: cleo }] = [0, 1, 2].map((i) => stage.player(i)) as [
    Player,
    Player,
    Player,
  ];
  await ana.say(stage.general, "before the copy");
  for (const actor of [ben, cleo]) await actor.reads(stage.general, "before the copy");
  const copy = await stage.world.copy();
  await ana.say(stage.general, SECRET);
  for (const actor of [ben, cleo]) await actor.reads(stage.general, SECRET);
  const { n, head } = ben.account.state;
  await ana.stop();
  for (const { liar: one } of stage.players) {
    one.on("sync.state", (state) => ({
      ...state,
      lacking: [],
      channels: state.channels.map((end) => ({ ...end, last: Math.max(2, end.last) })),
    }));
  }
  await stage.world.putBack(copy);
  for (const { actor } of [stage.player(1), stage.player(2)]) await actor.online();
  // The first of them takes the place of what was lost; the second names the first.
  for (const text of ["in its place", "and after it"]) await cleo.say(stage.general, text);
  expect(await warned(ben, "event/hole")).toMatchObject({ severity: "alarm" });
  await ben.reads(stage.general, SECRET);
  expect({ n: ben.account.state.n, head: ben.account.state.head }).toEqual({ n, head });
  stage.expectNoLeak(SECRET);
  // Once it says the truth, all of it comes back.
  for (const { liar: one } of stage.players) one.honest();
  liar.drop();
  await ben.reads(stage.general, "in its place");
  await ben.reads(stage.general, SECRET);
});

test("MS-49 false bytes given back under another's id: who holds the true ones keeps them and is told, others refuse them", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo, liar } = stage.player(2);
  const copy = await stage.world.copy();
  for (const actor of [ana, ben, cleo]) await actor.online();
  await ana.say(stage.general, SECRET);
  for (const actor of [ben, cleo]) await actor.reads(stage.general, SECRET);
  // Hers has come back to her: from then on she holds the true bytes as the others do.
  await ana.message(stage.general, ({ text, receivedAt }) => text === SECRET && receivedAt !== null);
  for (const actor of [ana, ben]) await actor.stop();
  // Cleo gives nothing back but this.
  liar.on("restore.missing", (answer) => ({ ...answer, missing: [] }));
  await stage.world.putBack(copy);
  await cleo.until(`workspace:${cleo.ws}`, ({ connection }) => connection === "online", "the old copy");
  await expect.poll(() => liar.count("restore.done")).toBe(1);
  const held = await cleo.account.log.held(stage.general, Number.MAX_SAFE_INTEGER, 1);
  const { sealed, pos, receivedAt, id } = held[0] as EventRecord;
  const { header, nonce, ciphertext } = sealed as NonNullable<EventRecord["sealed"]>;
  const c = toJson(ciphertext.map((byte, i) => (i === 40 ? byte ^ 1 : byte)));
  const row = { pos, receivedAt, h: toJson(header), n: toJson(nonce) };
  const offer = (rows: object) => cleo.account.session.call("restore.rows", rows as never);
  expect(await offer({ channel: stage.general, rows: [{ ...row, c }] })).toEqual({ stored: 1 });
  await ben.reload();
  expect(await warned(ben, "event/equivocation")).toMatchObject({ severity: "alarm" });
  await ben.reads(stage.general, SECRET);
  await ana.reload();
  await warned(ana, "event/equivocation");
  const dora = await stage.world.invited(ana, "Dora");
  expect(await refused(dora, stage.general, "crypto/cannot-open")).toMatchObject({ id });
  stage.expectNoLeak(SECRET);
});

test("MS-49 false bytes under the id of what was acknowledged and had not come back: told, and kept to be sent again", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  liar.frames = (frame) => ((frame as { t: string }).t === "event" ? [] : [frame]);
  liar.on("events.read", (page, { channel }) => (channel === stage.general ? { ...page, rows: [] } : page));
  const { id } = await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  const row = await realRow(ben, stage.general, id);
  const altered = {
    ...row,
    ciphertext: toJson(fromJson(row.ciphertext).map((byte, i) => (i === 40 ? byte ^ 1 : byte))),
  };
  liar.on("events.row", (answer, input) =>
    input.id === id ? { ...answer, columns: { ...answer.columns, ciphertext: altered.ciphertext } } : answer,
  );
  liar.on("events.read", (page, { channel }) =>
    channel === stage.general
      ? { ...page, rows: page.rows.map((one) => ((one as RowJson).id === id ? altered : one)) }
      : page,
  );
  liar.drop();
  expect(await warned(ana, "event/equivocation")).toMatchObject({ severity: "alarm" });
  const kept = await ana.message(stage.general, ({ text, state }) => text === SECRET && state === "failed");
  expect(kept).toMatchObject({ fault: "crypto/cannot-open" });
  expect(kept.id).not.toBe(id);
  await ana.reload();
  await ana.message(stage.general, ({ text, state }) => text === SECRET && state === "failed");
  // Once the server is honest, it goes out when she says so.
  liar.honest();
  liar.drop();
  await ana.engine.retryMessage({ ws: ana.ws, channel: stage.general, id: kept.id });
  await ben.message(stage.general, (item) => item.id === kept.id && item.text === SECRET);
  stage.expectNoLeak(SECRET);
});
