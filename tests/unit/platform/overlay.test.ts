// Storage whose writes stay in memory: reads like a storage that took them, while the one beneath stays as it was.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { StorageOp, Transport } from "@/lib/client/ports.ts";
import { memoryStorage } from "@/lib/platform/memory/storage.ts";
import { askingTransport, heldKeystore, heldSpool, overlayStorage } from "@/lib/platform/runtime/overlay.ts";

const key = fc.stringMatching(/^[ab]{0,3}$/);
const op = fc.oneof(
  fc.record({
    op: fc.constant("put" as const),
    table: fc.constantFrom("x", "y"),
    key,
    value: fc.uint8Array({ maxLength: 3 }),
  }),
  fc.record({ op: fc.constant("delete" as const), table: fc.constantFrom("x", "y"), key }),
);
const range = fc.record(
  { prefix: key, after: key, before: key, limit: fc.constantFrom(1, 2, 5, 100), reverse: fc.boolean() },
  { requiredKeys: ["limit"] },
);

test("whatever was written before and after, every read is the one of a storage that took it all", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(op), fc.array(op), range, key, async (before, after, bounds, one) => {
      const [beneath, whole, untouched] = [memoryStorage(), memoryStorage(), memoryStorage()];
      for (const storage of [beneath, whole, untouched]) await storage.write(before as StorageOp[]);
      const over = overlayStorage(beneath);
      for (const each of after) await over.write([each as StorageOp]);
      await whole.write(after as StorageOp[]);
      for (const table of ["x", "y"]) {
        expect(await over.scan(table, bounds)).toEqual(await whole.scan(table, bounds));
        expect(await over.get(table, one)).toEqual(await whole.get(table, one));
        expect(await beneath.scan(table, { limit: 100 })).toEqual(await untouched.scan(table, { limit: 100 }));
      }
    }),
  );
});

test("what would change something is refused: keys, wiping, and every procedure but those that read", async () => {
  const storage = overlayStorage(memoryStorage());
  await expect(storage.wipe()).rejects.toMatchObject({ code: "may/forbidden" });
  const keystore = heldKeystore({ load: async () => new Uint8Array(32) });
  await expect(keystore.save(new Uint8Array(32))).rejects.toMatchObject({ code: "may/forbidden" });
  await expect(keystore.wipe()).rejects.toMatchObject({ code: "may/forbidden" });
  const spool = heldSpool({ open: async () => undefined });
  expect(await spool.open("one", new Uint8Array(32))).toBeUndefined();
  const { signal } = new AbortController();
  await expect(spool.keep("one", new Uint8Array(32), null, signal)).rejects.toMatchObject({ code: "may/forbidden" });
  await expect(spool.drop("one")).rejects.toMatchObject({ code: "may/forbidden" });
  await expect(spool.sweep(new Set())).rejects.toMatchObject({ code: "may/forbidden" });
  const asked: string[] = [];
  const inner = { origin: "x", call: async (procedure: string) => void asked.push(procedure) } as unknown as Transport;
  const { call, putSegment } = askingTransport(inner);
  for (const procedure of [
    "events.append",
    "events.purge",
    "ledger.append",
    "keys.write",
    "keys.request",
    "files.create",
  ] as const)
    await expect(call(procedure, {} as never, "t")).rejects.toMatchObject({ code: "may/forbidden" });
  await expect(putSegment({} as never, new Uint8Array(1), "t", {})).rejects.toMatchObject({ code: "may/forbidden" });
  await call("sync.state", {}, "t");
  expect(asked).toEqual(["sync.state"]);
});
