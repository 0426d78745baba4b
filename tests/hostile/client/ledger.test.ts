// MS-01 to 06 and 41: the server forges, drops, reorders, rolls back and forks the ledger; the engine believes signatures alone.
import { expect, test } from "vitest";
import { type ChannelId, mintId } from "@/lib/base/ids.ts";
import { mintDevice, mintIdentity, signCard, signPop } from "@/lib/crypto/identity.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { recipients } from "@/lib/proof/queries.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import type { ChainId } from "@/lib/protocol/link.ts";
import { Branch, craftEvent, handOf, message, nextPos, rowOf } from "@/tests/hostile/crafter.ts";
import { headOf, Liar, toEntryJson } from "@/tests/hostile/liar.ts";
import { beliefs, openStage, refused, settled, stopped, warned } from "@/tests/hostile/stage.ts";

const SECRET = "the harvest figures";

test("MS-01 a ghost device on a member gets no key and no word", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const before = beliefs(ana, stage.general);
  const ghost = mintDevice();
  const pop = signPop(ana.ws, ben.account.me, ghost);
  const branch = new Branch(ana).add(
    { ...handOf(ben), key: ghost.secrets.sign },
    { kind: "U", type: "device_add", body: { device: ghost.public, pop } },
  );
  liar.tellLedger(branch.entries);
  expect(await warned(ana, "proof/bad-signature")).toMatchObject({ severity: "alarm" });
  expect(beliefs(ana, stage.general)).toEqual(before);
  // What the ghost writes is refused, too.
  const hand = { user: ben.account.me, device: ghost.id, key: ghost.secrets.sign };
  const event = await craftEvent(ben, stage.general, message("from the ghost"), { hand });
  liar.push({ t: "event", row: rowOf(event, nextPos(ana, stage.general)) });
  await refused(ana, stage.general, "proof/not-active");
  liar.honest();
  const scope = ana.account.workspaceScope;
  expect(recipients(ana.account.state, scope).map(({ id }) => id)).toEqual(
    recipients(ben.account.state, scope).map(({ id }) => id),
  );
  stage.expectNoLeak("from the ghost");
});

test("MS-02 a device that one member adds to another is none", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const before = beliefs(ben, stage.general);
  const device = mintDevice();
  const pop = signPop(ben.ws, ben.account.me, device);
  const act = { kind: "U", type: "device_add", body: { device: device.public, pop } } as const;
  const inHisChain = new Branch(ben).add(handOf(ana), act, { chain: ben.account.me });
  liar.tellLedger(inHisChain.entries);
  expect(await warned(ben, "proof/no-right")).toMatchObject({ severity: "alarm" });
  const inHisName = new Branch(ben).add({ ...handOf(ana), user: ben.account.me }, act);
  liar.tellLedger(inHisName.entries);
  expect(await warned(ben, "proof/not-active")).toMatchObject({ severity: "alarm" });
  expect(beliefs(ben, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET);
});

test("MS-03 a member's root key is swapped by nobody but by the rules", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  // In the past, where a newcomer would see it first: the bytes no longer hash to what the invite's maker signed for.
  const newcomer = new Liar();
  const dan = await stage.world.actor("Dan", { wrap: newcomer.wrap });
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 1, hours: 1 });
  const [first, ...rest] = ana.account.book.entries;
  if (first?.link == null) throw new TypeError("no genesis");
  newcomer.showLedger([{ ...first, link: { ...first.link, bytes: flip(first.link.bytes, 200) } }, ...rest]);
  const fragment = `#${link.split("#")[1]}`;
  await expect(dan.engine.joinWorkspace({ fragment, name: SECRET, avatar: null })).rejects.toMatchObject({
    code: "proof/bad-hash",
  });
  expect(newcomer.leaks(SECRET)).toEqual([]);
  expect(newcomer.count("ledger.append")).toBe(0);
  await ana.online();
  const before = beliefs(ana, stage.general);
  const other = mintIdentity();
  const card = signCard({
    ws: ana.ws,
    user: ben.account.me,
    rik: other.rik.seed,
    device: other.device.secrets,
    puk: { ...other.puk.public, gen: 2 },
    recovery: null,
    ts: 0,
  });
  const act = { kind: "W", type: "rekey", body: { user: ben.account.me, card, root: null } } as const;
  // Signed by a member without the right, and by a key that stands for nobody.
  liar.tellLedger(new Branch(ana).add(handOf(cleo), act).entries);
  expect(await warned(ana, "proof/no-right")).toMatchObject({ severity: "alarm" });
  liar.tellLedger(new Branch(ana).add({ ...handOf(ana), key: other.device.secrets.sign }, act).entries);
  expect(await warned(ana, "proof/bad-signature")).toMatchObject({ severity: "alarm" });
  expect(beliefs(ana, stage.general)).toEqual(before);
  expect(ana.account.state.users.get(ben.account.me)?.rik).toHaveLength(1);
  stage.expectNoLeak(SECRET);
});

test("MS-04 a removed member stays removed, whatever the server lists", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  await cleo.say(stage.general, "while I am here");
  await ben.reads(stage.general, "while I am here");
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: cleo.account.me });
  await settled(ben, ana.account.state.n);
  const before = beliefs(ben, stage.general);
  // Taken back by the server alone, in the founder's name, and by a member without the right.
  const act = { kind: "W", type: "member_restore", body: { user: cleo.account.me } } as const;
  const forged = { ...handOf(ana), key: mintDevice().secrets.sign };
  liar.tellLedger(new Branch(ben).add(forged, act).add(handOf(ben), act).entries);
  await warned(ben, "proof/bad-signature");
  await warned(ben, "proof/no-right");
  expect(beliefs(ben, stage.general)).toEqual(before);
  // What she writes on, under the keys that she still has, is refused.
  const late = await craftEvent(cleo, stage.general, message("still here"), {
    n: ben.account.state.n,
    head: ben.account.state.head,
  });
  liar.push({ t: "event", row: rowOf(late, nextPos(ben, stage.general)) });
  await refused(ben, stage.general, "proof/not-member");
  expect(beliefs(ben, stage.general)).toEqual(before);
  const named = recipients(ben.account.state, ben.account.workspaceScope).map(({ id }) => id);
  expect(named).not.toContain(cleo.account.me);
});

test("MS-05 links dropped, reordered, withheld or rolled back stop the workspace, across a restart", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const before = beliefs(ben, stage.general);
  const stub = new Branch(ben);
  const channel = () => ({ kind: "W", type: "channel_create", body: { channel: mintIdOf() } }) as const;
  const full = new Branch(ana).add(handOf(ana), channel()).add(handOf(ana), channel());
  const base = stub.entries.length;
  const [first, second] = full.entries.slice(base);
  if (first === undefined || second === undefined) throw new TypeError("two links");
  // Dropped: the second stands where the first belongs. Reordered: both, the wrong way round.
  for (const shown of [[second], [second, first]]) {
    liar.tellLedger([...stub.entries, ...shown]);
    await stopped(ben, "proof/gap");
    expect(beliefs(ben, stage.general)).toEqual(before);
    liar.tellLedger(stub.entries);
    await ben.until(`workspace:${ben.ws}`, (view) => view.stopped === null, "healing");
  }
  liar.tellLedger([...stub.entries, { ...first, link: null }]);
  await stopped(ben, "proof/withheld-body");
  expect(beliefs(ben, stage.general)).toEqual(before);
  // Rolled back to an old head, while running and after a restart without the ledger on disk being whole.
  liar.tellLedger(stub.entries.slice(0, base - 1));
  await stopped(ben, "proof/rollback");
  expect(await warned(ben, "proof/rollback")).toMatchObject({ severity: "alarm" });
  await ben.reload();
  await ben.until(`workspace:${ben.ws}`, (view) => view.stopped === "proof/rollback", "rollback after a restart");
  await ben.profile.storage.write([{ op: "delete", table: "ledger", key: `${ben.ws}/${`${base}`.padStart(12, "0")}` }]);
  await ben.reload();
  await stopped(ben, "proof/rollback");
  expect(ben.account.state.n).toBe(base - 1);
  expect(ben.account.notices.map(({ code }) => code)).toContain("proof/rollback");
  // Another history of the same length is a fork, also to a device that lost the end of its ledger.
  liar.showLedger(new Branch(ana, base - 1).bare().entries);
  await ben.reload();
  await stopped(ben, "proof/fork");
  liar.honest();
  await ben.reload();
  await ben.until(`workspace:${ben.ws}`, (view) => view.stopped === null && view.position === base, "the true ledger");
  expect(beliefs(ben, stage.general)).toMatchObject({ people: (before as { people: unknown }).people });
  expect(liar.leaks(SECRET)).toEqual([]);
});

test("MS-06 forked views: whoever hears from the other side is warned, and two voices end writing", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  // Ben is shown a branch of his own; the others go on without it.
  liar.tellLedger(new Branch(ben).bare().entries);
  await settled(ben, ana.account.state.n + 1);
  await ana.engine.createChannel({
    ws: ana.ws,
    kind: "public",
    name: "harvest",
    topic: "",
    history: "full",
    members: [],
  });
  await settled(cleo, ben.account.state.n);
  const before = beliefs(ben, stage.general);
  await ana.say(stage.general, SECRET);
  await refused(ben, stage.general, "proof/fork");
  expect(await warned(ben, "proof/fork")).toMatchObject({ severity: "alarm", detail: ana.account.me });
  expect(beliefs(ben, stage.general)).toEqual(before);
  expect(ben.account.book.stop).toBeNull();
  const evidence = await ben.account.vault.scan<{ n: number } | null>("evidence", { limit: 10 });
  expect(evidence.map(({ value }) => value?.n)).toContain(ana.account.state.n);
  // As a file for others: where this device stands, and the sealed statement that says otherwise.
  const alarm = ben.account.notices.find(({ code }) => code === "proof/fork");
  const { text } = await ben.engine.alarmFile({ ws: ben.ws, id: alarm?.id ?? "" });
  expect(JSON.parse(text)).toMatchObject({
    noticed: { code: "proof/fork", about: ana.account.me },
    here: { position: ben.account.state.n },
    evidence: { n: ana.account.state.n, theirs: toJson(ana.account.state.head), header: expect.any(String) },
  });
  expect(text).not.toContain(SECRET);
  // The other side hears it from him, too.
  await ben.engine.sendMessage({ ws: ben.ws, channel: stage.general, text: "I see something else", files: [] });
  expect(await warned(ana, "proof/fork")).toMatchObject({ severity: "alarm", detail: ben.account.me });
  await cleo.say(stage.general, "so do I");
  await stopped(ben, "proof/fork");
  liar.honest();
  await ben.reload();
  await stopped(ben, "proof/fork");
  expect(await warned(ben, "proof/fork")).toMatchObject({ severity: "alarm" });
  stage.expectNoLeak(SECRET, "I see something else");
});

test("MS-41 a removal passed off as a link of some private chain parts the heads, and is noticed", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  // Ben is shown the removal of Cleo as a link of a chain that he does not see.
  const base = ben.account.state.n;
  const foreign = randomBytes(16);
  liar.on("ledger.read", (page, { after }) => {
    const entries = page.entries.map((entry, i) =>
      after + i === base ? { stub: { ...entry.stub, k: "C", c: toJson(foreign), q: 1 }, link: null } : entry,
    );
    return { ...page, entries };
  });
  const before = beliefs(ben, stage.general);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: cleo.account.me });
  // The next link of the workspace's own chain lacks the one before it.
  await stopped(ben, "proof/gap");
  expect(await warned(ben, "proof/gap")).toMatchObject({ severity: "alarm" });
  expect(beliefs(ben, stage.general)).toEqual(before);
  // Had the server kept the rest away as well, the first message would tell.
  liar.on("ledger.read", (page, { after }) => {
    const entries = after > base ? [] : page.entries.slice(0, base - after);
    const branch = new Branch(ben, base).bare(toJson(foreign) as ChainId);
    return { entries: [...entries, ...branch.entries.slice(base).map(toEntryJson)], head: headOf(branch.entries) };
  });
  liar.drop();
  await settled(ben, base + 1);
  await ana.say(stage.general, SECRET);
  expect(await warned(ben, "proof/fork")).toMatchObject({ severity: "alarm" });
  expect(ben.account.log.records(stage.general).every((record) => record.content?.k !== "message")).toBe(true);
  stage.expectNoLeak(SECRET);
});

function mintIdOf(): ChannelId {
  return mintId<"channel">(randomBytes(16));
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}
