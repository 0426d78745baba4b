// tacit restore: checks a whole backup before anything of it takes the place of a data folder.
import { createHash, randomBytes } from "node:crypto";
import { createReadStream, existsSync, readdirSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { mkdir, open, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "@/lib/base/errors.ts";
import { ID_BYTES } from "@/lib/base/ids.ts";
import { sodiumReady } from "@/lib/proof/sodium.ts";
import { loadState } from "@/server/ledger/workspace.ts";
import type { Random } from "@/server/random.ts";
import { storeFault } from "@/server/store/faults.ts";
import type { Store } from "@/server/store/port.ts";
import { openSqliteStore } from "@/server/store/sqlite.ts";
import type { BackupReport } from "./backup.ts";
import { inspect } from "./backup.ts";
import { BLOB_NAME, DATABASE_NAME, MANIFEST_NAME, parseManifest } from "./manifest.ts";
import type { TarEntry } from "./tar.ts";
import { readTar } from "./tar.ts";

/** Unpacks a backup into a data folder that does not exist or is empty. Throws store/bad-backup; then nothing changed. */
export async function restoreBackup(source: string, dataDir: string): Promise<BackupReport> {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new Fault("start/bad-setting", { detail: `--data: ${dataDir} is not empty; choose a new folder` });
  if (!existsSync(source)) throw new Fault("start/bad-setting", { detail: `${source}: there is no such file` });
  const draft = `${dataDir}.restoring`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    const report = await unpack(source, draft);
    if (existsSync(dataDir)) await rmdir(dataDir);
    await rename(draft, dataDir);
    return report;
  } catch (thrown) {
    throw storeFault(thrown);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function unpack(source: string, draft: string): Promise<BackupReport> {
  const file = await open(source, "r");
  try {
    const entries = await readTar(file);
    const found = new Map<string, string>();
    for (const entry of entries) {
      const allowed = [DATABASE_NAME, MANIFEST_NAME].includes(entry.name) || BLOB_NAME.test(entry.name);
      if (!allowed || found.has(entry.name))
        throw new Fault("store/bad-backup", { detail: "a file in it has no place" });
      found.set(entry.name, await extract(source, entry, join(draft, entry.name)));
    }
    await compare(draft, entries, found);
    const { events } = inspect(join(draft, DATABASE_NAME));
    await markRestored(join(draft, DATABASE_NAME));
    await rm(join(draft, MANIFEST_NAME));
    return { files: entries.length - 1, bytes: (await file.stat()).size, events };
  } finally {
    await file.close();
  }
}

async function markRestored(path: string): Promise<void> {
  await sodiumReady();
  const store = openSqliteStore(path);
  try {
    await noteRestored(store, Date.now(), (bytes) => new Uint8Array(randomBytes(bytes)));
  } finally {
    await store.close();
  }
}

/** Notes in every workspace that people have seen more than lies here: nothing new is taken before it is given back (L10). */
export async function noteRestored(store: Store, at: number, random: Random): Promise<void> {
  for (const ws of await store.ledger.workspaces()) {
    const { n } = await loadState(store, ws);
    await store.restores.begin(ws, { id: random(ID_BYTES), at, n, closedAt: null });
  }
}

/** Every file is listed, with its size and hash, and every listed one is there. */
async function compare(draft: string, entries: readonly TarEntry[], found: ReadonlyMap<string, string>): Promise<void> {
  if (!found.has(MANIFEST_NAME) || !found.has(DATABASE_NAME))
    throw new Fault("store/bad-backup", { detail: "its database or its list of contents is missing" });
  const { files } = parseManifest(await readFile(join(draft, MANIFEST_NAME)));
  const sizes = new Map(entries.map((entry) => [entry.name, entry.size]));
  const same = files.every(({ name, size, sha256 }) => found.get(name) === sha256 && sizes.get(name) === size);
  if (!same || files.length !== entries.length - 1)
    throw new Fault("store/bad-backup", { detail: "what is in it is not what it lists" });
}

/** Writes one file of the container to disk; answers its hash. */
async function extract(source: string, entry: TarEntry, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash("sha256");
  const out: FileHandle = await open(path, "wx", 0o600);
  try {
    if (entry.size > 0)
      for await (const piece of createReadStream(source, { start: entry.at, end: entry.at + entry.size - 1 })) {
        hash.update(piece);
        await out.writeFile(piece);
      }
    await out.sync();
  } finally {
    await out.close();
  }
  return hash.digest("hex");
}
