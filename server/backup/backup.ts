// tacit backup: a consistent copy of database and files in one container, while the server runs.
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { toHex } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import { storeFault, systemCode } from "@/server/store/faults.ts";
import { blobsPath, databasePath } from "@/server/store/open.ts";
import type { Manifest } from "./manifest.ts";
import { BLOB_NAME, DATABASE_NAME, FORMAT, MANIFEST_NAME } from "./manifest.ts";
import { TAR_END, tarHeader, tarPadding } from "./tar.ts";

export type BackupReport = { readonly files: number; readonly bytes: number; readonly events: number };
type FileEntry = Manifest["files"][number];

/** All pages in one step, so that writers never make the copy begin anew. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Writes a backup of a data folder to `target`, which must not exist. The database comes first: whatever it names was
 * durable before. Throws store/bad-backup when the copy does not pass SQLite's own check.
 */
export async function makeBackup(dataDir: string, target: string, version: string): Promise<BackupReport> {
  if (!existsSync(databasePath(dataDir)))
    throw new Fault("start/bad-setting", { detail: `--data: there is no database in ${dataDir}` });
  if (existsSync(target)) throw new Fault("start/bad-setting", { detail: `${target}: this file exists already` });
  const snapshot = `${target}.database`;
  const draft = `${target}.part`;
  try {
    await copyDatabase(databasePath(dataDir), snapshot);
    const { blobs, events } = inspect(snapshot);
    const out = await open(draft, "wx", 0o600);
    let files: FileEntry[];
    try {
      files = await writeAll(out, { snapshot, blobs, root: blobsPath(dataDir), version });
      await out.sync();
    } finally {
      await out.close();
    }
    await rename(draft, target);
    await syncFolder(dirname(target));
    return { files: files.length, bytes: (await stat(target)).size, events };
  } catch (thrown) {
    throw storeFault(thrown);
  } finally {
    for (const file of [snapshot, `${snapshot}-wal`, `${snapshot}-shm`, draft]) await rm(file, { force: true });
  }
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const db = new Database(from, { fileMustExist: true, timeout: 10_000 });
  try {
    await db.backup(to, { progress: () => ALL_PAGES });
  } finally {
    db.close();
  }
}

/** Checks a copy, and lists the segments that it names. */
export function inspect(path: string): { blobs: string[]; events: number } {
  const db = new Database(path, { fileMustExist: true });
  try {
    if (db.pragma("integrity_check(1)", { simple: true }) !== "ok")
      throw new Fault("store/bad-backup", { detail: "the database in it is damaged" });
    const rows = db
      .prepare(
        "SELECT ws, blob, segments FROM blobs JOIN workspaces USING (w) WHERE finished_at IS NOT NULL ORDER BY w, blob",
      )
      .all() as { ws: Buffer; blob: Buffer; segments: number }[];
    const events = db.prepare("SELECT count(*) FROM events").pluck().get() as number;
    return { blobs: rows.flatMap(segmentNames), events };
  } finally {
    db.close();
  }
}

function segmentNames(row: { ws: Buffer; blob: Buffer; segments: number }): string[] {
  const blob = toHex(row.blob);
  const folder = `blobs/${toHex(row.ws).slice(0, 16)}/${blob.slice(0, 2)}/${blob}`;
  return Array.from({ length: row.segments }, (_, i) => `${folder}/${i.toString().padStart(4, "0")}`);
}

async function writeAll(
  out: FileHandle,
  from: { snapshot: string; blobs: readonly string[]; root: string; version: string },
): Promise<FileEntry[]> {
  const files = [await writeFile(out, DATABASE_NAME, from.snapshot)];
  for (const name of from.blobs) {
    if (!BLOB_NAME.test(name)) throw new Fault("bug/unexpected");
    try {
      files.push(await writeFile(out, name, join(from.root, name.slice("blobs/".length))));
    } catch (thrown) {
      // Purged since the copy of the database was made: the restored server will not miss it more than this one.
      if (systemCode(thrown) !== "ENOENT") throw thrown;
    }
  }
  const createdAt = new Date().toISOString();
  const manifest: Manifest = { format: FORMAT, version: from.version, createdAt, files };
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  await out.writeFile(
    Buffer.concat([tarHeader(MANIFEST_NAME, bytes.length), bytes, tarPadding(bytes.length), TAR_END]),
  );
  return files;
}

async function writeFile(out: FileHandle, name: string, path: string): Promise<FileEntry> {
  const { size } = await stat(path);
  const hash = createHash("sha256");
  await out.writeFile(tarHeader(name, size));
  let written = 0;
  for await (const piece of createReadStream(path)) {
    hash.update(piece);
    written += piece.length;
    await out.writeFile(piece);
  }
  if (written !== size) throw new Fault("store/bad-backup", { detail: "a file changed while it was copied" });
  await out.writeFile(tarPadding(size));
  return { name, size, sha256: hash.digest("hex") };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
