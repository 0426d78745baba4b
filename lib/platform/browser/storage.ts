// Storage in IndexedDB: one transaction a write, on the disk before it resolves.
import type { Storage, StorageOp } from "@/lib/client/ports.ts";
import { type KeyBounds, rangeBounds } from "@/lib/platform/range.ts";
import { readFrom, type TacitDatabase, type WithDatabase } from "./database.ts";

/** IndexedDB orders strings by code units, as the port promises, and [t] lies before every [t, key], [t, []] after. */
function keyRange(table: string, bounds: KeyBounds): IDBKeyRange {
  const to = bounds.to === undefined ? [table, []] : [table, bounds.to];
  return IDBKeyRange.bound([table, bounds.from], to, bounds.fromOpen, true);
}

async function scanRows(db: TacitDatabase, keys: IDBKeyRange, limit: number, reverse: boolean) {
  const rows: { key: string; value: Uint8Array }[] = [];
  const store = readFrom(db, "rows");
  if (!reverse) {
    const [names, values] = await Promise.all([
      store.getAllKeys(keys as never, limit),
      store.getAll(keys as never, limit),
    ]);
    names.forEach((name, i) => {
      const value = values[i];
      if (value !== undefined) rows.push({ key: name[1], value });
    });
    return rows;
  }
  let cursor = await store.openCursor(keys as never, "prev");
  while (cursor !== null) {
    rows.push({ key: cursor.key[1], value: cursor.value });
    cursor = rows.length < limit ? await cursor.continue() : null;
  }
  return rows;
}

/** The first key of each table leads past all the others of it. */
async function tableNames(db: TacitDatabase): Promise<string[]> {
  const names: string[] = [];
  let cursor = await readFrom(db, "rows").openKeyCursor();
  while (cursor !== null) {
    const [table] = cursor.key;
    names.push(table);
    cursor = await cursor.continue([table, []] as never);
  }
  return names;
}

async function writeRows(db: TacitDatabase, ops: readonly StorageOp[]): Promise<void> {
  const tx = db.transaction("rows", "readwrite", { durability: "strict" });
  const done: Promise<unknown>[] = [tx.done];
  try {
    for (const op of ops) {
      // a view is stored with the whole buffer under it
      if (op.op === "put") done.push(tx.store.put(op.value.slice(), [op.table, op.key]));
      else done.push(tx.store.delete([op.table, op.key]));
    }
    await Promise.all(done);
  } catch (thrown) {
    // A value that can't be stored throws at once and leaves the earlier requests to commit: nothing of them may stay.
    abort(tx);
    await Promise.allSettled(done);
    const end = await tx.done.catch((cause: unknown) => cause);
    throw tx.error ?? (isAbort(thrown) ? (end ?? thrown) : thrown);
  }
}

const isAbort = (thrown: unknown) => thrown instanceof DOMException && thrown.name === "AbortError";

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    return; // it has ended by itself
  }
}

export function idbStorage(withDatabase: WithDatabase): Storage {
  return {
    get: (table, key) => withDatabase((db) => readFrom(db, "rows").get([table, key])),
    async scan(table, range) {
      const bounds = rangeBounds(range);
      if (bounds === undefined) return [];
      const keys = keyRange(table, bounds);
      return withDatabase((db) => scanRows(db, keys, bounds.limit, range.reverse === true));
    },
    write: (ops) => withDatabase((db) => writeRows(db, ops)),
    tables: () => withDatabase(tableNames),
    wipe: () =>
      withDatabase(async (db) => {
        const tx = db.transaction("rows", "readwrite", { durability: "strict" });
        await Promise.all([tx.store.clear(), tx.done]);
      }),
  };
}
