// Files on their way up, kept in the origin's private folder, sealed: a reload or a crash finds them again.
import { Fault } from "@/lib/base/errors.ts";
import type { Spool } from "@/lib/client/ports.ts";
import { keepPieces, openPieces, type PieceStore } from "@/lib/platform/pieces.ts";
import { anySource } from "@/lib/platform/source.ts";

const FOLDER = "uploads";

/** Synchronous reading and writing, which dedicated workers have. */
type Access = {
  write(bytes: Uint8Array, options: { at: number }): number;
  read(bytes: Uint8Array, options: { at: number }): number;
  getSize(): number;
  flush(): void;
  close(): void;
};
type AccessFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<Access> };
type Folder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

function spoolFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const full = thrown instanceof DOMException && thrown.name === "QuotaExceededError";
  return new Fault(full ? "store/full" : "store/unavailable", { cause: thrown });
}

async function folder(): Promise<Folder> {
  try {
    const root = await navigator.storage.getDirectory();
    return (await root.getDirectoryHandle(FOLDER, { create: true })) as Folder;
  } catch (cause) {
    throw new Fault("store/unavailable", { cause });
  }
}

function writing(access: Access): PieceStore {
  return {
    async write(bytes, at) {
      // A disk without room takes a part, or throws.
      if (access.write(bytes, { at }) !== bytes.length) throw new Fault("store/full");
    },
    async read(at, length) {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, access.read(bytes, { at }));
    },
    size: async () => access.getSize(),
  };
}

/** As a Blob: many may read, and nothing is held open. */
function reading(file: Blob): PieceStore {
  return {
    write: async () => {
      throw new Fault("bug/unexpected", { detail: "what is kept is not written again" });
    },
    read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()),
    size: async () => file.size,
  };
}

async function drop(name: string): Promise<void> {
  await (await folder()).removeEntry(name).catch(() => undefined);
}

export function opfsSpool(): Spool {
  return {
    async keep(name, secret, given, signal) {
      try {
        const handle = (await (await folder()).getFileHandle(name, { create: true })) as AccessFile;
        const access = await handle.createSyncAccessHandle();
        try {
          await keepPieces(writing(access), secret, anySource(given), signal);
          access.flush();
        } finally {
          access.close();
        }
      } catch (thrown) {
        await drop(name).catch(() => undefined);
        throw spoolFault(thrown);
      }
    },
    async open(name, secret) {
      try {
        const handle = await (await folder()).getFileHandle(name);
        return await openPieces(reading(await handle.getFile()), secret);
      } catch {
        return undefined;
      }
    },
    drop,
    async sweep(names) {
      const held = await folder().catch(() => undefined);
      if (held === undefined) return;
      const found: string[] = [];
      for await (const name of held.keys()) found.push(name);
      for (const name of found) if (!names.has(name)) await held.removeEntry(name).catch(() => undefined);
    },
  };
}
