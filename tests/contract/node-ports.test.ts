// The small ports on memory and Node: keystore, locks, clock, sinks and byte sources.
import { fork } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { ByteSource, Keystore, Locks } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { lockArena } from "@/lib/platform/locks.ts";
import { manualClock } from "@/lib/platform/memory/clock.ts";
import { memoryKeystore } from "@/lib/platform/memory/keystore.ts";
import { memorySink } from "@/lib/platform/memory/sink.ts";
import { fileKeystore } from "@/lib/platform/node/keystore.ts";
import { folderLocks } from "@/lib/platform/node/locks.ts";
import { fileSink, safeName } from "@/lib/platform/node/sink.ts";
import { nodeSource } from "@/lib/platform/node/source.ts";

const root = mkdtempSync(join(tmpdir(), "tacit-ports-"));
let made = 0;
const fresh = () => {
  made += 1;
  return mkdtempSync(join(root, `${made}-`));
};
afterAll(() => rmSync(root, { recursive: true, force: true }));
const bytes = (...values: number[]) => new Uint8Array(values);

describe.each<[string, () => { keystore: Keystore; lose: () => void }]>([
  ["memory", () => ((keystore) => ({ keystore, lose: () => keystore.lose() }))(memoryKeystore())],
  [
    "file",
    () => {
      const folder = fresh();
      return { keystore: fileKeystore(folder), lose: () => rmSync(join(folder, "key")) };
    },
  ],
])("keystore on %s", (_, make) => {
  test("A5 nothing stored is undefined; what was lost is a fault, not a new start", async () => {
    const { keystore, lose } = make();
    expect(await keystore.load()).toBeUndefined();
    await keystore.save(bytes(1, 2, 3));
    expect(await keystore.load()).toEqual(bytes(1, 2, 3));
    await keystore.save(bytes(4));
    expect(await keystore.load()).toEqual(bytes(4));
    lose();
    await expect(keystore.load()).rejects.toMatchObject({ code: "store/vault-gone" });
    await keystore.wipe();
    expect(await keystore.load()).toBeUndefined();
  });
});

test("the key file is for its owner alone, and one that others may read is refused", async () => {
  const folder = fresh();
  const keystore = fileKeystore(folder);
  await keystore.save(bytes(1));
  expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o600);
  chmodSync(join(folder, "key"), 0o644);
  await expect(keystore.load()).rejects.toMatchObject({ code: "store/vault-locked" });
});

describe.each<[string, () => [Locks, Locks]]>([
  ["memory", () => ((arena) => [arena.join(), arena.join()])(lockArena())],
  ["folder", () => ((folder) => [folderLocks(folder), folderLocks(folder)])(fresh())],
])("locks on %s", (_, make) => {
  test("one at a time, in order, other names apart", async () => {
    const [first, second] = make();
    const order: string[] = [];
    const release = await first.hold("engine");
    const waiting = [second.hold("engine"), first.hold("engine")].map((hold, i) =>
      hold.then((letGo) => {
        order.push(`${i}`);
        letGo();
      }),
    );
    (await second.hold("other"))();
    order.push("held");
    release();
    release();
    await Promise.all(waiting);
    expect(order).toEqual(["held", "0", "1"]);
  });
});

test("a member that crashes lets go of what it holds and waits for", async () => {
  const arena = lockArena();
  const [dying, living] = [arena.join(), arena.join()];
  await dying.hold("engine");
  let late = false;
  void dying.hold("engine").then(() => {
    late = true;
  });
  const wait = living.hold("engine");
  dying.crash();
  await wait;
  expect(late).toBe(false);
});

test("the folder lock holds against another process and ends with it", async () => {
  const folder = fresh();
  const script = join(folder, "holder.mts");
  writeFileSync(
    script,
    `import { folderLocks } from ${JSON.stringify(join(process.cwd(), "lib/platform/node/locks.ts"))};
     await folderLocks(${JSON.stringify(folder)}).hold("engine"); process.send?.("held"); setInterval(() => {}, 1000);`,
  );
  const child = fork(script, { execArgv: ["--import", "tsx"], cwd: process.cwd() });
  await new Promise((resolve, reject) => child.once("message", resolve).once("exit", reject));
  let mine = false;
  const hold = folderLocks(folder)
    .hold("engine")
    .then((letGo) => {
      mine = true;
      letGo();
    });
  await (await folderLocks(folder).hold("another"))();
  expect(mine).toBe(false);
  child.kill("SIGKILL");
  await hold;
  expect(mine).toBe(true);
});

test("the manual clock runs due timers in order, each at its own time, and cancels", () => {
  const clock = manualClock(1000);
  const seen: string[] = [];
  clock.after(20, () => seen.push(`b${clock.now()}`));
  clock.after(10, () => {
    seen.push(`a${clock.now()}`);
    clock.after(5, () => seen.push(`inner${clock.now()}`));
  });
  const cancel = clock.after(12, () => seen.push("never"));
  cancel();
  expect(clock.next()).toBe(10);
  clock.advance(20);
  expect(seen).toEqual(["a1010", "inner1015", "b1020"]);
  clock.jump(-5000);
  expect(clock.now()).toBe(-3980);
  expect(clock.next()).toBeUndefined();
});

test("the wall clock runs once and can be cancelled", async () => {
  const clock = wallClock();
  let cancelled = true;
  const cancel = clock.after(1, () => {
    cancelled = false;
  });
  cancel();
  await new Promise<void>((resolve) => clock.after(5, resolve));
  expect(cancelled).toBe(true);
});

test("sinks keep order; abort leaves nothing", async () => {
  const memory = memorySink();
  await memory.write(bytes(1));
  await memory.write(bytes(2, 3));
  expect(await memory.done()).toEqual(bytes(1, 2, 3));

  const folder = join(fresh(), "made", "when needed");
  const first = fileSink(folder, "a.txt");
  await first.write(bytes(1, 2));
  expect(existsSync(join(folder, "a.txt"))).toBe(false);
  await first.write(bytes(3));
  expect(await first.done()).toBe(join(folder, "a.txt"));
  const second = fileSink(folder, "a.txt");
  expect(await second.done()).toBe(join(folder, "a (2).txt"));
  expect(new Uint8Array(readFileSync(join(folder, "a.txt")))).toEqual(bytes(1, 2, 3));
  const third = fileSink(folder, "b.txt");
  await third.write(bytes(1));
  await third.abort();
  expect(readdirSync(folder).sort()).toEqual(["a (2).txt", "a.txt"]);
});

test.each([
  "../../etc/passwd",
  "..\\..\\windows\\system32\\x.dll",
  "/absolute",
  "C:\\x\\y",
  "CON",
  "nul.txt",
  "..",
  ".",
  "",
  "a\u0000b\n\u202Egnp.exe",
  ".bashrc",
  "é".repeat(500),
  "x".repeat(5000),
])("MS-27 hostile file name %# stays inside its folder", async (name) => {
  const folder = fresh();
  const path = (await fileSink(folder, name).done()) as string;
  expect(dirname(path)).toBe(folder);
  expect(basename(path)).not.toMatch(/^\.|[\p{Cc}\p{Cf}/\\:]|^(con|nul)(\.|$)/iu);
  expect(Buffer.byteLength(basename(path))).toBeLessThanOrEqual(210);
  expect(safeName("plain name.pdf")).toBe("plain name.pdf");
});

test("sources read pieces, refuse reads past the end, and notice a changed file", async () => {
  const path = join(fresh(), "f");
  writeFileSync(path, bytes(1, 2, 3, 4));
  const file = nodeSource(path);
  const sources: ByteSource[] = [file, nodeSource(bytes(1, 2, 3, 4)), nodeSource(new Blob([bytes(1, 2, 3, 4)]))];
  for (const source of sources) {
    expect(source.size).toBe(4);
    expect(await source.read(1, 3)).toEqual(bytes(2, 3));
    expect(await source.read(4, 4)).toEqual(bytes());
    await expect(source.read(3, 5)).rejects.toMatchObject({ code: "bug/unexpected" });
  }
  appendFileSync(path, bytes(5));
  await expect(file.read(0, 2)).rejects.toMatchObject({ code: "app/file-changed" });
  rmSync(path);
  await expect(file.read(0, 2)).rejects.toMatchObject({ code: "app/file-changed" });
  for (const nothing of [path, null, {}, 7]) {
    expect(() => nodeSource(nothing)).toThrow(expect.objectContaining({ code: "app/file-changed" }));
  }
});
