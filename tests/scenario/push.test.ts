// Wake-ups from a real server to a push service on this machine: whom, how often, what they hold, and when they end (S2, acceptance of push).
import { afterEach, beforeEach, expect, test } from "vitest";
import { toBase64url } from "@/lib/base/encoding.ts";
import { PUSH } from "@/lib/protocol/setting/push.ts";
import { linked } from "@/tests/linking.ts";
import { PushReceiver, PushService, readVapid, TEST_PUSH } from "@/tests/push-kit.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

let service: PushService;
beforeEach(async () => {
  service = new PushService();
  await service.up();
});
afterEach(() => service.down());

/** Subscribes an actor's device at the service under a path of its own. */
async function subscribe(actor: Actor, path: string): Promise<PushReceiver> {
  const receiver = new PushReceiver(`${service.origin}/${path}`);
  await actor.account.session.call("push.subscribe", receiver.input);
  return receiver;
}

test("S2 wake-ups have one size and hold neither text nor ids, whatever woke; the server signs them with its own key", async () => {
  await using world = await startWorld({ push: TEST_PUSH });
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  const { key } = await ben.account.session.call("push.key", {});
  const receiver = await subscribe(ben, "ben");
  await ben.stop();
  const texts = ["hi", "a longer word ".repeat(300), `<@${ben.account.me}> look`];
  for (const [i, text] of texts.entries()) {
    await ana.say(general, text);
    await service.count(i + 1);
  }
  const { deliveries } = service;
  expect(new Set(deliveries.map(({ body }) => body.length)).size).toBe(1);
  for (const { body, headers, path } of deliveries) {
    const plain = receiver.open(body);
    expect(plain.length).toBe(PUSH.plainBytes);
    expect([...plain]).toEqual([PUSH.version, ...Array(PUSH.plainBytes - 1).fill(0)]);
    expect(path).toBe("/ben");
    const said = JSON.stringify(headers);
    for (const secret of [...texts.slice(1), ana.ws, general, ben.account.me, ben.account.keyring.device.id])
      expect(said).not.toContain(secret);
    const { key: named, claims } = readVapid(headers.authorization ?? "");
    expect(named).toBe(key);
    expect(claims.aud).toBe(service.origin);
    expect(claims.exp - Date.now() / 1000).toBeLessThanOrEqual(24 * 3600);
  }
  expect(new Set(deliveries.map(({ headers }) => Object.keys(headers).sort().join()))).toHaveProperty("size", 1);
});

test("S2 nobody is woken by himself, while he is connected, for what he may not read, or for what is no channel", async () => {
  await using world = await startWorld({ push: TEST_PUSH });
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  const phone = await linked(world, ana, "phone");
  const { id: general } = await ana.channel("general");
  for (const [actor, path] of [
    [ben, "ben"],
    [cleo, "cleo"],
    [phone, "phone"],
  ] as const)
    await subscribe(actor, path);
  await cleo.stop();
  await phone.stop();
  const { channel: secret } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "sources",
    topic: "",
    history: "full",
    members: [ben.account.me],
  });
  // Names, markers, settings and profiles travel in places that wake nobody; Ben is connected; Cleo is not in.
  await ana.say(secret, "between two");
  await ana.engine.markRead({ ws: ana.ws, channel: secret });
  await ana.engine.setProfile({ ws: ana.ws, name: "Ana", title: "Editor", avatar: null });
  await ben.reads(secret, "between two");
  expect(service.deliveries).toEqual([]);
  await ben.say(general, "for all");
  await service.count(2);
  expect(service.deliveries.map(({ path }) => path).sort()).toEqual(["/cleo", "/phone"]);
  // One's own other devices are not woken by oneself.
  await ana.say(general, "from Ana");
  await service.count(3);
  expect(service.deliveries.map(({ path }) => path).sort()).toEqual(["/cleo", "/cleo", "/phone"]);
});

test("a burst is one wake-up, and one more when the device has rested", async () => {
  await using world = await startWorld({ push: { ...TEST_PUSH, restMs: 1500 } });
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  await subscribe(ben, "ben");
  await ben.stop();
  for (let i = 0; i < 12; i += 1) await ana.say(general, `burst ${i}`);
  await service.count(2);
  await ana.say(general, "and again");
  await service.count(3);
  expect(service.deliveries.length).toBe(3);
});

test("a subscription ends when the push service says so, by its device, with the device, and survives a restart", async () => {
  await using world = await startWorld({ push: TEST_PUSH });
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const phone = await linked(world, ben, "phone");
  const { id: general } = await ana.channel("general");
  const before = await ben.account.session.call("push.key", {});
  await subscribe(ben, "laptop");
  await subscribe(phone, "phone");
  await world.restart();
  await ana.online();
  await ben.online();
  expect(await ben.account.session.call("push.key", {})).toEqual(before);
  // The phone is retired: its subscription goes with it.
  await ben.engine.retireDevice({ ws: ben.ws, device: phone.account.keyring.device.id });
  await ben.stop();
  await ana.say(general, "to whoever is left");
  await service.count(1);
  expect(service.deliveries.map(({ path }) => path)).toEqual(["/laptop"]);
  service.status = 410;
  await ana.say(general, "gone with this");
  await service.count(2);
  service.status = 201;
  await ben.reload();
  await ben.until(`workspace:${ben.ws}`, ({ connection }) => connection === "online");
  // Gone by the service's word: there is nothing left to end.
  expect((await ben.account.session.call("push.unsubscribe", {})).stored).toBe(0);
  await subscribe(ben, "again");
  expect((await ben.account.session.call("push.unsubscribe", {})).stored).toBe(1);
  await ben.stop();
  await ana.say(general, "to nobody");
  await ana.say(general, "and to nobody again");
  expect(service.deliveries.length).toBe(2);
});

test("a push service that redirects is not followed, and no private address is taken", async () => {
  await using world = await startWorld({ push: TEST_PUSH });
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  await subscribe(ben, "ben");
  await ben.stop();
  service.status = 302;
  await ana.say(general, "go elsewhere");
  await service.count(1);
  await ana.say(general, "and here again");
  await service.count(2);
  expect(service.deliveries.map(({ path }) => path)).toEqual(["/ben", "/ben"]);
  const receiver = new PushReceiver("https://10.0.0.1/inside");
  await expect(ana.account.session.call("push.subscribe", receiver.input)).rejects.toMatchObject({
    code: "may/bad-endpoint",
  });
  const bent = { ...receiver.input, endpoint: `${service.origin}/x`, p256dh: toBase64url(new Uint8Array(65)) };
  await expect(ana.account.session.call("push.subscribe", bent)).rejects.toMatchObject({ code: "may/bad-endpoint" });
});

test("without the setting for tests the same server takes no address of this machine", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  for (const endpoint of [service.origin, service.origin.replace("localhost", "127.0.0.1")])
    await expect(
      ana.account.session.call("push.subscribe", new PushReceiver(`${endpoint}/ana`).input),
    ).rejects.toMatchObject({ code: "may/bad-endpoint" });
});
