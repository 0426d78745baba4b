// The store on SQLite: opens the database of a data folder and puts the parts together.
import { eq, lte, or } from "drizzle-orm";
import { SqliteLetters } from "@/server/store/circle/sqlite-letters.ts";
import { SqliteJoins } from "@/server/store/joins/sqlite-joins.ts";
import { SqlitePush } from "@/server/store/push/sqlite-push.ts";
import { SqliteRetention } from "@/server/store/retention/sqlite-retention.ts";
import { CommitQueue } from "./commit.ts";
import { type OpenDatabase, openDatabase } from "./open.ts";
import type { Parts } from "./parts.ts";
import { read, WorkspaceNumbers } from "./parts.ts";
import type { MetaKey, SetupStore, Store } from "./port.ts";
import { meta, setupTokens } from "./schema.ts";
import { SqliteBlobs } from "./sqlite-blobs.ts";
import { SqliteEvents } from "./sqlite-events.ts";
import { SqliteKeys } from "./sqlite-keys.ts";
import { SqliteLedger } from "./sqlite-ledger.ts";
import { SqliteRestores } from "./sqlite-restores.ts";

class SqliteSetup implements SetupStore {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  putSetupToken(token: { hash: Uint8Array; first: boolean; expires: number }): Promise<void> {
    return this.parts.queue.write(() => {
      this.parts.db.insert(setupTokens).values(token).run();
    });
  }

  setupTokenServes(hash: Uint8Array, now: number): Promise<boolean> {
    return read(() => {
      const found = this.parts.db.select().from(setupTokens).where(eq(setupTokens.hash, hash)).get();
      return found !== undefined && found.expires > now;
    });
  }

  dropSetupTokens(now: number): Promise<void> {
    return this.parts.queue.write(() => {
      this.parts.db
        .delete(setupTokens)
        .where(or(eq(setupTokens.first, true), lte(setupTokens.expires, now)))
        .run();
    });
  }

  readMeta(key: MetaKey): Promise<string | undefined> {
    return read(() => this.parts.db.select().from(meta).where(eq(meta.key, key)).get()?.value);
  }

  writeMeta(key: MetaKey, value: string): Promise<void> {
    return this.parts.queue.write(() => {
      this.parts.db.insert(meta).values({ key, value }).onConflictDoUpdate({ target: meta.key, set: { value } }).run();
    });
  }
}

/** Opens a store; throws store/locked, store/corrupt, store/unwritable, store/newer-schema or store/full. */
export function openSqliteStore(path: string, options: { maxPages?: number; busyMs?: number } = {}): Store {
  return storeOver(openDatabase(path, options));
}

/** The store on a database that is open and has this version's schema. */
export function storeOver({ raw, db }: OpenDatabase): Store {
  const parts: Parts = { raw, db, queue: new CommitQueue(raw), numbers: new WorkspaceNumbers(db) };
  const keys = new SqliteKeys(parts);
  return {
    keys,
    ledger: new SqliteLedger(parts, keys),
    events: new SqliteEvents(parts),
    blobs: new SqliteBlobs(parts),
    restores: new SqliteRestores(parts),
    joins: new SqliteJoins(parts),
    letters: new SqliteLetters(parts),
    retention: new SqliteRetention(parts),
    push: new SqlitePush(parts),
    setup: new SqliteSetup(parts),
    close: async () => {
      parts.queue.close();
      raw.close();
    },
  };
}
