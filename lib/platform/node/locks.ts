// Locks of Node: a line inside the process, and an exclusive transaction on a small file against other processes.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Fault } from "@/lib/base/errors.ts";
import type { Locks } from "@/lib/client/ports.ts";
import { type LockArena, lockArena } from "@/lib/platform/locks.ts";

const RETRY_MS = 50;
const arenas = new Map<string, LockArena>();

/** One arena for each folder, however many adapters of it this process makes. */
function arenaOf(folder: string): LockArena {
  const arena = arenas.get(folder) ?? lockArena();
  arenas.set(folder, arena);
  return arena;
}

/** Takes the file's lock, or undefined while another process has it. The system frees it when its holder dies. */
function claim(path: string): (() => void) | undefined {
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
    return () => void db.close();
  } catch (cause) {
    db.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY")) return undefined;
    throw new Fault("store/unwritable", { cause });
  }
}

/** Locks of the profile in `folder`, shared with every other process that opens the same folder. */
export function folderLocks(folder: string): Locks {
  const member = arenaOf(folder).join();
  return {
    async hold(name) {
      const leave = await member.hold(name);
      try {
        if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
        const path = join(folder, `${encodeURIComponent(name)}.lock`);
        for (;;) {
          const release = claim(path);
          if (release === undefined) {
            await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
            continue;
          }
          return () => {
            release();
            leave();
          };
        }
      } catch (thrown) {
        leave();
        throw thrown;
      }
    },
  };
}
