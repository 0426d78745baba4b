// Opens the database: one server at a time, sane pragmas, migrations; says what is wrong in a fault with a mend.
import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { Fault } from "@/lib/base/errors.ts";
import { storeFault } from "./faults.ts";

const MIGRATIONS = fileURLToPath(new URL("../../drizzle", import.meta.url));
const BUSY_MS = 5000;
const PAGE_BYTES = 16384;
const HEALTH_CHECK_BYTES = 512 * 1024 * 1024;

/** Where things lie in a data folder. */
export const databasePath = (dataDir: string): string => join(dataDir, "tacit.db");
export const blobsPath = (dataDir: string): string => join(dataDir, "blobs");
const lockPath = (dataDir: string): string => join(dataDir, "server.lock");

export type OpenDatabase = { readonly raw: Database.Database; readonly db: BetterSQLite3Database };

/** Makes a folder and those above it, one by one: Node 20's own recursive mkdir never returns on file systems like /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Makes the data folder if it is not there; store/unwritable when it can't be written. */
export function openDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Fault("store/unwritable", { cause });
  }
}

/**
 * Holds the data folder for this process; the operating system lets go when the process ends, however it ends.
 * Throws store/locked when another server holds it.
 */
export function holdDataDir(dataDir: string): { release: () => void } {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockPath(dataDir), { timeout: 0 });
    lock.pragma("journal_mode = DELETE");
    lock.pragma("locking_mode = EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (thrown) {
    lock?.close();
    throw storeFault(thrown);
  }
  const held = lock;
  return { release: () => held.close() };
}

/** Opens the database of a data folder and brings it to this version's schema. `maxPages` bounds its size in pages. */
export function openDatabase(path: string, options: { maxPages?: number; busyMs?: number } = {}): OpenDatabase {
  let raw: Database.Database | undefined;
  try {
    raw = new Database(path, { timeout: options.busyMs ?? BUSY_MS });
    raw.pragma(`page_size = ${PAGE_BYTES}`);
    raw.pragma("journal_mode = WAL");
    raw.pragma("synchronous = FULL");
    // What a purge takes away must not lie on in free pages.
    raw.pragma("secure_delete = ON");
    raw.pragma("foreign_keys = OFF");
    raw.pragma("cache_size = -32000");
    raw.pragma("journal_size_limit = 67108864");
    checkHealth(raw, path);
    const db = migrated(raw);
    if (options.maxPages !== undefined) raw.pragma(`max_page_count = ${options.maxPages}`);
    return { raw, db };
  } catch (thrown) {
    raw?.close();
    throw storeFault(thrown);
  }
}

/** Brings a database to this version's schema. */
export function migrated(raw: Database.Database): BetterSQLite3Database {
  const db = drizzle({ client: raw });
  refuseNewer(raw);
  migrate(db, { migrationsFolder: MIGRATIONS });
  return db;
}

/** Reads every page of a database of moderate size; a greater one would keep its users waiting at each start. */
function checkHealth(raw: Database.Database, path: string): void {
  if (statSync(path).size > HEALTH_CHECK_BYTES) return;
  const answer = raw.pragma("quick_check(1)", { simple: true });
  if (answer !== "ok") throw new Fault("store/corrupt");
}

/** A database that a newer version migrated is left alone: this version would not know what its columns mean. */
function refuseNewer(raw: Database.Database): void {
  const table = raw.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__drizzle_migrations'").get();
  if (table === undefined) return;
  const newest = raw.prepare("SELECT max(created_at) FROM __drizzle_migrations").pluck().get();
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS }).map((migration) => migration.folderMillis);
  if (typeof newest === "number" && newest > Math.max(...known)) throw new Fault("store/newer-schema");
}
