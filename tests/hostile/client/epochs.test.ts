// MS-15 to 17, 42, 44, 46 and 47: keys that should be dead, keys for too many, keys of garbage; no secret opens what it must not.
import { expect, test } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import { isEntitled } from "@/lib/client/keys/pleas.ts";
import { Session } from "@/lib/client/wire/session.ts";
import { openPreviousEpoch, sealEpochKey } from "@/lib/crypto/epoch.ts";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { signKeyRequest } from "@/lib/crypto/login.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { recipients } from "@/lib/proof/queries.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { toLinkJson } from "@/lib/protocol/sync.ts";
import { appendRaw, Branch, craftEvent, handOf, message, nextPos, postRaw, rowOf } from "@/tests/hostile/crafter.ts";
import { cardFor, epochAct, inviteBehind, joinAct, opened, sealsOf } from "@/tests/hostile/keys.ts";
import { beliefs, hastyClock, openStage, refused, settled, warned } from "@/tests/hostile/stage.ts";

const SECRET = "after she had gone";

test("MS-15 after a removal nobody writes under the old key, and what is written under it is refused", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana, liar: anas } = stage.player(0);
  const { actor: ben, liar: bens } = stage.player(1);
  const { actor: cleo, liar: cleos } = stage.player(2);
  const scope = ana.account.workspaceScope;
  await ana.say(stage.general, "while she was here");
  await ben.reads(stage.general, "while she was here");
  const old = ben.account.state.scopes.get(scope)?.epochs.length ?? 0;
  const wasAt = { n: ben.account.state.n, head: ben.account.state.head };
  const puk = cleo.account.keyring.puk(1);
  if (puk === undefined) throw new TypeError("no puk");
  // She goes by herself: nobody rotates for her, and the server would like it to stay so.
  await cleo.engine.removeFromWorkspace({ ws: cleo.ws, user: cleo.account.me });
  await settled(ben, wasAt.n + 1);
  const { id } = await ben.say(stage.general, SECRET);
  await ana.reads(stage.general, SECRET);
  expect(ana.account.log.find(stage.general, id)?.epoch).toBe(old + 1);
  const seals = [...sealsOf(bens), ...sealsOf(anas)];
  expect(seals.some((row) => row.epoch === old + 1)).toBe(true);
  const her = { to: "user", id: cleo.account.me, seed: puk } as const;
  expect(opened(ben, seals, scope, old + 1, her)).toEqual([]);
  // Her keys do open what she was entitled to, so that the question is not an idle one.
  expect(opened(ben, sealsOf(cleos), scope, 1, her).length).toBeGreaterThan(0);
  // A careless or malicious member who goes on under the old one.
  const before = beliefs(ana, stage.general);
  const stale = await craftEvent(ben, stage.general, message("old habits"), { header: { epoch: old } });
  anas.push({ t: "event", row: rowOf(stale, nextPos(ana, stage.general)) });
  await refused(ana, stage.general, "proof/revoked-between");
  expect(beliefs(ana, stage.general)).toEqual(before);
  // Dated back to where it would have been right, it still comes after a newer epoch: marked as late (M5).
  const dated = await craftEvent(ben, stage.general, message("said long ago"), { header: { epoch: old }, ...wasAt });
  anas.push({ t: "event", row: rowOf(dated, nextPos(ana, stage.general)) });
  expect((await ana.message(stage.general, (item) => item.text === "said long ago")).late).toBe(true);
  stage.expectNoLeak(SECRET);
});

test("MS-16 an epoch for one recipient too many, or too few, is void", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const scope = ana.account.workspaceScope;
  const before = beliefs(ana, stage.general);
  const stranger = mintIdentity();
  const extra = { kind: "user", id: stranger.user, gen: 1, pub: stranger.puk.public.pk } as const;
  const many = epochAct(ben, scope, {}, [extra]);
  await expect(appendRaw(ben, new Branch(ben).add(handOf(ben), many.act))).rejects.toMatchObject({
    code: "proof/bad-epoch",
  });
  liar.tellLedger(new Branch(ana).add(handOf(ben), many.act).entries);
  expect(await warned(ana, "proof/bad-epoch")).toMatchObject({ severity: "alarm" });
  const few = epochAct(ben, scope, { rcpt: randomBytes(32) });
  const branch = new Branch(ana).add(handOf(ben), few.act);
  liar.tellLedger(branch.entries);
  await settled(ana, branch.head.n);
  expect(ana.account.state.voids.map(({ code }) => code)).toEqual(["proof/bad-epoch", "proof/bad-epoch"]);
  expect(beliefs(ana, stage.general)).toEqual(before);
  const named = recipients(ana.account.state, scope).map(({ id }) => id as string);
  expect(named).not.toContain(stranger.user);
  expect(sealsOf(liar).every((row) => row.to === "invite" || named.includes(row.recipient))).toBe(true);
  stage.expectNoLeak(SECRET);
});

test("MS-17 epochs never go back, neither in the ledger nor in a channel", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const scope = ana.account.workspaceScope;
  const newest = ana.account.state.scopes.get(scope)?.epochs.length ?? 0;
  await ana.say(stage.general, "under the newest");
  await ana.message(stage.general, (item) => item.receivedAt !== null);
  const before = beliefs(ana, stage.general);
  for (const epoch of [newest, 1, newest + 2]) {
    const { act } = epochAct(ben, scope, { epoch });
    const branch = new Branch(ana).add(handOf(ben), act);
    liar.tellLedger(branch.entries);
    await settled(ana, branch.head.n);
  }
  expect(await warned(ana, "proof/bad-epoch")).toMatchObject({ severity: "alarm" });
  expect(beliefs(ana, stage.general)).toEqual(before);
  // An event that names an epoch that does not exist waits, and never counts as newer than the true ones.
  const future = await craftEvent(ben, stage.general, message("from the future"), {
    header: { epoch: newest },
  });
  liar.push({ t: "event", row: rowOf(future, nextPos(ana, stage.general), { epoch: newest + 7 }) });
  await refused(ana, stage.general, "event/wrong-place");
  expect(ana.account.log.mark(stage.general).maxEpoch).toBe(newest);
  expect(beliefs(ana, stage.general)).toEqual(before);
  stage.expectNoLeak("from the future");
});

test("MS-42 a member's malformed KEM key stops nobody's writing", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  const invite = inviteBehind(ana, link);
  const pk = new Uint8Array(1216).fill(255);
  const { me, card } = cardFor(ana, { puk: { gen: 1, pk } });
  const { act, twist } = joinAct(card, invite);
  await settled(ben, ana.account.state.n);
  const branch = new Branch(ana).add(handOf(me), act, twist);
  const joined = branch.entries.at(-1)?.link;
  if (joined == null) throw new TypeError("no link");
  const credential = { as: "invite", ws: ana.ws, id: invite.id, seed: invite.keys.sign } as const;
  const session = new Session(liar.inner, ana.clock, credential);
  const after = { n: ana.account.state.n, hash: toJson(ana.account.state.head) };
  const batch = { links: [toLinkJson(joined)], seals: [], boxes: [] };
  await expect(session.call("ledger.append", { after, batch })).rejects.toMatchObject({ code: "proof/bad-key" });
  // Were one in the ledger all the same, sealing to it would pass over him and name him (E6).
  const scope = ana.account.workspaceScope;
  const epoch = ana.account.state.scopes.get(scope)?.epochs.length ?? 0;
  const key = await ana.account.rooms.find(scope, epoch);
  if (key === undefined) throw new TypeError("no key");
  const readers = [...recipients(ana.account.state, scope), { kind: "user", id: me.user, gen: 1, pub: pk } as const];
  const seals = ana.account.rooms.sealAll({ ws: ana.ws, scope, epoch }, key, readers);
  expect(seals).toHaveLength(readers.length - 1);
  expect(await warned(ana, "crypto/bad-kem-key")).toMatchObject({ detail: me.user });
  await ana.say(stage.general, SECRET);
  await ben.reads(stage.general, SECRET);
  // And a server that puts it there alone is found out.
  const before = beliefs(ana, stage.general);
  liar.tellLedger(branch.entries);
  expect(await warned(ana, "proof/bad-key")).toMatchObject({ severity: "alarm" });
  expect(beliefs(ana, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET);
});

test("MS-44 garbage seals and a garbage prevBox delay nobody else, are named and heal", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"], { clock: hastyClock() });
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const scope = ben.account.workspaceScope;
  await ana.say(stage.general, "of old times");
  await cleo.reads(stage.general, "of old times");
  const { act, key, epoch } = epochAct(ben, scope);
  const name = { ws: ben.ws, scope, epoch };
  const seals = recipients(ben.account.state, scope).map((to) => {
    const row = sealEpochKey(name, key, { to: to.kind, id: to.id, gen: to.gen, pk: to.pub });
    return to.id === cleo.account.me ? { ...row, ct: toJson(randomBytes(1168)) } : row;
  });
  const boxes = [{ purpose: "prev", scope, epoch, ct: toJson(randomBytes(72)) } as const];
  expect(await appendRaw(ben, new Branch(ben).add(handOf(ben), act), { seals, boxes })).toMatchObject({ ok: true });
  const kc = (act.body as { kc: Uint8Array }).kc;
  await postRaw(ben, stage.general, await craftEvent(ben, stage.general, message(SECRET), { key, kc }));
  const device = ben.account.keyring.device.id;
  expect((await warned(cleo, "crypto/bad-seal")).detail).toBe(`${scope} ${epoch} ${device}`);
  expect((await warned(ana, "crypto/bad-seal")).detail).toBe(`${scope} ${epoch} ${device}`);
  await ana.reads(stage.general, SECRET);
  await cleo.reads(stage.general, SECRET);
  // The box is mended by whoever held both keys: who comes now reads what was said before.
  const old = ana.account.state.scopes.get(scope)?.epochs[epoch - 2];
  if (old === undefined) throw new TypeError("no epoch before");
  const mended = async () => {
    const laid = await ana.account.session.call("keys.read", { scope, from: epoch, to: epoch });
    return laid.boxes.some((row) => typeof openPreviousEpoch(name, key, old.kc, row) !== "string");
  };
  await expect.poll(mended, { timeout: 15_000 }).toBe(true);
  const dan = await stage.world.invited(ana, "Dan", { clock: hastyClock() });
  await dan.reads(stage.general, "of old times");
  await dan.reads(stage.general, SECRET);
  expect(liar.leaks("of old times")).toEqual([]);
  stage.expectNoLeak(SECRET);
});

test("MS-46 an admin's rekey of a partner opens no DM and no private channel", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo, liar } = stage.player(2);
  const { channel } = await cleo.engine.startDm({ ws: cleo.ws, users: [ben.account.me] });
  await cleo.say(channel, "between us two");
  await ben.reads(channel, "between us two");
  const scope = cleo.account.scopeOf(channel);
  if (scope === undefined) throw new TypeError("no scope");
  const epoch = cleo.account.state.scopes.get(scope)?.epochs.length ?? 0;
  // The owner gives Ben's place to keys of her own.
  await settled(ana, cleo.account.state.n);
  const fake = mintIdentity();
  const recovery = null;
  const puk = { ...fake.puk.public, gen: 2 };
  const { card } = cardFor(ana, { user: ben.account.me, puk, recovery }, fake);
  const act = { kind: "W", type: "rekey", body: { user: ben.account.me, card, root: null } } as const;
  expect(await appendRaw(ana, new Branch(ana).add(handOf(ana), act))).toMatchObject({ ok: true });
  const view = await cleo.until(`workspace:${cleo.ws}`, ({ people }) =>
    people.some((person) => person.id === ben.account.me && person.trust === "changed"),
  );
  expect(view.stopped).toBeNull();
  await cleo.until(`timeline:${cleo.ws}:${stage.general}`, ({ items }) =>
    items.some((item) => item.t === "system" && item.what === "key-changed" && item.subject === ben.account.me),
  );
  await cleo.say(channel, SECRET);
  const seals = sealsOf(liar);
  const her = { to: "user", id: ben.account.me, seed: fake.puk.seed } as const;
  expect(cleo.account.state.scopes.get(scope)?.epochs.length).toBe(epoch + 1);
  expect(opened(cleo, seals, scope, 1, her)).toEqual([]);
  // Nor by asking, neither the server nor Cleo.
  const credential = { as: "device", ws: ana.ws, id: fake.device.id, seed: fake.device.secrets.sign } as const;
  const session = new Session(liar.inner, ana.clock, credential);
  await expect(session.call("keys.read", { scope, from: 1, to: epoch + 1 })).rejects.toMatchObject({
    code: "may/not-found",
  });
  const plea = { ws: ana.ws, scope, epoch, user: ben.account.me, device: fake.device.id, at: Date.now() };
  const sig = toJson(signKeyRequest(plea, fake.device.secrets.sign));
  const { ws: _, ...request } = plea;
  expect(isEntitled(cleo.account.state, request)).toBe(false);
  const written = liar.count("keys.write");
  liar.push({ t: "request", request: { ...request, sig } });
  await cleo.say(channel, "and nobody else");
  expect(liar.count("keys.write")).toBe(written);
  expect(opened(cleo, sealsOf(liar), scope, 1, her)).toEqual([]);
  stage.expectNoLeak(SECRET, "between us two");
});

test("MS-47 an instant invite that leaked is worth nothing after a removal", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana, liar: anas } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo, liar: cleos } = stage.player(2);
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  const invite = inviteBehind(ana, link);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: ben.account.me });
  const scope = ana.account.workspaceScope;
  const epochs = ana.account.state.scopes.get(scope)?.epochs ?? [];
  await ana.say(stage.general, SECRET);
  await cleo.reads(stage.general, SECRET);
  const seals = [...sealsOf(anas), ...sealsOf(cleos)];
  const holder = { to: "invite", id: mintId<"recipient">(new Uint8Array(16)), seed: invite.keys.kem } as const;
  const reach = opened(ana, seals, scope, 1, { ...holder, id: invite.id as never });
  // It opened what it was made for, so that the question is not an idle one; nothing since.
  expect(reach.map((row) => row.epoch)).toContain(epochs.length - 1);
  expect(reach.every((row) => row.epoch < epochs.length)).toBe(true);
  const mallory = await stage.world.actor("Mallory");
  const fragment = `#${link.split("#")[1]}`;
  for (const attempt of [
    () => mallory.engine.inspectInvite({ fragment }),
    () => mallory.engine.joinWorkspace({ fragment, name: "Mallory", avatar: null }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: expect.stringMatching(/^(proof\/invite-closed|may\/)/) });
  // With the server's help she forges a join: void for everybody else.
  const before = beliefs(cleo, stage.general);
  const { me, card } = cardFor(cleo);
  const { act, twist } = joinAct(card, invite);
  cleos.tellLedger(new Branch(cleo).add(handOf(me), act, twist).entries);
  expect(await warned(cleo, "proof/invite-closed")).toMatchObject({ severity: "alarm" });
  expect(beliefs(cleo, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET);
});
