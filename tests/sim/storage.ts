// A storage that dies with its engine: after a crash nothing that was under way reaches the disk any more.
import { Fault } from "@/lib/base/errors.ts";
import type { Storage } from "@/lib/client/ports.ts";

export type Mortal = Storage & { die(): void };

/** The same disk for one engine's life. A write that has begun is whole or absent, as the port promises. */
export function mortal(inner: Storage): Mortal {
  let dead = false;
  const alive = () => {
    if (dead) throw new Fault("net/closed", { detail: "crashed" });
  };
  return {
    die: () => {
      dead = true;
    },
    get: async (table, key) => {
      alive();
      return await inner.get(table, key);
    },
    scan: async (table, range) => {
      alive();
      return await inner.scan(table, range);
    },
    write: async (ops) => {
      alive();
      await inner.write(ops);
    },
    tables: async () => {
      alive();
      return await inner.tables();
    },
    wipe: async () => {
      alive();
      await inner.wipe();
    },
  };
}
