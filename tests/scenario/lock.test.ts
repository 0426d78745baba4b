// The app lock over whole engines: turned on, shut, opened, changed, forgotten; and what a crash in the middle leaves (A5).
import { expect, test } from "vitest";
import { Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Storage } from "@/lib/client/ports.ts";
import { codeOf, link, linked } from "@/tests/linking.ts";
import { confirmed } from "@/tests/recovery-kit.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const PASS = "four quiet rivers meet";
const NEXT = "another five words entirely";

async function phase(actor: Actor, is: string): Promise<void> {
  await actor.until("session", (view) => view.phase === is, is);
}

async function founded() {
  const world = await startWorld();
  const ana = await world.founder("Ana");
  // Nobody locks himself out: the recovery code comes first.
  await expect(ana.engine.turnOnLock({ passphrase: PASS })).rejects.toMatchObject({ code: "app/no-way-back" });
  await confirmed(ana);
  const general = await ana.channel("general");
  await ana.say(general.id, "before the lock");
  return { world, ana, general: general.id };
}

test("A5 a locked profile shows nothing, does nothing, and opens whole with the passphrase", async () => {
  const { world, ana, general } = await founded();
  await using _ = world;
  const ben = await world.invited(ana, "Ben");
  await expect(ana.engine.turnOnLock({ passphrase: "short" })).rejects.toMatchObject({ code: "lock/short" });
  await expect(ana.engine.lockNow({})).rejects.toMatchObject({ code: "lock/off" });
  await ana.engine.turnOnLock({ passphrase: PASS });
  await ana.say(general, "with the lock on");
  const seen: string[] = [];
  const end = ana.engine.subscribe(`timeline:${ana.ws}:${general}`, (view) => seen.push(JSON.stringify(view)));
  await ana.engine.lockNow({});
  await phase(ana, "locked");
  const before = seen.length;
  await ben.say(general, "while Ana is away");
  expect(await ana.until("session", () => true)).toEqual({ phase: "locked", accounts: [] });
  expect(await ana.until("lock", () => true)).toMatchObject({ on: true, locked: true, idleMinutes: null });
  expect(ana.engine.accounts.size).toBe(0);
  const send = async () => ana.engine.sendMessage({ ws: ana.ws, channel: general, text: "no", files: [] });
  await expect(send()).rejects.toMatchObject({ code: "store/vault-locked" });
  await expect(
    ana.engine.joinWorkspace({ fragment: `#v1.${"A".repeat(22)}.${"A".repeat(43)}`, name: "Ana", avatar: null }),
  ).rejects.toMatchObject({ code: "store/vault-locked" });
  for (const wrong of ["", PASS.toUpperCase(), `${PASS} `])
    await expect(ana.engine.unlock({ passphrase: wrong })).rejects.toMatchObject({ code: "lock/wrong" });
  expect(seen.length).toBe(before);
  await ana.engine.unlock({ passphrase: PASS });
  await phase(ana, "ready");
  await ana.reads(general, "while Ana is away");
  await ana.reads(general, "before the lock");
  await ana.say(general, "back");
  await ben.reads(general, "back");
  end();
  expect(ana.account.notices).toEqual([]);
}, 60_000);

test("A5 every start is locked, and the wrong passphrase loses nothing", async () => {
  const { world, ana, general } = await founded();
  await using _ = world;
  await ana.engine.saveDraft({ ws: ana.ws, channel: general, text: "half a thought" });
  await ana.engine.turnOnLock({ passphrase: PASS });
  await ana.reload();
  await phase(ana, "locked");
  await expect(ana.engine.unlock({ passphrase: NEXT })).rejects.toMatchObject({ code: "lock/wrong" });
  // The same letters, composed another way by another keyboard.
  await ana.engine.unlock({ passphrase: PASS.normalize("NFD") });
  await ana.online();
  expect((await ana.until(`timeline:${ana.ws}:${general}`, () => true)).draft).toBe("half a thought");
  expect(ana.account.vault.damaged).toEqual([]);
  // Changed: the old passphrase opens nothing; turned off: nothing is asked.
  await expect(ana.engine.changeLock({ passphrase: NEXT, next: PASS })).rejects.toMatchObject({ code: "lock/wrong" });
  await ana.engine.changeLock({ passphrase: PASS, next: NEXT });
  await ana.reload();
  await expect(ana.engine.unlock({ passphrase: PASS })).rejects.toMatchObject({ code: "lock/wrong" });
  await ana.engine.unlock({ passphrase: NEXT });
  await ana.reads(general, "before the lock");
  await expect(ana.engine.turnOffLock({ passphrase: PASS })).rejects.toMatchObject({ code: "lock/wrong" });
  await ana.engine.turnOffLock({ passphrase: NEXT });
  await ana.reload();
  await phase(ana, "ready");
  await ana.reads(general, "before the lock");
  expect(ana.account.vault.damaged).toEqual([]);
}, 60_000);

test("A5 the minutes are kept, within bounds, and are nobody's to read while it is locked", async () => {
  const { world, ana } = await founded();
  await using _ = world;
  await ana.engine.turnOnLock({ passphrase: PASS });
  expect(await ana.until("lock", ({ on }) => on)).toMatchObject({ idleMinutes: 15, passkey: null });
  for (const [minutes, kept] of [
    [5, 5],
    [0.2, 1],
    [1e9, 1440],
    [null, null],
  ] as const) {
    await ana.engine.setLockIdle({ minutes });
    await ana.until("lock", ({ idleMinutes }) => idleMinutes === kept, String(kept));
  }
  await ana.engine.setLockIdle({ minutes: 60 });
  await ana.reload();
  expect(await ana.until("lock", () => true)).toMatchObject({ locked: true, idleMinutes: null });
  await ana.engine.unlock({ passphrase: PASS });
  await ana.until("lock", ({ idleMinutes }) => idleMinutes === 60, "an hour");
});

test("A5 a passkey opens it too, another one does not, and outlives a new passphrase", async () => {
  const { world, ana, general } = await founded();
  await using _ = world;
  const id = new Uint8Array(16).fill(7);
  const salt = new Uint8Array(32).fill(9);
  const prf = new Uint8Array(32).fill(11);
  await ana.engine.turnOnLock({ passphrase: PASS });
  await expect(ana.engine.addLockPasskey({ passphrase: NEXT, id, salt, prf })).rejects.toMatchObject({
    code: "lock/wrong",
  });
  await ana.engine.addLockPasskey({ passphrase: PASS, id, salt, prf });
  await ana.engine.changeLock({ passphrase: PASS, next: NEXT });
  await ana.reload();
  const { passkey } = await ana.until("lock", ({ locked }) => locked);
  expect(passkey).toEqual({ id, salt });
  const other = new Uint8Array(32).fill(12);
  await expect(ana.engine.unlockByPasskey({ id, salt, prf: other })).rejects.toMatchObject({
    code: "lock/wrong-passkey",
  });
  await ana.engine.unlockByPasskey({ id, salt, prf });
  await ana.reads(general, "before the lock");
  await ana.engine.dropLockPasskey({});
  await ana.reload();
  await expect(ana.engine.unlockByPasskey({ id, salt, prf })).rejects.toMatchObject({ code: "lock/wrong-passkey" });
  await ana.engine.unlock({ passphrase: NEXT });
  await ana.reads(general, "before the lock");
}, 60_000);

/** A disk that takes no write any more, once it was told how many it still takes. */
function dying(storage: Storage): Storage & { after(writes: number): void } {
  let left = Number.POSITIVE_INFINITY;
  return {
    ...storage,
    after(writes) {
      left = writes;
    },
    write: async (ops) => {
      left -= 1;
      if (left < 0) throw new Fault("store/full");
      await storage.write(ops);
    },
  };
}

test("A5 a crash while rows are sealed anew leaves every row readable, and the rest is done at the next unlock", async () => {
  const { world, ana, general } = await founded();
  await using _ = world;
  for (let i = 0; i < 3; i += 1) await ana.say(general, `row ${i}`);
  const whole = ana.profile.storage;
  const disk = dying(whole);
  Object.assign(ana.profile, { storage: disk });
  await ana.reload();
  await ana.online();
  disk.after(3);
  await expect(ana.engine.turnOnLock({ passphrase: PASS })).rejects.toMatchObject({ code: "store/full" });
  expect(ana.account.vault.keys).toHaveLength(2);
  Object.assign(ana.profile, { storage: whole });
  await ana.reload();
  await phase(ana, "locked");
  await ana.engine.unlock({ passphrase: PASS });
  for (let i = 0; i < 3; i += 1) await ana.reads(general, `row ${i}`);
  expect(ana.account.vault.keys).toHaveLength(1);
  await ana.reload();
  await ana.engine.unlock({ passphrase: PASS });
  await ana.online();
  for (let i = 0; i < 3; i += 1) await ana.reads(general, `row ${i}`);
  expect(ana.account.vault.damaged).toEqual([]);
}, 60_000);

test("A5 a forgotten passphrase: linked by another device, the profile begins anew with all of the past", async () => {
  const { world, ana, general } = await founded();
  await using _ = world;
  const phone = await linked(world, ana, "Phone");
  await phone.until(`workspace:${phone.ws}`, ({ recoveryConfirmed }) => recoveryConfirmed, "the code's state");
  await phone.engine.turnOnLock({ passphrase: PASS });
  await phone.reload();
  await phase(phone, "locked");
  const was = phone.ws;
  phone.ws = "" as WorkspaceId;
  await link(ana, phone, await codeOf(phone));
  expect(phone.ws).toBe(was);
  await phone.reads(general, "before the lock");
  expect(await phone.until("lock", () => true)).toMatchObject({ on: false, locked: false });
  await phone.reload();
  await phase(phone, "ready");
}, 60_000);
