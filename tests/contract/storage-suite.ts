// What the storage port promises, as one suite for every adapter.
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Storage } from "@/lib/client/ports.ts";

export const bytes = (...values: number[]) => new Uint8Array(values);
export const put = (table: string, key: string, value: Uint8Array) => ({ op: "put" as const, table, key, value });
const remove = (table: string, key: string) => ({ op: "delete" as const, table, key });

/** Keys that tell byte order from code unit order apart: a surrogate pair sorts below U+FB01, its UTF-8 above. */
const awkward = ["", "a", "a\u0000", "ab", "b", "\ud83d\ude00", "\ud83d", "\ufb01", "\uffff", "\uffff\uffff", "é"];

/** Runs the suite on what `make` yields: a new, empty store at each call. `runs` bounds the random ranges. */
export function storageContract(name: string, make: () => Storage | Promise<Storage>, runs = 150): void {
  describe(`storage port on ${name}`, () => {
    test("a key never written is undefined, and tables are apart", async () => {
      const storage = await make();
      await storage.write([put("one", "k", bytes(1))]);
      expect(await storage.get("two", "k")).toBeUndefined();
      expect(await storage.get("one", "other")).toBeUndefined();
      expect(await storage.scan("two", { limit: 10 })).toEqual([]);
    });

    test("values come back byte for byte, also empty and large ones", async () => {
      const storage = await make();
      const large = new Uint8Array(3_000_000).map((_, i) => (i * 31) & 255);
      await storage.write([put("t", "large", large), put("t", "empty", bytes()), put("t", "zero", bytes(0, 255, 0))]);
      expect(Buffer.from((await storage.get("t", "large"))!).equals(large)).toBe(true);
      expect(await storage.get("t", "empty")).toEqual(bytes());
      expect(await storage.get("t", "zero")).toEqual(bytes(0, 255, 0));
    });

    test("what is stored does not change with the caller's array, nor the other way round", async () => {
      const storage = await make();
      const mine = bytes(1, 2, 3);
      await storage.write([put("t", "k", mine)]);
      mine[0] = 9;
      const theirs = (await storage.get("t", "k"))!;
      theirs[1] = 9;
      expect(await storage.get("t", "k")).toEqual(bytes(1, 2, 3));
    });

    test("later operations of one write win over earlier ones", async () => {
      const storage = await make();
      await storage.write([
        put("t", "a", bytes(1)),
        put("t", "a", bytes(2)),
        put("t", "b", bytes(3)),
        remove("t", "b"),
      ]);
      expect(await storage.scan("t", { limit: 10 })).toEqual([{ key: "a", value: bytes(2) }]);
      await storage.write([remove("t", "a"), remove("t", "never there")]);
      expect(await storage.get("t", "a")).toBeUndefined();
    });

    test("keys are ordered by UTF-16 code units", async () => {
      const storage = await make();
      await storage.write(awkward.map((key) => put("t", key, bytes(1))));
      const rows = await storage.scan("t", { limit: 100 });
      expect(rows.map((row) => row.key)).toEqual([...awkward].sort());
    });

    test("tables names each table that holds a row, once", async () => {
      const storage = await make();
      expect(await storage.tables()).toEqual([]);
      await storage.write([
        put("b", "1", bytes(1)),
        put("b", "\uffff", bytes(2)),
        put("a", "", bytes(3)),
        put("c", "x", bytes(4)),
      ]);
      await storage.write([remove("c", "x")]);
      expect([...(await storage.tables())].sort()).toEqual(["a", "b"]);
    });

    test("limit takes from the right end", async () => {
      const storage = await make();
      await storage.write(["a", "b", "c", "d"].map((key) => put("t", key, bytes(1))));
      const keys = async (range: Parameters<Storage["scan"]>[1]) =>
        (await storage.scan("t", range)).map((row) => row.key).join("");
      expect(await keys({ limit: 2 })).toBe("ab");
      expect(await keys({ limit: 2, reverse: true })).toBe("dc");
      expect(await keys({ limit: 0 })).toBe("");
      for (const all of [2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY]) {
        expect(await keys({ limit: all })).toBe("abcd");
        expect(await keys({ limit: all, reverse: true })).toBe("dcba");
      }
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
        { numRuns: runs },
      );
    });
    let shared: Storage;
    beforeAll(async () => {
      shared = await make();
    });

    test("wipe removes every table", async () => {
      const storage = await make();
      await storage.write([put("a", "k", bytes(1)), put("b", "k", bytes(2))]);
      await storage.wipe();
      expect(await storage.get("a", "k")).toBeUndefined();
      expect(await storage.scan("b", { limit: 5 })).toEqual([]);
      await storage.write([put("a", "k", bytes(3))]);
      expect(await storage.get("a", "k")).toEqual(bytes(3));
    });
  });
}
