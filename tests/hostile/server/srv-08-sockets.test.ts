// SRV-08: live sockets: who is let in, who hears what, and who is put out when he no longer counts.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { toEventJson } from "@/lib/protocol/sync.ts";
import type { Wire } from "@/server/live/hub.ts";
import { frameBytes, Hub } from "@/server/live/hub.ts";
import { MAX_FRAME_BYTES } from "@/server/live/socket.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { inChain, scopeAct } from "@/tests/ledger-kit.ts";
import { b64, freshId, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let founder: Person;

beforeAll(async () => {
  world = await ServerWorld.founded();
  founder = world.book.founder;
});
afterAll(() => world.stop());

describe("SRV-08 the door", () => {
  test("SRV-08 nothing before hello, no hello without a good token", async () => {
    for (const frame of [{ t: "ping" }, { t: "hello", token: "x" }, { t: "hello", token: b64(32) }]) {
      const ear = world.ear();
      await ear.send(frame);
      expect((await ear.next("bye")).code).toBe("may/not-signed-in");
      await ear.closed;
    }
  });

  test("SRV-08 a socket that says nothing is closed", async () => {
    const quiet = await ServerWorld.founded({ limits: { headMs: 50 } });
    onTestFinished(() => quiet.stop());
    const ear = quiet.ear();
    expect((await ear.next("bye")).code).toBe("may/slow");
    await ear.closed;
  });

  test("SRV-08 pages of other origins, other hosts, other paths get no socket", async () => {
    expect(await world.ear({ origin: "https://evil.example" }).closed).toBe(1006);
    expect(await world.ear({ host: "evil.example" }).closed).toBe(1006);
    const response = await fetch(`${world.url}/live`);
    expect(response.status).toBe(404);
  });

  test("SRV-08 frames that are malformed, unknown, too large, too deep, binary", async () => {
    const bad = ["{", '{"t":"nope"}', '{"t":"ping","more":1}', `{"t":${"[".repeat(50)}${"]".repeat(50)}}`];
    for (const text of bad) {
      const ear = await world.listen(founder);
      await ear.send(text);
      expect((await ear.next("bye")).code, text.slice(0, 20)).toBe("may/bad-body");
      await ear.closed;
    }
    const large = await world.listen(founder);
    await large.send("x".repeat(MAX_FRAME_BYTES + 1));
    expect(await large.closed).toBe(1009);
    const binary = await world.listen(founder);
    binary.socket.send(Buffer.from('{"t":"ping"}'));
    expect((await binary.next("bye")).code).toBe("may/bad-body");
  });

  test("SRV-08 a flood of frames ends the socket", async () => {
    const tight = await ServerWorld.founded({ limits: { frames: { burst: 5, perMinute: 1 } } });
    onTestFinished(() => tight.stop());
    const ear = await tight.listen(tight.book.founder);
    for (let i = 0; i < 10; i += 1) await ear.send({ t: "ping" });
    expect((await ear.next("bye")).code).toBe("may/too-many");
  });
});

describe("SRV-08 who hears what", () => {
  test("SRV-08 events, purges, typing of a channel reach its readers alone", async () => {
    const [bob, eve] = [await world.join("bob"), await world.join("eve")];
    const { channel } = await world.room(founder, [bob]);
    const [his, hers, own] = [await world.listen(bob), await world.listen(eve), await world.listen(founder)];
    const { id } = await world.write(founder, channel);
    await world.call("events.purge", { channel, ids: [id], blobs: [] }, await world.login(founder));
    const typing = toEventJson(world.event(founder, channel, { header: { class: "ephemeral" } }));
    await own.send({ t: "ephemeral", channel, event: typing });
    await his.next("event");
    await his.next("purged");
    expect((await his.next("ephemeral")).event).toEqual(typing);
    await hers.settle();
    await own.settle();
    const kinds = (frames: { t: string }[]) =>
      frames.map((frame) => frame.t).filter((t) => !["ready", "pong"].includes(t));
    expect(kinds(hers.frames)).toEqual([]);
    expect(kinds(own.frames)).toEqual(["event", "purged"]);
    expect((await world.read(founder, channel)).length).toBe(1);
  });

  test("SRV-08 typing in a channel of others, in another's name, as a stored event", async () => {
    const [bob, eve] = [await world.join("bob"), await world.join("eve")];
    const { channel } = await world.room(founder, [bob]);
    const cases: [Person, Person, { class: "ephemeral" | "stored" }, string][] = [
      [eve, eve, { class: "ephemeral" }, "may/not-found"],
      [bob, founder, { class: "ephemeral" }, "event/wrong-author"],
      [bob, bob, { class: "stored" }, "event/wrong-place"],
    ];
    for (const [sender, named, header, code] of cases) {
      const ear = await world.listen(sender);
      await ear.send({ t: "ephemeral", channel, event: toEventJson(world.event(named, channel, { header })) });
      expect((await ear.next("bye")).code).toBe(code);
    }
  });

  test("SRV-08 keys and pleas are told to those concerned", async () => {
    const [bob, eve] = [await world.join("bob"), await world.join("eve")];
    const { scope } = await world.room(founder, [bob]);
    const [his, hers] = [await world.listen(bob), await world.listen(eve)];
    const seal = { purpose: "epoch", scope, epoch: 1, to: "user", recipient: bob.user, gen: 1, ct: b64(1168) };
    await world.call("keys.write", { seals: [seal], boxes: [] }, await world.login(founder));
    expect(await his.next("keys")).toEqual({ t: "keys", scope, epoch: 1 });
    await hers.settle();
    expect(hers.frames.some((frame) => frame.t === "keys")).toBe(false);
  });
});

describe("SRV-08 being put out", () => {
  test("SRV-08 a revoked device and a removed member are closed at once, others stay", async () => {
    const [bob, eve] = [await world.join("bob"), await world.join("eve")];
    const spare = world.book.device(bob);
    await world.push(await world.login(bob));
    const [lost, kept, hers] = [await world.listen(bob, spare), await world.listen(bob), await world.listen(eve)];
    world.book.add(bob, world.book.revokeAct(bob, spare));
    world.book.rotate(bob);
    const revoked = world.book.state.n;
    await world.push(await world.login(bob));
    expect((await lost.next("bye")).code).toBe("may/not-signed-in");
    await world.remove(founder, eve);
    expect((await hers.next("bye")).code).toBe("may/not-signed-in");
    // At once: not even the head of the change that put them out is told to them.
    const heads = (ear: typeof lost) => ear.frames.flatMap((frame) => (frame.t === "ledger" ? [frame.head.n] : []));
    expect(Math.max(0, ...heads(lost))).toBeLessThan(revoked);
    expect(heads(hers)).not.toContain(world.book.state.n);
    await kept.settle();
    expect(kept.frames.some((frame) => frame.t === "bye")).toBe(false);
  });

  test("SRV-08 a socket ends with its token, unless a new one of the same device comes", async () => {
    const mine = await ServerWorld.founded();
    onTestFinished(() => mine.stop());
    const person = mine.book.founder;
    const bob = await mine.join("bob");
    const [old, renewed] = [await mine.listen(person), await mine.listen(person)];
    mine.clock.at += 20 * 60_000;
    mine.forget(person.device);
    await renewed.send({ t: "hello", token: await mine.login(bob) });
    expect((await renewed.next("bye")).code).toBe("may/forbidden");
    const again = await mine.listen(person);
    mine.clock.at += 15 * 60_000;
    await mine.server.sweep();
    expect((await old.next("bye")).code).toBe("may/not-signed-in");
    await again.settle();
    expect(again.frames.some((frame) => frame.t === "bye")).toBe(false);
  });

  test("SRV-08 who left a channel hears no more of it, on the socket that he had", async () => {
    const bob = await world.join("bob");
    const { scope, channel } = await world.room(founder, [bob]);
    const his = await world.listen(bob);
    await world.write(founder, channel);
    await his.next("event");
    world.book.add(founder, scopeAct("scope_remove", bob), inChain(scope));
    world.book.rotate(founder, scope);
    await world.push(await world.login(founder));
    const { id } = await world.write(founder, channel);
    await his.settle();
    expect(his.frames.some((frame) => frame.t === "event" && frame.row.id === id)).toBe(false);
  });

  test("SRV-08 one who does not read is dropped, and the others hear on", () => {
    const ended: string[] = [];
    const wire = (name: string, backlog: number): Wire => ({
      bufferedAmount: backlog,
      readyState: 1,
      send: (data) => void ended.push(`${name} ${JSON.parse(String(data)).t}`),
      close: () => void ended.push(`${name} closed`),
      terminate: () => undefined,
    });
    const hub = new Hub(1000);
    const pipe = { cork: () => undefined, uncork: () => undefined };
    const place = { ws: world.ws, expires: 1, pipe };
    for (const [name, backlog] of [
      ["slow", 1001],
      ["fast", 0],
    ] as const)
      hub.add({ ...place, wire: wire(name, backlog), user: freshId(), device: freshId() });
    hub.publish(world.ws, frameBytes({ t: "pong" }), () => true);
    expect(ended).toEqual(["slow bye", "slow closed", "fast pong"]);
    expect(hub.count).toBe(1);
  });

  test("SRV-08 a page after another channel's cursor shows that channel nothing", async () => {
    const bob = await world.join("bob");
    const { channel: secret } = await world.room(founder, []);
    const open = await world.channel();
    await world.write(founder, secret);
    const cursors = [
      { channel: secret, after: 0 },
      { channel: open, after: 999 },
    ];
    const pull = await world.call("sync.pull", { cursors, limit: 10 }, await world.login(bob));
    expect(pull.data.channels).toEqual([{ channel: open, rows: [], last: 0 }]);
  });
});
