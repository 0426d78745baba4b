// What the parts of the SQLite store share: the database, the commit queue, workspace numbers, bound parameters.
import type Database from "better-sqlite3";
import type { Column, SQL } from "drizzle-orm";
import { eq, Param, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import type { CommitQueue } from "./commit.ts";
import { storeFault } from "./faults.ts";
import { workspaces } from "./schema.ts";

export type Parts = {
  readonly raw: Database.Database;
  readonly db: BetterSQLite3Database;
  readonly queue: CommitQueue;
  readonly numbers: WorkspaceNumbers;
};

/** A named parameter that is written the way its column is. */
export const bound = (column: Column, name: string): Param => new Param(sql.placeholder(name), column);
/** `column = :name`. */
export const is = (column: Column, name: string): SQL => eq(column, bound(column, name));

/** Runs a read; whatever the database throws becomes a Fault of a rejected promise. */
export async function read<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (thrown) {
    throw storeFault(thrown);
  }
}

/** A row as it lies there, column by column; bytes as base64url. */
export function toStored(table: string, row: unknown): StoredRow {
  const columns: StoredRow["columns"] = {};
  for (const [name, value] of Object.entries(row as Record<string, unknown>))
    columns[name] =
      value instanceof Uint8Array ? toBase64url(value) : typeof value === "number" ? value : String(value ?? "");
  return { table, columns };
}

/** The small number that stands for each workspace on disk. */
export class WorkspaceNumbers {
  private readonly known = new Map<WorkspaceId, number>();

  constructor(db: BetterSQLite3Database) {
    for (const row of db.select().from(workspaces).all()) this.known.set(row.ws, row.w);
  }

  /** The number of a workspace that exists. */
  of(ws: WorkspaceId): number {
    const w = this.known.get(ws);
    if (w === undefined) throw new Fault("may/not-found");
    return w;
  }

  add(ws: WorkspaceId, w: number): void {
    this.known.set(ws, w);
  }

  all(): WorkspaceId[] {
    return [...this.known.keys()];
  }
}
