// The store contract on SQLite, and what only SQLite can show: a full disk, another's lock, a damaged or newer file.
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { holdDataDir, openDataDir } from "@/server/store/open.ts";
import type { Store } from "@/server/store/port.ts";
import { openSqliteStore } from "@/server/store/sqlite.ts";
import { restoreCases } from "./restore-cases.ts";
import type { Opened } from "./store-cases.ts";
import { blobCases, eventCases, keyCases, ledgerCases } from "./store-cases.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "tacit-store-"));

async function open(): Promise<Opened> {
  const dir = folder();
  let store: Store = openSqliteStore(join(dir, "tacit.db"));
  return {
    store,
    async reopen() {
      await store.close();
      store = openSqliteStore(join(dir, "tacit.db"));
      return store;
    },
    async done() {
      await store.close();
      rmSync(dir, { recursive: true });
    },
  };
}

describe("ledger", () => ledgerCases(open));
describe("keys", () => keyCases(open));
describe("events", () => eventCases(open));
describe("blobs", () => blobCases(open));
describe("restores", () => restoreCases(open));

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (thrown) {
    return (thrown as { code?: string }).code;
  }
  return "no fault";
};

describe("what is wrong with a file is said by name", () => {
  test("a damaged database", () => {
    const path = join(folder(), "tacit.db");
    writeFileSync(path, "this is no database, though it is as long as the header of one would be ".repeat(9));
    expect(codeOf(() => openSqliteStore(path))).toBe("store/corrupt");
  });

  test("a database of a newer version", async () => {
    const path = join(folder(), "tacit.db");
    await openSqliteStore(path).close();
    const raw = new Database(path);
    raw.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', ?)").run(9e15);
    raw.close();
    expect(codeOf(() => openSqliteStore(path))).toBe("store/newer-schema");
  });

  test("a database that another process holds", async () => {
    const path = join(folder(), "tacit.db");
    await openSqliteStore(path).close();
    const other = new Database(path);
    other.pragma("locking_mode = EXCLUSIVE");
    other.exec("BEGIN EXCLUSIVE");
    expect(codeOf(() => openSqliteStore(path, { busyMs: 10 }))).toBe("store/locked");
    other.close();
  });

  test("a data folder that another server holds, until it lets go", () => {
    const dir = folder();
    const hold = holdDataDir(dir);
    expect(codeOf(() => holdDataDir(dir))).toBe("store/locked");
    hold.release();
    holdDataDir(dir).release();
  });

  test("a data folder that is a file", () => {
    const path = join(folder(), "file");
    appendFileSync(path, "x");
    expect(codeOf(() => openDataDir(path))).toBe("store/unwritable");
  });
});
