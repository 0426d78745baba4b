// The ports of browsers in a real Chromium: IndexedDB storage and keystore, locks, sink.
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Storage, StorageOp } from "@/lib/client/ports.ts";
import { type BrowserPages, openBrowserPages } from "@/tests/fixtures/browser-pages.ts";
import type { Hands } from "@/tests/fixtures/page.ts";
import { bytes, put, storageContract } from "./storage-suite.ts";

let pages: BrowserPages;
beforeAll(async () => {
  pages = await openBrowserPages();
});
afterAll(() => pages.close());

const pack = (value: Uint8Array) => Buffer.from(value).toString("base64");
const unpack = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

// What runs in the page has these at hand.
declare const hands: Hands;

const newPage = async (): Promise<Page> => pages.page(await pages.profile());

/** The page's storage, from here. Lone surrogates do not cross, so keys go as lists of code units. */
function remote(page: Page): Storage {
  const units = (text: string) => [...Array(text.length).keys()].map((i) => text.charCodeAt(i));
  const textOf = (list: number[]) => String.fromCharCode(...list);
  return {
    async get(table, key) {
      const found = await page.evaluate(
        async ([name, list]) => {
          const value = await hands.storage.get(name, String.fromCharCode(...list));
          return value === undefined ? null : hands.pack(value);
        },
        [table, units(key)] as const,
      );
      return found === null ? undefined : unpack(found);
    },
    async scan(table, { prefix, after, before, ...rest }) {
      const given = Object.entries({ prefix, after, before }).flatMap(([name, text]) =>
        text === undefined ? [] : [[name, units(text)] as const],
      );
      const rows = await page.evaluate(
        async ([name, bounds, more]) => {
          const range = Object.fromEntries(bounds.map(([bound, list]) => [bound, String.fromCharCode(...list)]));
          const found = await hands.storage.scan(name, { ...range, ...more });
          return found.map(({ key, value }) => ({
            key: hands.units(key),
            value: hands.pack(value),
          }));
        },
        [table, given, rest] as const,
      );
      return rows.map(({ key, value }) => ({ key: textOf(key), value: unpack(value) }));
    },
    async write(ops) {
      const flat = ops.map((op) => ({ ...op, key: units(op.key), value: op.op === "put" ? pack(op.value) : "" }));
      await page.evaluate(
        (list) =>
          hands.storage.write(
            list.map((op) => {
              const key = String.fromCharCode(...op.key);
              return (
                op.op === "put" ? { ...op, key, value: hands.unpack(op.value) } : { op: op.op, table: op.table, key }
              ) as StorageOp;
            }),
          ),
        flat,
      );
    },
    tables: () => page.evaluate(() => hands.storage.tables()),
    wipe: () => page.evaluate(() => hands.storage.wipe()),
  };
}

storageContract("IndexedDB", async () => remote(await newPage()), 60);

describe("IndexedDB alone", () => {
  test("what was written is there after a reload, and in another tab at once", async () => {
    const context = await pages.profile();
    const page = await pages.page(context);
    await remote(page).write([put("t", "k", bytes(1, 2))]);
    const other = await pages.page(context);
    expect(await remote(other).get("t", "k")).toEqual(bytes(1, 2));
    await page.reload();
    await page.waitForFunction(() => "hands" in globalThis);
    expect(await remote(page).get("t", "k")).toEqual(bytes(1, 2));
  });

  test("a write that fails in the middle leaves nothing", async () => {
    const page = await newPage();
    const outcome = await page.evaluate(async () => {
      await hands.storage.write([{ op: "put", table: "t", key: "k", value: new Uint8Array([1]) }]);
      const poison = { slice: () => () => 0 } as unknown as Uint8Array;
      const failed = await hands.storage
        .write([
          { op: "put", table: "t", key: "k", value: new Uint8Array([2]) },
          { op: "put", table: "t", key: "bad", value: poison },
        ])
        .then(() => "fine", hands.codeOf);
      return { failed, kept: [...((await hands.storage.get("t", "k")) ?? [])] };
    });
    expect(outcome).toEqual({ failed: "bug/unexpected", kept: [1] });
  });

  test("a full disk is store/full, and what was there stays", async () => {
    const page = await newPage();
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: pages.url, quotaSize: 200_000 });
    const outcome = await page.evaluate(async () => {
      await hands.storage.write([{ op: "put", table: "t", key: "k", value: new Uint8Array([1]) }]);
      const big = crypto.getRandomValues(new Uint8Array(65_536));
      const ops = Array.from({ length: 200 }, (_, i) => ({
        op: "put" as const,
        table: "t",
        key: `big ${i}`,
        value: big,
      }));
      const failed = await hands.storage.write(ops).then(() => "fine", hands.codeOf);
      return {
        failed,
        kept: [...((await hands.storage.get("t", "k")) ?? [])],
        rows: (await hands.storage.scan("t", { limit: 500 })).length,
      };
    });
    expect(outcome).toEqual({ failed: "store/full", kept: [1], rows: 1 });
  });

  test("storage cleared under work in flight: each caller is told, and nothing fails unheard", async () => {
    const page = await newPage();
    const session = await page.context().newCDPSession(page);
    await page.evaluate(async () => {
      const value = crypto.getRandomValues(new Uint8Array(4_096));
      const list = Array.from({ length: 40 }, (_, i) => ({ op: "put" as const, table: "t", key: `k${i}`, value }));
      await hands.storage.write(list);
      const seen = { unheard: [] as string[], told: 0, stop: false };
      Object.assign(globalThis, { seen });
      addEventListener("unhandledrejection", (event) => seen.unheard.push(String(event.reason)));
      const again = async (work: () => Promise<unknown>) => {
        while (!seen.stop)
          await work().catch(() => {
            seen.told += 1;
          });
      };
      for (let i = 0; i < 2; i++) {
        void again(() => hands.storage.scan("t", { limit: 40 }));
        void again(() => hands.storage.scan("t", { limit: 40, reverse: true }));
        void again(() => hands.storage.get("t", "k1"));
        void again(() => hands.storage.tables());
        void again(() => hands.storage.write(list));
        void again(() => hands.keystore.load());
      }
    });
    await session.send("Storage.clearDataForOrigin", { origin: pages.url, storageTypes: "indexeddb" });
    await page.waitForFunction(() => (Reflect.get(globalThis, "seen") as { told: number }).told > 0);
    const seen = await page.evaluate(() => {
      const all = Reflect.get(globalThis, "seen") as { unheard: string[]; told: number; stop: boolean };
      all.stop = true;
      return all;
    });
    expect(seen.told).toBeGreaterThan(0);
    expect(seen.unheard).toEqual([]);
  });
});

describe("the keystore", () => {
  const saved = (page: Page) =>
    page.evaluate(() => hands.keystore.load().then((secret) => [...(secret ?? [])], hands.codeOf));

  test("keeps the secret over a reload; the key that wraps it can't be exported", async () => {
    const page = await newPage();
    expect(await page.evaluate(() => hands.keystore.load())).toBeUndefined();
    await page.evaluate(() => hands.keystore.save(new Uint8Array([1, 2, 3])));
    await page.reload();
    await page.waitForFunction(() => "hands" in globalThis);
    expect(await saved(page)).toEqual([1, 2, 3]);
    const found = await page.evaluate(
      () =>
        new Promise<{ extractable: boolean; text: string }>((resolve) => {
          const open = indexedDB.open("tacit");
          open.onsuccess = () => {
            const get = open.result.transaction("keys").objectStore("keys").get("wrapped");
            get.onsuccess = () =>
              resolve({ extractable: get.result.key.extractable, text: JSON.stringify([...get.result.sealed]) });
          };
        }),
    );
    expect(found.extractable).toBe(false);
    expect(found.text).not.toContain("1,2,3");
  });

  test.each(["wrapped record gone", "wrapped record spoilt", "all of it gone, rows left"])(
    "A5 %s: store/vault-gone, never a new start",
    async (loss) => {
      const page = await newPage();
      await page.evaluate(async (what) => {
        await hands.keystore.save(new Uint8Array([1]));
        await hands.storage.write([{ op: "put", table: "t", key: "k", value: new Uint8Array([1]) }]);
        await new Promise((resolve) => {
          const open = indexedDB.open("tacit");
          open.onsuccess = () => {
            const tx = open.result.transaction("keys", "readwrite");
            const keys = tx.objectStore("keys");
            if (what === "wrapped record gone") keys.delete("wrapped");
            else if (what === "all of it gone, rows left") keys.clear();
            else {
              const get = keys.get("wrapped");
              get.onsuccess = () => keys.put({ ...get.result, sealed: new Uint8Array(17) }, "wrapped");
            }
            tx.oncomplete = resolve;
          };
        });
      }, loss);
      expect(await saved(page)).toBe("store/vault-gone");
      await page.evaluate(async () => {
        await hands.storage.wipe();
        await hands.keystore.wipe();
      });
      expect(await saved(page)).toEqual([]);
    },
  );

  test("A5 an empty database where keys were held: store/vault-gone, until the profile is begun anew on purpose", async () => {
    const page = await newPage();
    const load = () => page.evaluate(() => hands.returning.load().then((secret) => [...(secret ?? [])], hands.codeOf));
    expect(await load()).toBe("store/vault-gone");
    // To somebody who was never here it is a new start.
    expect(await saved(page)).toEqual([]);
    await page.evaluate(() => hands.returning.wipe());
    expect(await load()).toEqual([]);
    await page.evaluate(() => hands.returning.save(new Uint8Array([4])));
    expect(await load()).toEqual([4]);
  });
});

test("locks hold between tabs and end with them", async () => {
  const context = await pages.profile();
  const [first, second] = [await pages.page(context), await pages.page(context)];
  const hold = (page: Page) =>
    page.evaluate(async () => {
      await hands.webLocks("test-").hold("engine");
    });
  await hold(first);
  let mine = false;
  const waiting = hold(second).then(() => {
    mine = true;
  });
  await first.evaluate(() => navigator.locks.query());
  expect(mine).toBe(false);
  await first.close();
  await waiting;
  expect(mine).toBe(true);
});

test("MS-26 a download is a Blob that claims to be a picture or nothing", async () => {
  const page = await pages.page(await pages.profile());
  const seen = await page.evaluate(async () => {
    const made: [string, string, number][] = [];
    for (const type of ["image/png", "image/svg+xml", "text/html", "application/pdf", "", "image/webp;x=y"]) {
      const sink = hands.blobSink(type);
      await sink.write(new Uint8Array([1, 2]));
      await sink.write(new Uint8Array([3]));
      const blob = (await sink.done()) as Blob;
      made.push([type, blob.type, blob.size]);
    }
    return made;
  });
  expect(seen.map(([, type]) => type)).toEqual(["image/png", ...Array(5).fill("application/octet-stream")]);
  expect(seen.every(([, , size]) => size === 3)).toBe(true);
});
