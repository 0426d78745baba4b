// Lost and leaked recovery codes, and everything lost: who gets back in, with what, and what stays shut (D7, D4, L8, A4).
import { expect, test } from "vitest";
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import type { Topic } from "@/lib/client/api.ts";
import { exposeSecret, type PukSeed } from "@/lib/crypto/keys.ts";
import { signPublic } from "@/lib/crypto/sign.ts";
import { isScopeMember, owners } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import { openedEpochs, tryWords } from "@/tests/recovery-kit.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const renewals = (actor: Actor) => `renewals:${actor.ws}` as const satisfies Topic;

/** Gives back three words, so that code and root key leave the device. */
async function confirm(actor: Actor): Promise<string[]> {
  const words = (await actor.engine.recoveryWords({ ws: actor.ws })) ?? [];
  const answers = [2, 9, 20].map((index) => ({ index, word: words[index] ?? "" }));
  expect(await actor.engine.confirmRecovery({ ws: actor.ws, answers })).toBe(true);
  return [...words];
}

/** The words of a code other than `before`, once this device has made it. */
async function freshWords(actor: Actor, before: readonly string[]): Promise<string[]> {
  // The ledger has the new code a moment before this device has taken it over for showing.
  const here = () => actor.account.keyring.code !== null;
  await actor.until(`workspace:${actor.ws}`, ({ recoveryConfirmed }) => !recoveryConfirmed && here(), "a new code");
  const words = (await actor.engine.recoveryWords({ ws: actor.ws })) ?? [];
  expect(words).toHaveLength(24);
  expect(words).not.toEqual(before);
  return [...words];
}

const rootOf = (actor: Actor, of = actor) => latest(actor.account.state.users.get(of.account.me)?.rik ?? []);

test("D7 who lost the code renews the root: an admin puts it in force, the new code opens all, the old one nothing", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  const { id: general } = await ben.channel("general");
  await ana.engine.setRole({ ws: ana.ws, user: ben.account.me, role: "admin" });
  const open = { ws: ben.ws, label: "from before", maxUses: 3, hours: 24, mode: "approval" } as const;
  await ben.until(`workspace:${ben.ws}`, ({ mayInvite }) => mayInvite, "being admin");
  const { link: earlier } = await ben.engine.createInvite(open);
  const { channel: dm } = await cleo.engine.startDm({ ws: cleo.ws, users: [ben.account.me] });
  await cleo.say(dm, "between us two");
  await ben.reads(dm, "between us two");
  const lost = await confirm(ben);
  const before = rootOf(ben);
  const puks = ben.account.state.users.get(ben.account.me)?.puks;

  await ben.engine.renewRoot({ ws: ben.ws, leaked: false });
  const mine = await ben.until(renewals(ben), (view) => view.mine !== null);
  const asked = await ana.until(renewals(ana), ({ requests }) => requests.length === 1);
  expect(asked.requests[0]).toMatchObject({ user: ben.account.me, mayApprove: true, check: mine.mine?.check });
  expect(mine.mine).toMatchObject({ here: true });
  // Nothing has changed yet; a member sees no request and may grant none.
  expect(rootOf(ben)).toEqual(before);
  expect((await cleo.until(renewals(cleo), () => true)).requests).toEqual([]);
  const root = asked.requests[0]?.root ?? "";
  await cleo.account.book.sync();
  const asking = { user: ben.account.me, root };
  await expect(cleo.engine.approveRoot({ ws: cleo.ws, ...asking })).rejects.toMatchObject({ code: "proof/no-right" });
  await expect(ana.engine.approveRoot({ ws: ana.ws, ...asking, root: "AAAA" })).rejects.toMatchObject({
    code: "app/request-changed",
  });
  await ana.engine.approveRoot({ ws: ana.ws, ...asking });

  const words = await freshWords(ben, lost);
  expect(rootOf(ben)).not.toEqual(before);
  // An invite with approval that he made under his old root key still leads where it said, and shows (I1).
  const { invites } = await ben.until(`invites:${ben.ws}`, (view) => view.invites.length > 0);
  expect(invites.find(({ label }) => label === "from before")).toMatchObject({ state: "open", link: earlier });
  const visitor = await world.actor("Visitor");
  const preview = await visitor.engine.inspectInvite({ fragment: `#${earlier.split("#")[1]}` });
  expect(preview).toMatchObject({ inviter: "Ben", mode: "approval" });
  // PUK and scopes continue (D7).
  expect(ben.account.state.users.get(ben.account.me)?.puks).toEqual(puks);
  await ben.say(general, "still here");
  await cleo.say(dm, "and here");
  await ben.reads(dm, "and here");
  // The new root key stays until the code is confirmed, as at first (D3).
  const held = ben.account.keyring.rik;
  expect(held === null ? null : signPublic(held)).toEqual(rootOf(ben));
  await expect(ben.engine.signOut({ ws: ben.ws })).rejects.toMatchObject({ code: "app/no-way-back" });
  await confirm(ben);
  expect(ben.account.keyring.rik).toBeNull();

  const opened = await tryWords(words, ben);
  if (typeof opened === "string") throw new TypeError(opened);
  expect(opened.rik === null ? null : signPublic(opened.rik)).toEqual(rootOf(ben));
  expect([...opened.puks].map(([gen, seed]) => [gen, exposeSecret(seed)])).toEqual(
    ben.account.keyring.generations.map((gen) => {
      const seed = ben.account.keyring.puk(gen);
      return [gen, seed === undefined ? null : exposeSecret(seed)];
    }),
  );
  expect(await tryWords(lost, ben)).toBe("may/bad-challenge");

  // Everybody sees it: who, when, why.
  const seen = await cleo.until(renewals(cleo), ({ changes }) => changes.length === 1);
  expect(seen.changes).toMatchObject([{ user: ben.account.me, by: ana.account.me, why: "root-renew" }]);
  await cleo.until(`workspace:${cleo.ws}`, ({ people }) =>
    people.some((one) => one.id === ben.account.me && one.trust === "changed"),
  );
  for (const channel of [general, dm])
    await cleo.until(`timeline:${cleo.ws}:${channel}`, ({ items }) =>
      items.some((item) => item.t === "system" && item.what === "key-changed" && item.subject === ben.account.me),
    );
});

test("D7 a sole owner renews his root alone, in one batch; with a second owner it takes the other", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const lost = await confirm(ana);
  const before = rootOf(ana);
  expect((await ana.until(renewals(ana), () => true)).soleOwner).toBe(true);
  await ana.engine.renewRoot({ ws: ana.ws, leaked: false });
  expect(rootOf(ana)).not.toEqual(before);
  const words = await freshWords(ana, lost);
  await confirm(ana);
  expect(await tryWords(words, ana)).toMatchObject({ rik: expect.anything() });

  await ana.account.book.append((draft) =>
    draft.add({ kind: "W", type: "role_set", body: { user: ben.account.me, role: "owner" } }),
  );
  expect(owners(ana.account.state)).toHaveLength(2);
  await ana.engine.renewRoot({ ws: ana.ws, leaked: false });
  const { mine, soleOwner } = await ana.until(renewals(ana), (view) => view.mine !== null);
  expect(mine).not.toBeNull();
  expect(soleOwner).toBe(false);
  const { requests } = await ben.until(renewals(ben), (view) => view.requests.length === 1);
  await ben.engine.approveRoot({ ws: ben.ws, user: ana.account.me, root: requests[0]?.root ?? "" });
  await freshWords(ana, words);
});

test("D4 a leaked code: after the renewal its holder opens no later key, though he had every seed before", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ben.channel("general");
  const { channel: dm } = await ana.engine.startDm({ ws: ana.ws, users: [ben.account.me] });
  await ana.say(dm, "before the leak");
  await ben.reads(dm, "before the leak");
  const leaked = await confirm(ben);
  const thief = await tryWords(leaked, ben);
  if (typeof thief === "string") throw new TypeError(thief);
  expect([...thief.puks.keys()]).toEqual([1]);

  await ben.engine.renewRoot({ ws: ben.ws, leaked: true });
  const { requests } = await ana.until(renewals(ana), (view) => view.requests.length === 1);
  await ana.engine.approveRoot({ ws: ana.ws, user: ben.account.me, root: requests[0]?.root ?? "" });
  const words = await freshWords(ben, leaked);
  const person = ben.account.state.users.get(ben.account.me);
  expect(person?.puks.map(({ value }) => value.gen)).toEqual([1, 2]);
  await ana.say(dm, "after the renewal");
  await ben.reads(dm, "after the renewal");
  await ben.say(general, "after it too");
  await ana.reads(general, "after it too");
  expect(await tryWords(leaked, ben)).toBe("may/bad-challenge");
  const opened = await tryWords(words, ben);
  if (typeof opened === "string") throw new TypeError(opened);
  expect([...opened.puks.keys()].sort()).toEqual([1, 2]);
  // Every seal of every scope's newest epoch, tried with the seeds that leaked.
  for (const scope of ben.account.state.scopes.values()) {
    if (!isScopeMember(ben.account.state, scope, ben.account.me)) continue;
    const since = person?.puks.at(-1)?.n ?? 0;
    const later = scope.epochs.filter(({ n }) => n > since).map(({ epoch }) => epoch);
    expect(later.length).toBeGreaterThan(0);
    expect(await openedEpochs(ben, scope.id, later, thief.puks)).toEqual([]);
    expect(await openedEpochs(ben, scope.id, later, opened.puks)).toEqual(later);
  }
  await ben.reload();
  await ben.online();
  await ben.reads(dm, "before the leak");
});

const PLACES = ["full", "since-join"] as const;

test("D7 L8 everything lost: a return link and an admin give the workspace back, its members each private place", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  const user = ben.account.me;
  const { id: general } = await ana.channel("general");
  await ben.say(general, "said by Ben of old");
  const rooms = new Map<string, ChannelId>();
  for (const history of PLACES) {
    const about = { ws: cleo.ws, kind: "private", topic: "", history, members: [user] } as const;
    rooms.set(history, (await cleo.engine.createChannel({ ...about, name: history })).channel);
  }
  rooms.set("dm", (await cleo.engine.startDm({ ws: cleo.ws, users: [user] })).channel);
  for (const [name, channel] of rooms) {
    await cleo.say(channel, `old ${name}`);
    await ben.reads(channel, `old ${name}`);
  }
  const old = new Map(ben.account.keyring.generations.map((gen) => [gen, ben.account.keyring.puk(gen) as PukSeed]));
  const since = ana.account.state.n;

  await expect(cleo.engine.createReturnLink({ ws: cleo.ws, user })).rejects.toMatchObject({ code: "proof/no-right" });
  const { link, invite } = await ana.engine.createReturnLink({ ws: ana.ws, user });
  const fragment = `#${link.split("#")[1]}`;
  const back = await world.actor("Ben again");
  expect(await back.engine.inspectInvite({ fragment })).toMatchObject({ returning: true, workspace: "Riverbend" });
  ({ ws: back.ws } = await back.engine.requestToJoin({ fragment, name: "Ben" }));
  const { asks } = await ana.until(`asking:${ana.ws}`, (view) => view.asks.length === 1, "who comes back");
  const { waits } = await back.until("joining", (view) => view.waits.length === 1);
  expect(asks[0]).toMatchObject({ user, returning: true, check: waits[0]?.check });
  expect(asks[0]?.check).toMatch(/^\d{5}( \d{5}){3}$/);
  // Until the admin has made sure of him nothing is lost or gained.
  await ben.say(general, "the old keys still serve");
  expect(await ana.engine.approveJoin({ ws: ana.ws, user, channels: [] })).toEqual({ outcome: "let-in" });
  await back.until("session", ({ accounts }) => accounts.some(({ ws }) => ws === back.ws), "being back");
  await back.online();
  expect(back.account.me).toBe(user);
  expect(ana.account.state.invites.get(invite)?.closedAt).not.toBeNull();

  // The workspace as a whole, old and new; his name is the one he had.
  await ana.say(general, "welcome back");
  for (const text of ["said by Ben of old", "the old keys still serve", "welcome back"])
    await back.reads(general, text);
  expect((await back.online()).people.find(({ id }) => id === user)?.name).toBe("Ben");
  await back.say(general, "here again");
  await cleo.reads(general, "here again");
  // And nothing else: neither shown, nor given out, nor opened.
  expect(back.account.channels()).toEqual([general]);
  for (const channel of rooms.values()) {
    const scope = cleo.account.scopeOf(channel) as ScopeId;
    await expect(back.account.session.call("keys.read", { scope, from: 1, to: 9 })).rejects.toMatchObject({
      code: "may/not-found",
    });
    // The owner is no member there: her rekey gives her no say.
    await expect(ana.engine.readmitMember({ ws: ana.ws, channel, user })).rejects.toMatchObject({
      code: "may/not-found",
    });
  }
  await expect(back.engine.startDm({ ws: back.ws, users: [cleo.account.me] })).rejects.toMatchObject({
    code: "app/waits-for-readmission",
  });

  // What those who share a private place see and do.
  const view = await cleo.until(renewals(cleo), ({ waiting }) => waiting.length === rooms.size, "who waits");
  expect(view.waiting.map(({ channel }) => channel).sort()).toEqual([...rooms.values()].sort());
  expect(view.waiting[0]).toMatchObject({ user, by: ana.account.me, why: "rekey" });
  for (const [name, channel] of rooms) {
    await cleo.say(channel, `meanwhile ${name}`);
    await cleo.engine.readmitMember({ ws: cleo.ws, channel, user });
    await cleo.say(channel, `new ${name}`);
    await back.reads(channel, `new ${name}`);
    await back.say(channel, `back in ${name}`);
    await cleo.reads(channel, `back in ${name}`);
    await cleo.until(`timeline:${cleo.ws}:${channel}`, ({ items }) =>
      items.some((item) => item.t === "system" && item.what === "readmitted" && item.subject === user),
    );
  }
  await cleo.until(renewals(cleo), ({ waiting }) => waiting.length === 0, "nobody waiting");
  for (const name of ["full", "dm"])
    for (const age of ["old", "meanwhile"]) await back.reads(rooms.get(name) as ChannelId, `${age} ${name}`);
  // E5: he was a recipient of the first epoch, and asks its holders for it; of what was said while he was out he was none.
  const cut = rooms.get("since-join") as ChannelId;
  await back.reads(cut, "old since-join");
  expect(await readable(back, cut)).toEqual(["old since-join", "new since-join", "back in since-join"]);
  expect((await back.channel("since-join")).id).toBe(rooms.get("since-join"));

  // The device that was lost: signed out, told by whom, and its keys open nothing since.
  await ben.until(`workspace:${ben.ws}`, ({ ended }) => ended?.why === "retired", "the end of the lost device");
  for (const scope of back.account.state.scopes.values()) {
    const later = scope.epochs.filter(({ n }) => n > since).map(({ epoch }) => epoch);
    expect(later.length).toBeGreaterThan(0);
    expect(await openedEpochs(back, scope.id, later, old)).toEqual([]);
  }
  // The new code is told as to everyone, and opens the new keys.
  const words = (await back.engine.recoveryWords({ ws: back.ws })) ?? [];
  expect(await tryWords(words, back)).toMatchObject({ rik: expect.anything() });
  const changes = await cleo.until(renewals(cleo), () => true);
  expect(changes.changes).toMatchObject([{ user, by: ana.account.me, why: "rekey" }]);
});

/** Texts of a channel that open here, oldest first, after everything older was asked for. */
async function readable(actor: Actor, channel: ChannelId): Promise<string[]> {
  await actor.account.log.open(channel);
  while (await actor.account.older(channel));
  const records = actor.account.log.records(channel).filter(({ status }) => status === "opened");
  return records.flatMap(({ content }) => (content?.k === "message" ? [content.text] : []));
}
