// A download that ends in memory.
import { concat } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ByteSink } from "@/lib/client/ports.ts";

/** Collects what is written; `done` yields one Uint8Array. After `abort` nothing is left and writing is a bug. */
export function memorySink(): ByteSink {
  let parts: Uint8Array[] | undefined = [];
  return {
    async write(bytes) {
      if (parts === undefined) throw new Fault("bug/unexpected", { detail: "write after abort" });
      parts.push(bytes.slice());
    },
    async done() {
      return concat(...(parts ?? []));
    },
    async abort() {
      parts = undefined;
    },
  };
}
