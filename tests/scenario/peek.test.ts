// What a woken device sees, with its engine closed: the words themselves, verified, and nothing changed anywhere (S2).
import { expect, test } from "vitest";
import { type Peeked, peek } from "@/lib/client/notify/peek.ts";
import type { Ports, Transport } from "@/lib/client/ports.ts";
import { memoryPorts } from "@/lib/platform/memory/ports.ts";
import { askingTransport, heldKeystore, heldSpool, overlayStorage } from "@/lib/platform/runtime/overlay.ts";
import { DEFAULT_NOTIFY } from "@/lib/protocol/setting/notify.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

/** The profile's rows as they lie there. */
async function rows(actor: Actor): Promise<string> {
  const { storage } = actor.profile;
  const all = [];
  for (const table of [...(await storage.tables())].sort())
    all.push([table, (await storage.scan(table, { limit: 1e6 })).map(({ key, value }) => [key, [...value]])]);
  return JSON.stringify(all);
}

/** A look over an actor's profile, and the procedures that it called. */
async function look(actor: Actor, shown = 0): Promise<{ peeked: Peeked; asked: string[] }> {
  const asked: string[] = [];
  const counted: Transport = {
    ...actor.transport,
    call: (procedure, ...rest) => {
      asked.push(procedure);
      return actor.transport.call(procedure, ...rest);
    },
  };
  const asking = memoryPorts(askingTransport(counted), actor.profile, actor.clock);
  const ports: Ports = {
    ...asking,
    spool: heldSpool(asking.spool),
    storage: overlayStorage(actor.profile.storage),
    keystore: heldKeystore(actor.profile.keystore),
  };
  return { peeked: await peek({ ports, shown: () => shown }), asked };
}

test("a mention is read with the engine closed, by the newest settings and markers, and nothing is written or sent", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  await ana.say(general, `before, <@${ben.account.me}>`);
  await ben.message(general, ({ mentionsMe }) => mentionsMe);
  await ben.online();
  const me = ben.account.me;
  await ben.stop();
  await ana.say(general, "not for him alone");
  await ana.say(general, `the proofs are in, <@${me}>`);
  await ana.say(general, `and <@${me}> the plates`);
  const before = await rows(ben);
  const { peeked, asked } = await look(ben);
  expect(peeked).toMatchObject({ state: "open", waiting: 3 });
  expect(peeked.alerts).toMatchObject([
    { channel: general, name: "Ana", place: "general", text: "and @Ben the plates", count: 2, bare: false },
  ]);
  expect(await rows(ben)).toBe(before);
  expect(
    asked.filter(
      (one) => !/^(auth\.(challenge|login)|ledger\.(read|head|chain)|keys\.(read|puk)|events\.read|sync\.)/.test(one),
    ),
  ).toEqual([]);
  // Shown once is not shown again.
  const pos = peeked.alerts[0]?.pos ?? 0;
  expect((await look(ben, pos)).peeked.alerts).toEqual([]);
  // And the engine that comes back has missed nothing.
  await ben.reload();
  await ben.online();
  await ben.reads(general, `and <@${me}> the plates`);
});

test("with names and text hidden only that is said; a locked profile says nothing more than that something came", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  const { me } = ben.account;
  await ben.engine.chooseNotify({ ws: ben.ws, setting: { ...DEFAULT_NOTIFY, text: false } });
  await ben.online();
  await ben.stop();
  await ana.say(general, `quietly, <@${me}>`);
  expect((await look(ben)).peeked.alerts).toMatchObject([{ bare: true }]);
  await ben.reload();
  await ben.online();
  const words = (await ben.engine.recoveryWords({ ws: ben.ws })) ?? [];
  await ben.engine.confirmRecovery({ ws: ben.ws, answers: words.map((word, index) => ({ word, index })).slice(0, 3) });
  await ben.engine.turnOnLock({ passphrase: "the quay at low tide" });
  await ben.stop();
  await ana.say(general, `locked, <@${me}>`);
  const { peeked, asked } = await look(ben);
  expect(peeked).toEqual({ state: "locked", alerts: [], waiting: 0 });
  expect(asked).toEqual([]);
});

test("what was read on another device, and a profile without accounts, show nothing", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const fresh = await world.actor("nobody");
  await fresh.stop();
  expect((await look(fresh)).peeked).toMatchObject({ state: "empty", alerts: [] });
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  await ben.stop();
  await ana.say(general, "for all");
  expect((await look(ben)).peeked.alerts).toEqual([]);
});
