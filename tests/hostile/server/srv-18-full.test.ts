// SRV-18: the disk is full in the middle of it all: what was acknowledged stays, the rest is refused by name.
import { describe, expect, onTestFinished, test } from "vitest";
import { Fault } from "@/lib/base/errors.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { MemorySegments } from "@/server/blobs/memory.ts";
import { startServer } from "@/server/main.ts";
import { ciphertext, declared, freshId, ServerWorld } from "@/tests/server-kit.ts";

describe("SRV-18 a full disk", () => {
  test("SRV-18 writes are refused as store/full, reads go on, nothing acknowledged is lost or doubled", async () => {
    const world = await ServerWorld.founded({ maxPages: 60 });
    onTestFinished(() => world.stop());
    const { founder } = world.book;
    const channel = await world.channel();
    const landed: string[] = [];
    let fault: string | null = null;
    const kept = [];
    for (let i = 0; i < 400 && fault === null; i += 1) {
      const event = world.event(founder, channel, { bytes: 4000 });
      const answer = await world.send(founder, channel, [event]);
      fault = answer.fault;
      if (fault === null) landed.push(event.id);
      else kept.push(event);
    }
    expect(fault).toBe("store/full");
    expect(landed.length).toBeGreaterThan(10);
    const rows = await allRows(world, channel);
    expect(rows).toEqual(landed);
    const token = await world.login(founder);
    expect((await world.call("sync.state", {}, token)).data.channels).toContainEqual({ channel, last: landed.length });
    // Room again: the same server takes the same bytes, and everything is there once.
    await world.server.stop();
    const server = await startServer({ dataDir: world.dataDir, clock: world.clock });
    Object.assign(world, { server });
    world.forget(founder.device);
    const again = await world.send(founder, channel, kept);
    expect(again.data.refused).toBeNull();
    expect(await allRows(world, channel)).toEqual([...landed, kept[0]?.id]);
  });

  test("SRV-18 a write that fails takes no other write along", async () => {
    const world = await ServerWorld.founded({ maxPages: 60 });
    onTestFinished(() => world.stop());
    const { founder } = world.book;
    const channel = await world.channel();
    const other = await world.channel();
    await world.write(founder, other);
    let full = false;
    while (!full) {
      const big = world.event(founder, channel, { bytes: 40_000 });
      full = (await world.send(founder, channel, [big])).fault === "store/full";
    }
    const header = { session: freshId<"session">(), seq: 0 };
    const [big, small] = await Promise.all([
      world.send(founder, channel, [world.event(founder, channel, { bytes: 500_000, header })]),
      world.send(founder, other, [world.event(founder, other, { bytes: 528 })]),
    ]);
    expect(big.fault).toBe("store/full");
    expect([null, "store/full"]).toContain(small.fault);
    const last = (await allRows(world, other)).length;
    expect(last).toBe(small.fault === null ? 2 : 1);
  });
});

describe("SRV-18 no room for files", () => {
  test("SRV-18 no room for a file: its segment is refused by name, what is there stays, and it goes on when there is room", async () => {
    let full = false;
    const store = new (class extends MemorySegments {
      override async write(...args: Parameters<MemorySegments["write"]>): Promise<number> {
        if (full) throw new Fault("store/full");
        return await super.write(...args);
      }
    })(() => Date.now());
    const world = await ServerWorld.founded({ segments: store });
    onTestFinished(() => world.stop());
    const { founder } = world.book;
    const channel = await world.channel();
    const kept = await world.upload(founder, channel, ciphertext(500));
    const token = await world.login(founder);
    const file = declared(LIMITS.segmentBytes + 1);
    const [first, second] = ciphertext(LIMITS.segmentBytes + 1) as [Uint8Array, Uint8Array];
    const { blob } = (await world.call("files.create", { channel, ...file }, token)).data;
    expect((await world.putSegment({ blob, segment: 0 }, first, token)).status).toBe(204);
    full = true;
    expect(await world.putSegment({ blob, segment: 1 }, second, token)).toEqual({ status: 503, fault: "store/full" });
    expect((await world.call("files.finish", { blob }, token)).fault).toBe("crypto/file-truncated");
    expect((await world.getSegment({ blob: kept, segment: 0 }, token)).status).toBe(200);
    full = false;
    expect((await world.putSegment({ blob, segment: 1 }, second, token)).status).toBe(204);
    expect((await world.call("files.finish", { blob }, token)).data).toEqual({ bytes: file.bytes });
  });
});

async function allRows(world: ServerWorld, channel: Parameters<ServerWorld["read"]>[1]): Promise<string[]> {
  const ids: string[] = [];
  const token = await world.login(world.book.founder);
  for (let after = 0; ; ) {
    const page = await world.call("events.read", { channel, after, before: null, limit: 500 }, token);
    ids.push(...page.data.rows.map((row) => row.id));
    const last = page.data.rows.at(-1);
    if (last === undefined) return ids;
    after = last.pos;
  }
}
