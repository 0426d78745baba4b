// Members: let in by approval, as member or guest, given roles, removed, taken back, gone (L7, L8, I3, I4, I6, E8, E10).
import { expect, test } from "vitest";
import type { UserId } from "@/lib/base/ids.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { needsRotation, roleAt } from "@/lib/proof/queries.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

type Terms = { role?: "member" | "guest"; channels?: Parameters<Actor["engine"]["createInvite"]>[0]["channels"] };

const fragmentOf = (link: string): string => `#${link.split("#")[1]}`;

async function approvalLink(by: Actor, terms: Terms = {}): Promise<string> {
  const more = terms.channels === undefined ? {} : { channels: terms.channels };
  const role = terms.role ?? "member";
  const input = { ws: by.ws, label: "visitors", maxUses: 3, hours: 100, mode: "approval", role, ...more } as const;
  return (await by.engine.createInvite(input)).link;
}

/** Somebody who has asked and waits. */
async function asking(world: World, link: string, name: string): Promise<Actor> {
  const actor = await world.actor(name);
  const { ws } = await actor.engine.requestToJoin({ fragment: fragmentOf(link), name });
  actor.ws = ws;
  return actor;
}

async function seen(by: Actor, name: string): Promise<UserId> {
  const { asks } = await by.until(`asking:${by.ws}`, ({ asks }) => asks.some((one) => one.name === name), name);
  return asks.find((one) => one.name === name)?.user as UserId;
}

async function inside(actor: Actor): Promise<void> {
  await actor.until("session", ({ accounts }) => accounts.some(({ ws }) => ws === actor.ws), "being let in");
  await actor.online();
}

test("I4 who asks waits until an admin lets him in, over a reload, and then reads all public history", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: general } = await ana.channel("general");
  await ana.say(general, "before anybody asked");
  const link = await approvalLink(ana);
  const cleo = await asking(world, link, "Cleo");
  const user = await seen(ana, "Cleo");
  expect(await cleo.until("joining", ({ waits }) => waits.length === 1)).toMatchObject({
    waits: [{ workspace: "Riverbend", inviter: "Ana", name: "Cleo", role: "member", state: "waiting" }],
  });
  await ana.until(`workspace:${ana.ws}`, (view) => view.asking === 1, "a badge");
  await cleo.reload();
  expect(await cleo.until("joining", ({ waits }) => waits.length === 1)).toMatchObject({
    waits: [{ state: "waiting", name: "Cleo" }],
  });
  const epochs = ana.account.state.scopes.get(ana.account.workspaceScope)?.epochs.length;
  expect(await ana.engine.approveJoin({ ws: ana.ws, user, channels: [] })).toEqual({ outcome: "let-in" });
  // E8: an add does not rotate; the current key lay in its batch.
  expect(ana.account.state.scopes.get(ana.account.workspaceScope)?.epochs.length).toBe(epochs);
  await inside(cleo);
  await cleo.reads(general, "before anybody asked");
  await cleo.say(general, "hello from Cleo");
  expect((await ana.reads(general, "hello from Cleo")).author).toBe(user);
  await ana.until(`workspace:${ana.ws}`, ({ people }) => people.some(({ name }) => name === "Cleo"), "Cleo’s name");
  expect((await cleo.engine.recoveryWords({ ws: cleo.ws })) ?? []).toHaveLength(24);
  await ana.until(`workspace:${ana.ws}`, (view) => view.asking === 0, "no badge");
  const { invites } = await ana.until(`invites:${ana.ws}`, ({ invites }) => invites.some((one) => one.uses === 1));
  expect(invites.find((one) => one.joined.includes(user))).toMatchObject({ mode: "approval", uses: 1, state: "open" });
});

test("I4 one who is declined is told, and one whose invite closed is told how", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const link = await approvalLink(ana);
  const dora = await asking(world, link, "Dora");
  const eli = await asking(world, link, "Eli");
  const user = await seen(ana, "Dora");
  expect(await ana.engine.declineJoin({ ws: ana.ws, user })).toEqual({ outcome: "declined" });
  expect(await ana.engine.declineJoin({ ws: ana.ws, user })).toEqual({ outcome: "gone" });
  await dora.until("joining", ({ waits }) => waits[0]?.state === "declined", "a refusal");
  const { invites } = await ana.until(`invites:${ana.ws}`, ({ invites }) => invites.length > 0);
  await ana.engine.closeInvite({ ws: ana.ws, invite: invites[0]?.id as never });
  await eli.until("joining", ({ waits }) => waits[0]?.fault === "proof/invite-closed", "the closing");
  await eli.engine.dismissJoin({ ws: eli.ws });
  await eli.until("joining", ({ waits }) => waits.length === 0);
  await expect(ana.engine.approveJoin({ ws: ana.ws, user, channels: [] })).rejects.toMatchObject({
    code: "app/request-gone",
  });
});

test("I4 two admins let the same person in at once: one lands, the other is told by whom", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  await ana.engine.setRole({ ws: ana.ws, user: ben.account.me, role: "admin" });
  await ben.until(`workspace:${ben.ws}`, (view) => view.mayDecide, "being admin");
  const cleo = await asking(world, await approvalLink(ana), "Cleo");
  const user = await seen(ana, "Cleo");
  expect(await seen(ben, "Cleo")).toBe(user);
  const both = await Promise.all([ana, ben].map((one) => one.engine.approveJoin({ ws: one.ws, user, channels: [] })));
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(["already", "let-in"]);
  await inside(cleo);
  expect(ana.account.state.voids).toEqual([]);
});

test("I4 an admin made later reads the names of those who wait: they seal anew", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  await asking(world, await approvalLink(ana), "Cleo");
  await seen(ana, "Cleo");
  await ana.engine.setRole({ ws: ana.ws, user: ben.account.me, role: "admin" });
  await seen(ben, "Cleo");
});

test("I3 past its time by the admin's own clock nobody is let in, and the invite is closed before he next writes", async () => {
  let ahead = 0;
  const clock = { ...wallClock(), now: () => Date.now() + ahead };
  await using world = await startWorld();
  const ana = await world.founder("Ana", { clock });
  const { id: general } = await ana.channel("general");
  await asking(world, await approvalLink(ana), "Cleo");
  const user = await seen(ana, "Cleo");
  ahead = 101 * 3_600_000;
  await expect(ana.engine.approveJoin({ ws: ana.ws, user, channels: [] })).rejects.toMatchObject({
    code: "proof/invite-expired",
  });
  await ana.say(general, "later");
  expect([...ana.account.state.invites.values()].map((one) => one.closedAt === null)).toEqual([false]);
});

test("section 4: a guest is in the channels named for him, knows the people there, and sees nothing public", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: general } = await ana.channel("general");
  const ben = await world.invited(ana, "Ben");
  await world.invited(ana, "Outsider");
  for (const history of ["full", "since-join"] as const) {
    const input = { ws: ana.ws, kind: "private", name: `press-${history}`, topic: "", history } as const;
    const { channel } = await ana.engine.createChannel({ ...input, members: [ben.account.me] });
    await ana.say(channel, `before ${history}`);
  }
  const full = await ana.channel("press-full");
  const since = await ana.channel("press-since-join");
  await ben.channel("press-full");
  const link = await approvalLink(ana, { role: "guest", channels: [full.id, since.id] });
  const gus = await asking(world, link, "Gus");
  const user = await seen(ana, "Gus");
  const { asks } = await ana.until(`asking:${ana.ws}`, ({ asks }) => asks.length === 1);
  expect([...(asks[0]?.channels ?? [])].sort()).toEqual([full.id, since.id].sort());
  await ana.engine.approveJoin({ ws: ana.ws, user, channels: asks[0]?.channels ?? [] });
  await inside(gus);
  await gus.channel("press-full");
  await gus.channel("press-since-join");
  await gus.reads(full.id, "before full");
  await ana.say(since.id, "after");
  await gus.reads(since.id, "after");
  await gus.say(full.id, "guest here");
  await ben.reads(full.id, "guest here");
  const view = await gus.until(
    `workspace:${gus.ws}`,
    ({ people }) => ["Ana", "Ben", "Gus"].every((name) => people.some((one) => one.name === name)),
    "the names of those he meets",
  );
  expect(view.people.map(({ name }) => name).sort()).toEqual(["Ana", "Ben", "Gus"]);
  expect(view).toMatchObject({ name: "Riverbend", inviteModes: [], mayCreateChannels: false });
  expect(view.channels.map(({ id }) => id)).not.toContain(general);
  await ben.until(`workspace:${ben.ws}`, ({ people }) => people.some(({ name }) => name === "Gus"), "Gus’s name");
  await expect(
    gus.account.session.call("events.read", { channel: general, after: 0, before: null, limit: 5 }),
  ).rejects.toMatchObject({ code: "may/not-found" });
});

test("L7 who was removed is told by whom and when by the ledger, still reads what he has, and writes no more", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: general } = await ana.channel("general");
  const ben = await world.invited(ana, "Ben");
  await ben.say(general, "Ben was here");
  const { channel: room } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "room",
    topic: "",
    history: "full",
    members: [ben.account.me],
  });
  await ana.say(room, "kept by Ben");
  await ben.reads(room, "kept by Ben");
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: ben.account.me });
  for (const scope of [ana.account.workspaceScope, ana.account.scopeOf(room)])
    expect(needsRotation(ana.account.state, scope as never)).toBe(false);
  await ana.say(room, "after Ben");
  const view = await ben.until(`workspace:${ben.ws}`, ({ ended }) => ended !== null, "being told");
  expect(view.ended).toMatchObject({ why: "removed", by: ana.account.me });
  expect(view.channels.map(({ name }) => name)).toEqual(expect.arrayContaining(["general", "room"]));
  await ben.reads(room, "kept by Ben");
  await expect(ben.engine.sendMessage({ ws: ben.ws, channel: general, text: "?", files: [] })).rejects.toMatchObject({
    code: "may/removed",
  });
  await ben.reload();
  await ben.until(`workspace:${ben.ws}`, ({ ended }) => ended?.why === "removed", "the same after a reload");
  await ben.reads(room, "kept by Ben");
  await ben.engine.forgetWorkspace({ ws: ben.ws });
  await ben.until("session", ({ phase }) => phase === "signed-out");
});

test("L7 who is taken back comes in again with his old keys and reads what was written meanwhile in public", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: general } = await ana.channel("general");
  const ben = await world.invited(ana, "Ben");
  const { me } = ben.account;
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: me });
  await ana.say(general, "while Ben was out");
  await ben.until(`workspace:${ben.ws}`, ({ ended }) => ended !== null, "being out");
  await ana.engine.restoreMember({ ws: ana.ws, user: me });
  await ben.reload();
  await ben.until(`workspace:${ben.ws}`, ({ ended, connection }) => ended === null && connection === "online", "back");
  await ben.reads(general, "while Ben was out");
  await ben.say(general, "back again");
  await ana.reads(general, "back again");
});

test("L7 the last owner keeps the role and can't leave; after a transfer he can", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  await expect(ana.engine.leaveWorkspace({ ws: ana.ws })).rejects.toMatchObject({ code: "proof/last-owner" });
  await expect(ana.engine.setRole({ ws: ana.ws, user: ana.account.me, role: "admin" })).rejects.toMatchObject({
    code: "proof/last-owner",
  });
  await expect(ben.engine.setRole({ ws: ben.ws, user: ben.account.me, role: "owner" })).rejects.toMatchObject({
    code: "proof/no-right",
  });
  const { me } = ana.account;
  await ana.engine.transferOwnership({ ws: ana.ws, user: ben.account.me });
  expect(roleAt(ana.account.state, me)).toBe("admin");
  await ben.until(`workspace:${ben.ws}`, (view) => view.me.role === "owner" && view.lastOwner, "the role");
  await ana.engine.leaveWorkspace({ ws: ana.ws });
  await ana.until("session", ({ phase }) => phase === "signed-out");
  await ben.until(`workspace:${ben.ws}`, ({ people }) => people.some((one) => one.id === me && !one.active), "gone");
  // E10: whoever leaves can't rotate any more; the next who writes does.
  const { id: general } = await ben.channel("general");
  await ben.say(general, "without Ana");
  expect(needsRotation(ben.account.state, ben.account.workspaceScope)).toBe(false);
});

test("L7 members invite by approval and make channels as the policy lets them", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  await expect(approvalLink(ben)).rejects.toMatchObject({ code: "proof/no-right" });
  await ana.engine.setPolicy({ ws: ana.ws, invites: "members", channels: "admins" });
  await ben.until(
    `workspace:${ben.ws}`,
    (view) => view.inviteModes.length === 1 && !view.mayCreateChannels,
    "a policy",
  );
  const cleo = await asking(world, await approvalLink(ben), "Cleo");
  const user = await seen(ana, "Cleo");
  await expect(ben.engine.approveJoin({ ws: ben.ws, user, channels: [] })).rejects.toMatchObject({ name: "Fault" });
  await ana.engine.approveJoin({ ws: ana.ws, user, channels: [] });
  await inside(cleo);
});

test("#general, where everyone hears who comes and goes, is neither left nor archived", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { id: general } = await ana.channel("general");
  for (const act of ["leaveChannel", "archiveChannel"] as const)
    await expect(ana.engine[act]({ ws: ana.ws, channel: general })).rejects.toMatchObject({
      code: "app/first-channel",
    });
  const view = await ana.until(`channel:${ana.ws}:${general}`, () => true);
  expect(view).toMatchObject({ mayLeave: false, mayArchive: false });
});
