// SRV-20: a backup while others write: whole, checked, and good to start from; a damaged one restores nothing.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { makeBackup } from "@/server/backup/backup.ts";
import { restoreBackup } from "@/server/backup/restore.ts";
import { startServer } from "@/server/main.ts";
import { ciphertext, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let channel: ChannelId;
let blob: string;
const dir = mkdtempSync(join(tmpdir(), "tacit-backup-"));
const file = join(dir, "one.tar");
const sample = join(dir, "sample.tar");
const sealed = ciphertext(70_000, 5);
const [content] = sealed;

beforeAll(async () => {
  world = await ServerWorld.founded();
  channel = await world.channel();
  blob = await world.upload(world.book.founder, channel, sealed);
  await world.upload(world.book.founder, channel, ciphertext(3));
  for (let i = 0; i < 30; i += 1) await world.write(world.book.founder, channel);
  await makeBackup(world.dataDir, sample, "test");
});
afterAll(async () => {
  await world.stop();
  rmSync(dir, { recursive: true });
});

describe("SRV-20 backup and restore", () => {
  test("SRV-20 what was acknowledged before a backup began is in it, with the files; a server starts from it", async () => {
    const { founder } = world.book;
    let going = true;
    const writing = (async () => {
      while (going) await world.write(founder, channel);
    })();
    const before = (await world.read(founder, channel)).length;
    const report = await makeBackup(world.dataDir, file, "test");
    going = false;
    await writing;
    expect(report.events).toBeGreaterThanOrEqual(before);
    expect(report.files).toBe(3);
    const home = join(dir, "restored");
    expect(await restoreBackup(file, home)).toMatchObject({ files: 3, events: report.events });
    const server = await startServer({ dataDir: home, clock: world.clock });
    const copy: ServerWorld = Object.assign(Object.create(Object.getPrototypeOf(world)), world, { server });
    copy.forget(founder.device);
    const rows = await copy.read(founder, channel);
    expect(rows.length).toBe(Math.min(report.events, 500));
    expect(rows.map((row) => row.pos)).toEqual(rows.map((_, i) => i + 1));
    const segment = await copy.getSegment({ blob, segment: 0 }, await copy.login(founder));
    expect(new Uint8Array(await segment.arrayBuffer())).toEqual(content);
    await server.stop();
    world.forget(founder.device);
  });

  test("SRV-20 any byte changed, an end cut off, a foreign file: refused, and no folder appears", async () => {
    const whole = readFileSync(sample);
    const spots = [10, 600, 4000, Math.floor(whole.length / 2), whole.length - 3000];
    const variants: [string, Buffer][] = spots.map((at) => {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 0x41;
      return [`byte ${at}`, copy];
    });
    variants.push(
      ["cut", whole.subarray(0, whole.length - 5000)],
      ["empty", Buffer.alloc(0)],
      ["foreign", Buffer.alloc(4096, 7)],
    );
    for (const [name, bytes] of variants) {
      const bad = join(dir, "bad.tar");
      writeFileSync(bad, bytes);
      const target = join(dir, "never");
      await expect(restoreBackup(bad, target), name).rejects.toMatchObject({ code: "store/bad-backup" });
      expect(existsSync(target)).toBe(false);
      expect(existsSync(`${target}.restoring`)).toBe(false);
    }
  });

  test("SRV-20 paths that lead out of the folder are no part of a backup", async () => {
    const whole = readFileSync(sample);
    const at = whole.indexOf("blobs/");
    const copy = Buffer.from(whole);
    copy.write("../../evil\0", at, "ascii");
    let sum = 0;
    for (let i = 0; i < 512; i += 1) sum += i >= 148 && i < 156 ? 32 : (copy[at + i] ?? 0);
    copy.write(`${sum.toString(8).padStart(6, "0")}\0 `, at + 148, "ascii");
    writeFileSync(join(dir, "evil.tar"), copy);
    await expect(restoreBackup(join(dir, "evil.tar"), join(dir, "never"))).rejects.toMatchObject({
      code: "store/bad-backup",
      detail: "a file in it has no place",
    });
    expect(existsSync(join(dir, "evil"))).toBe(false);
  });

  test("SRV-20 nothing is written over: an existing backup, a folder in use", async () => {
    await expect(makeBackup(world.dataDir, sample, "test")).rejects.toMatchObject({ code: "start/bad-setting" });
    await expect(restoreBackup(sample, world.dataDir)).rejects.toMatchObject({ code: "start/bad-setting" });
    await expect(makeBackup(join(dir, "nowhere"), join(dir, "x"), "test")).rejects.toMatchObject({
      code: "start/bad-setting",
    });
  });
});
