// What SQLite and the file system say, as faults with a mend.
import { Fault } from "@/lib/base/errors.ts";

const CODES: readonly (readonly [prefix: string, code: Fault["code"]])[] = [
  ["SQLITE_FULL", "store/full"],
  ["ENOSPC", "store/full"],
  ["EDQUOT", "store/full"],
  ["SQLITE_BUSY", "store/locked"],
  ["SQLITE_LOCKED", "store/locked"],
  ["SQLITE_CORRUPT", "store/corrupt"],
  ["SQLITE_NOTADB", "store/corrupt"],
  ["SQLITE_READONLY", "store/unwritable"],
  ["SQLITE_CANTOPEN", "store/unwritable"],
  ["SQLITE_PERM", "store/unwritable"],
  ["SQLITE_IOERR_WRITE", "store/full"],
  ["SQLITE_IOERR", "store/corrupt"],
  ["EACCES", "store/unwritable"],
  ["EPERM", "store/unwritable"],
  ["EROFS", "store/unwritable"],
  ["ENOTDIR", "store/unwritable"],
  ["EISDIR", "store/unwritable"],
];

/** The `code` that Node and SQLite put on what they throw. */
export function systemCode(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}

/** Whatever a database or file call threw, as a Fault. Faults pass as they are. */
export function storeFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  // drizzle wraps what the driver threw
  const inner = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const code = systemCode(inner) ?? systemCode(thrown);
  const known = CODES.find(([prefix]) => code?.startsWith(prefix) === true);
  return new Fault(known?.[1] ?? "bug/unexpected", { cause: thrown });
}
