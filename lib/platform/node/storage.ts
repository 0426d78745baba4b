// Storage in one SQLite file, for the engine in Node (command line, bots, tests).
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Fault } from "@/lib/base/errors.ts";
import type { Storage, StorageOp } from "@/lib/client/ports.ts";
import { rangeBounds, type ScanRange } from "@/lib/platform/range.ts";

/** Keys lie as UTF-16BE, whose byte order is the code unit order that the port promises; SQLite's text order is not. */
function keyBytes(key: string): Buffer {
  return Buffer.from(key, "utf16le").swap16();
}

function keyText(bytes: Buffer): string {
  return Buffer.from(bytes).swap16().toString("utf16le");
}

function storeFault(cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  if (!(cause instanceof Database.SqliteError)) return new Fault("bug/unexpected", { cause });
  const { code } = cause;
  if (code.startsWith("SQLITE_FULL") || code === "SQLITE_IOERR_WRITE") return new Fault("store/full", { cause });
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB"))
    return new Fault("store/corrupt", { cause });
  if (code.startsWith("SQLITE_BUSY")) return new Fault("store/locked", { cause });
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) {
    return new Fault("store/unwritable", { cause });
  }
  return new Fault("store/corrupt", { cause });
}

function guard<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw storeFault(cause);
  }
}

function makeFolder(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Fault("store/unwritable", { cause });
  }
}

const COLUMNS = "SELECT key, value FROM store WHERE tbl = ?";

function prepare(db: Database.Database) {
  return {
    get: db.prepare<[string, Buffer], { value: Buffer }>("SELECT value FROM store WHERE tbl = ? AND key = ?"),
    put: db.prepare(
      "INSERT INTO store (tbl, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    ),
    remove: db.prepare("DELETE FROM store WHERE tbl = ? AND key = ?"),
  };
}

type Row = { key: Buffer; value: Buffer };

type Scans = Map<string, Database.Statement<unknown[], Row>>;

function scanRows(
  db: Database.Database,
  scans: Scans,
  table: string,
  range: ScanRange,
): { key: string; value: Uint8Array }[] {
  const bounds = rangeBounds(range);
  if (bounds === undefined) return [];
  const upper = bounds.to === undefined ? "" : " AND key < ?";
  const order = range.reverse === true ? "DESC" : "ASC";
  const sql = `${COLUMNS} AND key ${bounds.fromOpen ? ">" : ">="} ?${upper} ORDER BY key ${order} LIMIT ?`;
  const end = bounds.to === undefined ? [] : [keyBytes(bounds.to)];
  const statement = scans.get(sql) ?? db.prepare<unknown[], Row>(sql);
  scans.set(sql, statement);
  const rows = statement.all(table, keyBytes(bounds.from), ...end, bounds.limit);
  return rows.map((row) => ({ key: keyText(row.key), value: new Uint8Array(row.value) }));
}

/**
 * Opens (or makes, readable by this user alone) the file. `close` lets it go. Faults: store/full, -corrupt, -locked,
 * -unwritable. `maxPages` bounds the file, so that tests can meet a full disk.
 */
export function sqliteStorage(path: string, options: { maxPages?: number } = {}): Storage & { close(): void } {
  makeFolder(dirname(path));
  const db = guard(() => {
    const opened = new Database(path, { timeout: 5000 });
    chmodSync(path, 0o600);
    opened.pragma("journal_mode = WAL");
    opened.pragma("synchronous = FULL");
    opened.pragma("secure_delete = ON");
    if (options.maxPages !== undefined) opened.pragma(`max_page_count = ${options.maxPages}`);
    opened.exec(
      "CREATE TABLE IF NOT EXISTS store (tbl TEXT, key BLOB, value BLOB, PRIMARY KEY (tbl, key)) WITHOUT ROWID",
    );
    return opened;
  });
  const statements = prepare(db);
  const scans: Scans = new Map();
  const writeAll = db.transaction((ops: readonly StorageOp[]) => {
    for (const op of ops) {
      if (op.op === "put") statements.put.run(op.table, keyBytes(op.key), op.value);
      else statements.remove.run(op.table, keyBytes(op.key));
    }
  });
  return {
    async get(table, key) {
      const row = guard(() => statements.get.get(table, keyBytes(key)));
      return row === undefined ? undefined : new Uint8Array(row.value);
    },
    scan: async (table, range) => guard(() => scanRows(db, scans, table, range)),
    write: async (ops) => guard(() => writeAll.immediate(ops)),
    tables: async () =>
      guard(() =>
        db
          .prepare<[], { tbl: string }>("SELECT DISTINCT tbl FROM store")
          .all()
          .map(({ tbl }) => tbl),
      ),
    async wipe() {
      guard(() => {
        db.exec("DELETE FROM store");
        db.exec("VACUUM");
        db.pragma("wal_checkpoint(TRUNCATE)");
      });
    },
    close: () => void db.close(),
  };
}
