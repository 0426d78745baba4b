// The one IndexedDB database of this origin: rows of the store and the wrapped key, opened again when the browser shuts it.
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import { Fault } from "@/lib/base/errors.ts";

export interface TacitSchema extends DBSchema {
  /** [table, key] → sealed bytes */
  rows: { key: [string, string]; value: Uint8Array };
  /** see keystore.ts */
  keys: { key: string; value: unknown };
}
export type TacitDatabase = IDBPDatabase<TacitSchema>;

/**
 * A store to read from. A browser that clears the origin ends what runs: each request then says so to whoever waits
 * for it, and the transaction's own promise, which nobody waits for when reading, must not say it once more unheard.
 */
export function readFrom<S extends DBSchema, N extends StoreName<S>>(
  db: IDBPDatabase<S>,
  name: N,
): IDBPObjectStore<S, [N], N, "readonly"> {
  const tx = db.transaction(name, "readonly");
  tx.done.catch(() => {});
  return tx.store;
}
type StoreName<S extends DBSchema> = Parameters<IDBPDatabase<S>["count"]>[0];

const NAME = "tacit";
const VERSION = 1;

/** What a failed operation of IndexedDB means. */
export function databaseFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  if (!(thrown instanceof DOMException)) return new Fault("bug/unexpected", { cause: thrown });
  const { name } = thrown;
  if (name === "QuotaExceededError") return new Fault("store/full", { cause: thrown });
  if (name === "VersionError") return new Fault("store/newer-schema", { cause: thrown });
  if (name === "SecurityError" || name === "InvalidStateError")
    return new Fault("store/unavailable", { cause: thrown });
  // a value or key that can't be stored is our mistake, not the disk's
  if (name === "DataCloneError" || name === "DataError") return new Fault("bug/unexpected", { cause: thrown });
  return new Fault("store/corrupt", { cause: thrown });
}

/** Runs `work` on the open database. A database that the browser closed meanwhile is opened again, once. */
export type WithDatabase = <T>(work: (db: TacitDatabase) => Promise<T>) => Promise<T>;

export function openDatabase(): WithDatabase {
  let opened: Promise<TacitDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const open = () => {
    opened ??= openDB<TacitSchema>(NAME, VERSION, {
      upgrade(db, _from, _to, tx) {
        tx.done.catch(() => {}); // opening fails then, and says why
        db.createObjectStore("rows");
        db.createObjectStore("keys");
      },
      // A newer version of the app in another tab goes before: it can't upgrade while this one holds on.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    opened.catch(forget);
    return opened;
  };
  const isClosed = (thrown: unknown) => thrown instanceof DOMException && thrown.name === "InvalidStateError";
  return async (work) => {
    try {
      const db = await open();
      try {
        return await work(db);
      } catch (thrown) {
        if (!isClosed(thrown)) throw thrown;
        forget();
        return await work(await open());
      }
    } catch (thrown) {
      throw databaseFault(thrown);
    }
  };
}
