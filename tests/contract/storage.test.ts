// The storage port on memory and SQLite, and what SQLite alone must do.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, test } from "vitest";
import type { Storage } from "@/lib/client/ports.ts";
import { memoryStorage } from "@/lib/platform/memory/storage.ts";
import { sqliteStorage } from "@/lib/platform/node/storage.ts";
import { bytes, put, storageContract } from "./storage-suite.ts";

const root = mkdtempSync(join(tmpdir(), "tacit-storage-"));
const closers: (() => void)[] = [];
let made = 0;
function sqlite(): Storage {
  made += 1;
  const storage = sqliteStorage(join(root, `${made}`, "store.db"));
  closers.push(() => storage.close());
  return storage;
}
afterAll(() => {
  for (const close of closers) close();
  rmSync(root, { recursive: true, force: true });
});

storageContract("memory", memoryStorage);
storageContract("sqlite", sqlite);

describe("sqlite alone", () => {
  test("what was written is there when the file is opened again, and others may not read it", async () => {
    const path = join(root, "again", "store.db");
    const first = sqliteStorage(path);
    await first.write([put("t", "k", bytes(7))]);
    first.close();
    expect(statSync(path).mode & 0o077).toBe(0);
    const second = sqliteStorage(path);
    closers.push(() => second.close());
    expect(await second.get("t", "k")).toEqual(bytes(7));
  });

  test("a full disk is store/full, and nothing of the write stays", async () => {
    const path = join(root, "full", "store.db");
    const storage = sqliteStorage(path, { maxPages: 16 });
    closers.push(() => storage.close());
    await storage.write([put("t", "k", bytes(1))]);
    const tooMuch = [put("t", "k", bytes(2)), put("t", "big", new Uint8Array(400_000))];
    await expect(storage.write(tooMuch)).rejects.toMatchObject({ code: "store/full" });
    expect(await storage.get("t", "k")).toEqual(bytes(1));
    expect(await storage.get("t", "big")).toBeUndefined();
  });

  test("a damaged file is store/corrupt, and a folder that can't be made is store/unwritable", async () => {
    const path = join(root, "damaged.db");
    const db = new Database(path);
    db.exec("CREATE TABLE x (y)");
    db.close();
    const { writeFileSync } = await import("node:fs");
    writeFileSync(path, "this is no database at all, not by far".repeat(100));
    expect(() => sqliteStorage(path)).toThrow(expect.objectContaining({ code: "store/corrupt" }));
    expect(() => sqliteStorage(join(path, "below", "store.db"))).toThrow(
      expect.objectContaining({ code: "store/unwritable" }),
    );
  });
});
