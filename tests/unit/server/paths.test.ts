// The server's main paths over real sockets: found, join, write, read, listen, files.
import { afterAll, beforeAll, expect, test } from "vitest";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { ciphertext, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let founder: Person;
let bob: Person;

beforeAll(async () => {
  world = await ServerWorld.founded();
  founder = world.book.founder;
  bob = await world.join("bob");
});
afterAll(() => world.stop());

test("a setup token serves once", async () => {
  const other = await ServerWorld.founded();
  const again = await other.call("setup.create", {
    token: "A".repeat(43),
    batch: other.batch([other.book.entries[0]!.link!]),
  });
  expect(again.fault).toBe("may/setup-used");
  await other.stop();
});

test("what one writes, others read and hear", async () => {
  const channel = await world.channel();
  const ear = await world.listen(bob);
  const { id, pos } = await world.write(founder, channel);
  expect(pos).toBe(1);
  const frame = await ear.next("event");
  expect(frame.row.id).toBe(id);
  expect((await world.read(bob, channel)).map((row) => row.id)).toEqual([id]);
  const state = await world.call("sync.state", {}, await world.login(bob));
  expect(state.data.channels).toContainEqual({ channel, last: 1 });
  const pull = await world.call("sync.pull", { cursors: [{ channel, after: 0 }], limit: 10 }, await world.login(bob));
  expect(pull.data.channels[0]?.rows[0]?.id).toBe(id);
});

test("M6 the same bytes land once, other bytes under the same id do not", async () => {
  const channel = await world.channel();
  const event = world.event(founder, channel);
  const first = await world.send(founder, channel, [event]);
  const again = await world.send(founder, channel, [event]);
  expect(again.data).toEqual(first.data);
  const forged = await world.send(founder, channel, [{ ...event, ciphertext: new Uint8Array(528) }]);
  expect(forged.data.refused).toEqual({ id: event.id, code: "event/exists" });
  expect(await world.read(founder, channel)).toHaveLength(1);
});

test("M2 a session's events land in order, and all behind a refused one are refused", async () => {
  const channel = await world.channel();
  const [a, b, c] = [world.event(bob, channel), world.event(bob, channel), world.event(bob, channel)];
  const gap = await world.send(bob, channel, [a, c, b]);
  expect(gap.data.accepted.map((one) => one.id)).toEqual([a.id]);
  expect(gap.data.refused).toEqual({ id: c.id, code: "event/out-of-order" });
  const rest = await world.send(bob, channel, [b, c]);
  expect(rest.data.accepted.map((one) => one.pos)).toEqual([2, 3]);
});

test("M5 only the newest epoch is taken, and none after a revoking change", async () => {
  const { scope, channel } = await world.room(founder, [bob]);
  const old = world.event(bob, channel);
  world.book.rotate(founder, scope);
  await world.push(await world.login(founder));
  expect((await world.send(bob, channel, [old])).data.refused?.code).toBe("proof/stale-epoch");
});

test("the self scope is its owner's alone, under his newest key", async () => {
  const channel = world.selfChannel(bob);
  await world.write(bob, channel);
  expect(await world.read(bob, channel)).toHaveLength(1);
  const spy = await world.call(
    "events.read",
    { channel, after: 0, before: null, limit: 1 },
    await world.login(founder),
  );
  expect(spy.fault).toBe("may/not-found");
  const stale = await world.send(bob, channel, [world.event(bob, channel, { header: { epoch: 2 } })]);
  expect(stale.data.refused?.code).toBe("proof/stale-epoch");
});

test("files go up in segments and come down again", async () => {
  const channel = await world.channel();
  const segments = ciphertext(LIMITS.segmentBytes + 1, 7);
  const blob = await world.upload(founder, channel, segments);
  const got = await world.getSegment({ blob, segment: 1 }, await world.login(bob));
  expect(got.status).toBe(200);
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(segments[1]);
  expect(got.headers.get("content-disposition")).toMatch(/^attachment/);
});

test("a purge empties the row and drops the file, and listeners hear of it", async () => {
  const channel = await world.channel();
  const { id } = await world.write(bob, channel);
  const blob = await world.upload(bob, channel, ciphertext(64));
  const ear = await world.listen(founder);
  const answer = await world.call("events.purge", { channel, ids: [id], blobs: [blob] }, await world.login(bob));
  expect(answer.data).toEqual({ purged: 1 });
  expect((await ear.next("purged")).ids).toEqual([id]);
  expect((await world.read(founder, channel))[0]?.ciphertext).toBe("");
  expect((await world.getSegment({ blob, segment: 0 }, await world.login(bob))).status).toBe(404);
});

test("everything is there after a restart", async () => {
  const home = await ServerWorld.founded();
  const channel = await home.channel();
  const { id } = await home.write(home.book.founder, channel);
  await home.server.stop();
  const { startServer } = await import("@/server/main.ts");
  const server = await startServer({ dataDir: home.dataDir, clock: home.clock });
  expect(server.setupLink).toBeNull();
  Object.assign(home, { server });
  home.forget(home.book.founder.device);
  expect((await home.read(home.book.founder, channel)).map((row) => row.id)).toEqual([id]);
  await home.stop();
});
