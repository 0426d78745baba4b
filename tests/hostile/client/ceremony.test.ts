// MS-03 and 06 in the ceremony: the server holds an owner's key and swaps a member's; whoever compares is told, on both sides.
import { expect, test } from "vitest";
import { mintId, type UserId } from "@/lib/base/ids.ts";
import { mintIdentity, mintPuk, signCard } from "@/lib/crypto/identity.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { currentPuk } from "@/lib/proof/queries.ts";
import { formatVerifyCode, parseVerifyCode } from "@/lib/protocol/verify/code.ts";
import { appendRaw, Branch, handOf } from "@/tests/hostile/crafter.ts";
import { openStage, type Player, type Stage, settled, stopped, warned } from "@/tests/hostile/stage.ts";
import type { Actor } from "@/tests/world.ts";

const me = (actor: Actor): UserId => actor.account.me;

async function codeOf(shower: Actor, reader: Actor): Promise<string> {
  return (await shower.engine.verifyStart({ ws: shower.ws, user: me(reader) })).code;
}

async function scan(reader: Actor, shower: Actor): Promise<{ freed: boolean }> {
  const text = await codeOf(shower, reader);
  return await reader.engine.verifyScan({ ws: reader.ws, user: me(shower), text });
}

/** To this reader alone the server shows an owner's link that puts its own key in the place of a member's. */
async function swapFor(reader: Player, owner: Actor, member: Actor): Promise<void> {
  const fake = mintIdentity();
  const gen = currentPuk(owner.account.state, me(member))?.gen ?? 0;
  const card = signCard({
    ws: owner.ws,
    user: me(member),
    rik: fake.rik.seed,
    device: fake.device.secrets,
    puk: mintPuk(gen + 1).public,
    recovery: null,
    ts: Date.now(),
  });
  const branch = new Branch(reader.actor).add(handOf(owner), {
    kind: "W",
    type: "rekey",
    body: { user: me(member), card, root: null },
  });
  reader.liar.tellLedger(branch.entries);
  await settled(reader.actor, branch.entries.length);
}

/** Mara is the owner whose key the server has got hold of. */
async function cast(): Promise<Stage & { readonly [Symbol.asyncDispose]: () => Promise<void> }> {
  return await openStage(["Mara", "Ana", "Ben"]);
}

test("MS-03 a key swapped for one side: the numbers differ, typing back fails, and both codes say so", async () => {
  await using stage = await cast();
  const [mara, ana, ben] = [0, 1, 2].map((i) => stage.player(i).actor) as [Actor, Actor, Actor];
  await swapFor(stage.player(1), mara, ben);
  const hers = await ana.engine.safetyNumber({ ws: ana.ws, user: me(ben) });
  const his = await ben.engine.safetyNumber({ ws: ben.ws, user: me(ana) });
  expect(hers.groups).not.toEqual(his.groups);
  const { asked } = await ana.engine.verifyStart({ ws: ana.ws, user: me(ben) });
  const heard = [his.groups[asked[0]] ?? "", his.groups[asked[1]] ?? ""] as const;
  expect(await ana.engine.verifyTyped({ ws: ana.ws, user: me(ben), typed: heard })).toBe(false);
  await expect(scan(ana, ben)).rejects.toMatchObject({ code: "verify/keys-differ" });
  await expect(scan(ben, ana)).rejects.toMatchObject({ code: "verify/keys-differ" });
  expect(await warned(ana, "verify/keys-differ")).toMatchObject({ severity: "alarm", detail: me(ben) });
  expect(await warned(ben, "verify/keys-differ")).toMatchObject({ severity: "alarm", detail: me(ana) });
  for (const one of [ana, ben])
    expect(one.account.outbox.entries().filter(({ content }) => content.k === "verified")).toEqual([]);
  await ana.reload();
  expect(await warned(ana, "verify/keys-differ"), "it lasts").toMatchObject({ severity: "alarm" });
});

test("MS-06 L10 two histories: the scan finds the fork, and a teammate's head leads out of the false one", async () => {
  await using stage = await cast();
  const [mara, ana, ben] = [0, 1, 2].map((i) => stage.player(i).actor) as [Actor, Actor, Actor];
  await swapFor(stage.player(1), mara, ben);
  const act = { kind: "W", type: "channel_create", body: { channel: mintId<"channel">(randomBytes(16)) } } as const;
  await appendRaw(mara, new Branch(mara).add(handOf(mara), act));
  await settled(ben, mara.account.state.n);
  await expect(scan(ana, ben)).rejects.toMatchObject({ code: "verify/keys-differ" });
  await expect(scan(ben, ana)).rejects.toMatchObject({ code: "verify/keys-differ" });
  expect(await warned(ana, "proof/fork")).toMatchObject({ severity: "alarm", detail: me(ben) });
  expect(await warned(ben, "proof/fork")).toMatchObject({ severity: "alarm", detail: me(ana) });
  // A head that the server does not show whole is not gone over to.
  const his = parseVerifyCode(await codeOf(ben, ana));
  const before = ana.account.state.head;
  const never = formatVerifyCode({ ...his, head: randomBytes(32) });
  const take = (text: string) => ana.engine.takeHead({ ws: ana.ws, user: me(ben), text });
  await expect(take(never)).rejects.toMatchObject({ code: "verify/not-shown" });
  await expect(take(formatVerifyCode(his)), "while the server lies").rejects.toMatchObject({
    code: "verify/not-shown",
  });
  expect(ana.account.state.head).toEqual(before);
  // What was said meanwhile she cannot judge, and refuses; once she has gone over she reads it.
  await ben.say(stage.general, "said in the true history");
  const isRefused = () => ana.account.log.records(stage.general).some(({ status }) => status === "refused");
  await ana.until(`timeline:${ana.ws}:${stage.general}`, isRefused, "a row of another history");
  stage.player(1).liar.honest();
  stage.player(1).liar.drop();
  await stopped(ana, "proof/fork");
  await take(await codeOf(ben, ana));
  expect(ana.account.state.head).toEqual(mara.account.state.head);
  await ana.reads(stage.general, "said in the true history");
  await expect(scan(ana, ben)).resolves.toEqual({ freed: false });
  await ana.reload();
  await settled(ana, mara.account.state.n);
  expect(ana.account.book.stop).toBeNull();
  await ana.say(stage.general, "on one line again");
  await ben.reads(stage.general, "on one line again");
  await expect(scan(ben, ana)).resolves.toEqual({ freed: false });
});

test("L9 L10 two people who show other histories end writing; a teammate whose head is ours lets it go on", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo", "Dora"]);
  const [ana, ben, cleo, dora] = [0, 1, 2, 3].map((i) => stage.player(i).actor) as [Actor, Actor, Actor, Actor];
  const lie = async (by: Actor) =>
    formatVerifyCode({ ...parseVerifyCode(await codeOf(by, ana)), head: randomBytes(32) });
  for (const liar of [ben, cleo])
    await expect(ana.engine.verifyScan({ ws: ana.ws, user: me(liar), text: await lie(liar) })).rejects.toMatchObject({
      code: "verify/fork",
    });
  await stopped(ana, "proof/fork");
  await expect(scan(ana, dora)).resolves.toEqual({ freed: true });
  await ana.until(`workspace:${ana.ws}`, ({ stopped: why, notices }) => why === null && notices.length === 0, "freed");
  await ana.say(stage.general, "and on");
  await ana.reload();
  await ana.online();
  expect(ana.account.book.stop).toBeNull();
});
