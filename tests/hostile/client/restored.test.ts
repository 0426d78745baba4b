// MS-49: a server that claims to be restored, or shows an old head, gets nothing but what it had, and moves nobody's head.
import { expect, test } from "vitest";
import { toJson } from "@/lib/protocol/fields.ts";
import { Branch } from "@/tests/hostile/crafter.ts";
import { beliefs, openStage, stopped, warned } from "@/tests/hostile/stage.ts";

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
