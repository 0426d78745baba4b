// Invites: each way a link can fail is named, and nothing is left behind (I1–I6).
import { expect, test } from "vitest";
import { wallClock } from "@/lib/platform/clock.ts";
import { needsRotation } from "@/lib/proof/queries.ts";
import { startWorld } from "@/tests/world.ts";

test("I3 a used, closed, expired or mangled link says which", async () => {
  let now = Date.now();
  await using world = await startWorld({ clock: { now: () => now } });
  const ana = await world.founder("Ana");
  const visitor = await world.actor("Visitor");
  const fragment = (link: string) => `#${link.split("#")[1]}`;
  const look = (link: string) => visitor.engine.inspectInvite({ fragment: fragment(link) });

  const { link: used } = await ana.engine.createInvite({ ws: ana.ws, label: "Ben", maxUses: 1, hours: 1 });
  expect(await look(used)).toMatchObject({ workspace: "Riverbend", inviter: "Ana", singleUse: true });
  const ben = await world.joins(used, "Ben");
  await expect(look(used)).rejects.toMatchObject({ code: "proof/invite-used" });
  // I5: this use closed the invite, so the joiner took new keys in the same batch.
  expect(needsRotation(ben.account.state, ben.account.workspaceScope)).toBe(false);
  expect(ben.account.state.scopes.get(ben.account.workspaceScope)?.epochs.length).toBe(2);

  const { link: closed, invite } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  await ana.engine.closeInvite({ ws: ana.ws, invite });
  await expect(look(closed)).rejects.toMatchObject({ code: "proof/invite-closed" });

  const { link: good } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  await expect(look(good.slice(0, -3))).rejects.toMatchObject({ code: "wire/bad-invite-link" });
  const mangled = good.replace(/.{9}$/, "AAAAAAAAA");
  // A whole link with a wrong secret is not called incomplete: it says what is wrong with it.
  await expect(look(mangled)).rejects.toMatchObject({ code: "wire/wrong-invite-secret" });

  const { link: expired } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  now += 2 * 3_600_000;
  await expect(look(expired)).rejects.toMatchObject({ code: "proof/invite-expired" });
});

test("I6 a removal closes every open instant invite", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: ben.account.me });
  const visitor = await world.actor("Visitor");
  await expect(visitor.engine.inspectInvite({ fragment: `#${link.split("#")[1]}` })).rejects.toMatchObject({
    code: "proof/invite-closed",
  });
  expect(needsRotation(ana.account.state, ana.account.workspaceScope)).toBe(false);
});

test("D3 the recovery code shows until three of its words are given back, and sign-out waits for that", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const words = (await ana.engine.recoveryWords({ ws: ana.ws })) ?? [];
  expect(words).toHaveLength(24);
  await expect(ana.engine.signOut({ ws: ana.ws })).rejects.toMatchObject({ code: "app/no-way-back" });
  const answers = [3, 11, 19].map((index) => ({ index, word: words[index] ?? "" }));
  expect(
    await ana.engine.confirmRecovery({ ws: ana.ws, answers: answers.map(({ index }) => ({ index, word: "wrong" })) }),
  ).toBe(false);
  expect(await ana.engine.confirmRecovery({ ws: ana.ws, answers })).toBe(true);
  expect(await ana.engine.recoveryWords({ ws: ana.ws })).toBeNull();
  await ana.engine.signOut({ ws: ana.ws });
  expect(await ana.until("session", ({ phase }) => phase === "signed-out")).toMatchObject({ accounts: [] });
});

test("I3 whoever writes past an invite's expiry closes it first, and its holder gets no later key", async () => {
  let ahead = 0;
  const clock = { ...wallClock(), now: () => Date.now() + ahead };
  await using world = await startWorld();
  const ana = await world.founder("Ana", { clock });
  const { id: general } = await ana.channel("general");
  const { invite } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  await ana.say(general, "the holder may read this");
  const open = ana.account.state.scopes.get(ana.account.workspaceScope)?.epochs.length ?? 0;
  ahead = 2 * 3_600_000;
  await ana.say(general, "the holder may not read this");
  expect(ana.account.state.invites.get(invite)?.closedAt).not.toBeNull();
  expect(ana.account.state.scopes.get(ana.account.workspaceScope)?.epochs.length).toBe(open + 1);
});
