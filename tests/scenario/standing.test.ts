// What belongs to the account and what to the device: whether the code is confirmed, and how a device learns that it is out (D2, D3).
import { expect, test } from "vitest";
import { askEnding, endedOf } from "@/lib/client/account/ending.ts";
import { linked } from "@/tests/linking.ts";
import { confirmed } from "@/tests/recovery-kit.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const workspace = (actor: Actor) => actor.until(`workspace:${actor.ws}`, () => true);

test("D3 a linked device of an unconfirmed account is unconfirmed, and hears when another confirms", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const phone = await linked(world, ana, "Phone");
  expect((await workspace(phone)).recoveryConfirmed).toBe(false);
  expect((await phone.until(`recovery:${phone.ws}`, () => true)).confirmed).toBe(false);
  await expect(phone.engine.signOut({ ws: phone.ws })).rejects.toMatchObject({ code: "app/no-way-back" });
  // It never has the words.
  expect(await phone.engine.recoveryWords({ ws: phone.ws })).toBeNull();
  const words = await confirmed(ana);
  await phone.until(`workspace:${phone.ws}`, ({ recoveryConfirmed }) => recoveryConfirmed, "the other's word");
  // One that comes later knows, too; and a new code is unconfirmed everywhere again.
  const tablet = await linked(world, ana, "Tablet");
  await tablet.until(`workspace:${tablet.ws}`, ({ recoveryConfirmed }) => recoveryConfirmed, "what was said before");
  await ana.engine.changeRecoveryCode({ ws: ana.ws, words: words.join(" ") });
  for (const device of [ana, phone, tablet])
    await device.until(`workspace:${device.ws}`, ({ recoveryConfirmed }) => !recoveryConfirmed, "a new code");
  await confirmed(ana);
  await phone.until(`workspace:${phone.ws}`, ({ recoveryConfirmed }) => recoveryConfirmed, "confirmed anew");
  await phone.engine.signOut({ ws: phone.ws });
}, 60_000);

test("D2 a device that is retired learns it from the ledger: at once while it is open, and at its next start", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const open = await linked(world, ana, "Open phone");
  const shut = await linked(world, ana, "Shut phone");
  const general = await ana.channel("general");
  await ana.say(general.id, "for all three");
  await open.reads(general.id, "for all three");
  await shut.reads(general.id, "for all three");
  await shut.stop();
  const gone = [open, shut].map((one) => one.account.keyring.device.id);
  for (const device of gone) await ana.engine.retireDevice({ ws: ana.ws, device });
  const out = (view: { ended: { why: string } | null }) => view.ended?.why === "retired";
  const view = await open.until(`workspace:${open.ws}`, out, "being out");
  expect(view).toMatchObject({ standing: "retired", stopped: null, ended: { by: ana.account.me } });
  await shut.reload();
  expect(await shut.until(`workspace:${shut.ws}`, out, "being out")).toMatchObject({ standing: "retired" });
  // Both keep what they could read, and say no more than that.
  for (const device of [open, shut]) {
    await device.reads(general.id, "for all three");
    expect(device.account.notices).toEqual([]);
  }
}, 60_000);

test("D2 a device learns that it is out though it was put into a channel while it was away, whose beginning it never saw", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const phone = await linked(world, ben, "Phone");
  const input = { ws: ana.ws, kind: "private", name: "room", topic: "", history: "full", members: [] } as const;
  const { channel } = await ana.engine.createChannel(input);
  await phone.until(`workspace:${phone.ws}`, ({ position }) => position >= ana.account.state.n);
  await phone.stop();
  await ana.engine.addMember({ ws: ana.ws, channel, user: ben.account.me });
  await ben.until(`workspace:${ben.ws}`, ({ position }) => position >= ana.account.state.n);
  await ben.engine.retireDevice({ ws: ben.ws, device: phone.account.keyring.device.id });
  await phone.reload();
  await phone.until(`workspace:${phone.ws}`, ({ ended }) => ended?.why === "retired", "being out");
  expect(phone.account.notices).toEqual([]);
}, 60_000);

test("D2 a device that asks twice at once whether it is out believes the ledger, and alarms nobody", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { account, ws } = await linked(world, ana, "Phone");
  account.live.stop();
  await ana.engine.retireDevice({ ws, device: account.keyring.device.id });
  await Promise.all([askEnding(account), askEnding(account)]);
  expect(endedOf(account)).toMatchObject({ why: "retired" });
  expect([account.book.stop, account.notices]).toEqual(["may/retired", []]);
});
