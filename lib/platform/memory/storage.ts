// Storage in memory, for tests and the simulator: it outlives the engine that uses it, as a disk does.
import type { Storage, StorageOp } from "@/lib/client/ports.ts";
import { rangeBounds } from "@/lib/platform/range.ts";

type Table = { readonly values: Map<string, Uint8Array>; readonly keys: string[] };

/** First index whose key is not below `key` (or, when `above`, is above it). */
function indexOf(keys: readonly string[], key: string, above: boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = keys[middle] as string;
    if (at < key || (above && at === key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function applyOp(tables: Map<string, Table>, op: StorageOp): void {
  const table = tables.get(op.table) ?? { values: new Map<string, Uint8Array>(), keys: [] };
  tables.set(op.table, table);
  const known = table.values.has(op.key);
  if (op.op === "put") {
    if (!known) table.keys.splice(indexOf(table.keys, op.key, false), 0, op.key);
    table.values.set(op.key, op.value.slice());
  } else if (known) {
    table.keys.splice(indexOf(table.keys, op.key, false), 1);
    table.values.delete(op.key);
  }
}

/** Storage of the port's guarantees, as long as the object lives. Bytes are copied on the way in and out. */
export function memoryStorage(): Storage {
  const tables = new Map<string, Table>();
  return {
    async get(table, key) {
      return tables.get(table)?.values.get(key)?.slice();
    },
    async scan(name, range) {
      const bounds = rangeBounds(range);
      const table = tables.get(name);
      if (bounds === undefined || table === undefined) return [];
      const start = indexOf(table.keys, bounds.from, bounds.fromOpen);
      const end = bounds.to === undefined ? table.keys.length : indexOf(table.keys, bounds.to, false);
      const keys =
        range.reverse === true
          ? table.keys.slice(Math.max(start, end - bounds.limit), end).reverse()
          : table.keys.slice(start, Math.min(end, start + bounds.limit));
      return keys.map((key) => ({ key, value: (table.values.get(key) as Uint8Array).slice() }));
    },
    async write(ops) {
      for (const op of ops) applyOp(tables, op);
    },
    async tables() {
      return [...tables].filter(([, table]) => table.keys.length > 0).map(([name]) => name);
    },
    async wipe() {
      tables.clear();
    },
  };
}
