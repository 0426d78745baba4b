// One suite for the storage port, run on every adapter that Node can run.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Storage } from "@/lib/client/ports.ts";
import { memoryStorage } from "@/lib/platform/memory/storage.ts";
import { sqliteStorage } from "@/lib/platform/node/storage.ts";

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

const bytes = (...values: number[]) => new Uint8Array(values);
const put = (table: string, key: string, value: Uint8Array) => ({ op: "put" as const, table, key, value });
const remove = (table: string, key: string) => ({ op: "delete" as const, table, key });

/** Keys that tell byte order from code unit order apart: a surrogate pair sorts below U+FB01, its UTF-8 above. */
const awkward = ["", "a", "a\u0000", "ab", "b", "\ud83d\ude00", "\ud83d", "\ufb01", "\uffff", "\uffff\uffff", "é"];

describe.each([
  ["memory", memoryStorage],
  ["sqlite", sqlite],
])("storage port on %s", (_, make) => {
  test("a key never written is undefined, and tables are apart", async () => {
    const storage = make();
    await storage.write([put("one", "k", bytes(1))]);
    expect(await storage.get("two", "k")).toBeUndefined();
    expect(await storage.get("one", "other")).toBeUndefined();
    expect(await storage.scan("two", { limit: 10 })).toEqual([]);
  });

  test("values come back byte for byte, also empty and large ones", async () => {
    const storage = make();
    const large = new Uint8Array(3_000_000).map((_, i) => (i * 31) & 255);
    await storage.write([put("t", "large", large), put("t", "empty", bytes()), put("t", "zero", bytes(0, 255, 0))]);
    expect(Buffer.from((await storage.get("t", "large"))!).equals(large)).toBe(true);
    expect(await storage.get("t", "empty")).toEqual(bytes());
    expect(await storage.get("t", "zero")).toEqual(bytes(0, 255, 0));
  });

  test("what is stored does not change with the caller's array, nor the other way round", async () => {
    const storage = make();
    const mine = bytes(1, 2, 3);
    await storage.write([put("t", "k", mine)]);
    mine[0] = 9;
    const theirs = (await storage.get("t", "k"))!;
    theirs[1] = 9;
    expect(await storage.get("t", "k")).toEqual(bytes(1, 2, 3));
  });

  test("later operations of one write win over earlier ones", async () => {
    const storage = make();
    await storage.write([put("t", "a", bytes(1)), put("t", "a", bytes(2)), put("t", "b", bytes(3)), remove("t", "b")]);
    expect(await storage.scan("t", { limit: 10 })).toEqual([{ key: "a", value: bytes(2) }]);
    await storage.write([remove("t", "a"), remove("t", "never there")]);
    expect(await storage.get("t", "a")).toBeUndefined();
  });

  test("keys are ordered by UTF-16 code units", async () => {
    const storage = make();
    await storage.write(awkward.map((key) => put("t", key, bytes(1))));
    const rows = await storage.scan("t", { limit: 100 });
    expect(rows.map((row) => row.key)).toEqual([...awkward].sort());
  });

  test("limit takes from the right end", async () => {
    const storage = make();
    await storage.write(["a", "b", "c", "d"].map((key) => put("t", key, bytes(1))));
    const keys = async (range: Parameters<Storage["scan"]>[1]) =>
      (await storage.scan("t", range)).map((row) => row.key).join("");
    expect(await keys({ limit: 2 })).toBe("ab");
    expect(await keys({ limit: 2, reverse: true })).toBe("dc");
    expect(await keys({ limit: 0 })).toBe("");
    expect(await keys({ after: "a", before: "d", limit: 9 })).toBe("bc");
    expect(await keys({ after: "a", before: "d", limit: 1, reverse: true })).toBe("c");
    expect(await keys({ after: "c", before: "b", limit: 9 })).toBe("");
  });

  test("scan agrees with a plain filter for any keys and ranges", async () => {
    const key = fc.oneof(
      fc.constantFrom(...awkward),
      fc.string({ maxLength: 3, unit: fc.constantFrom("a", "b", "\uffff") }),
    );
    const optional = fc.option(key, { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { maxLength: 12 }),
        fc.record({ prefix: optional, after: optional, before: optional }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (keys, { prefix, after, before }, limit, reverse) => {
          const storage = shared;
          await storage.wipe();
          await storage.write(keys.map((one) => put("t", one, bytes(1))));
          const fits = keys
            .filter((k) => prefix === undefined || k.startsWith(prefix))
            .filter((k) => after === undefined || k > after)
            .filter((k) => before === undefined || k < before)
            .sort();
          if (reverse) fits.reverse();
          const range = {
            limit,
            reverse,
            ...(prefix === undefined ? {} : { prefix }),
            ...(after === undefined ? {} : { after }),
            ...(before === undefined ? {} : { before }),
          };
          expect((await storage.scan("t", range)).map((row) => row.key)).toEqual(fits.slice(0, limit));
        },
      ),
      { numRuns: 150 },
    );
  });
  const shared = make();

  test("wipe removes every table", async () => {
    const storage = make();
    await storage.write([put("a", "k", bytes(1)), put("b", "k", bytes(2))]);
    await storage.wipe();
    expect(await storage.get("a", "k")).toBeUndefined();
    expect(await storage.scan("b", { limit: 5 })).toEqual([]);
    await storage.write([put("a", "k", bytes(3))]);
    expect(await storage.get("a", "k")).toEqual(bytes(3));
  });
});

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
