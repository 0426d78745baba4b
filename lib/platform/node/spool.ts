// Files on their way up, kept in a folder: a path stays where it is and is kept as a note, all else is copied, both sealed.
import { statSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseUtf8, utf8 } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ByteSource, Spool } from "@/lib/client/ports.ts";
import { keepPieces, openPieces, type PieceStore } from "@/lib/platform/pieces.ts";
import { anySource, bytesSource } from "@/lib/platform/source.ts";
import { fileFault } from "./file.ts";
import { fileSource } from "./source.ts";

/** A file of one's own, by its path and by what it was when it was chosen. */
type Note = { readonly path: string; readonly size: number; readonly changed: number };

function filePieces(file: FileHandle): PieceStore {
  return {
    async write(bytes, at) {
      await file.write(bytes, 0, bytes.length, at);
    },
    async read(at, length) {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await file.read(bytes, 0, length, at);
      return bytes.subarray(0, bytesRead);
    },
    size: async () => (await file.stat()).size,
  };
}

/** Opens the file for each read, as one that may be dropped at any time. */
function pathPieces(path: string): PieceStore {
  const within = async <T>(work: (pieces: PieceStore) => Promise<T>): Promise<T> => {
    const file = await open(path, "r").catch((cause: unknown) => {
      throw new Fault("app/file-changed", { cause });
    });
    try {
      return await work(filePieces(file));
    } finally {
      await file.close();
    }
  };
  return {
    write: (bytes, at) => within((pieces) => pieces.write(bytes, at)),
    read: (at, length) => within((pieces) => pieces.read(at, length)),
    size: () => within((pieces) => pieces.size()),
  };
}

function noteOf(path: string): Note {
  try {
    const { size, mtimeMs } = statSync(path);
    return { path, size, changed: mtimeMs };
  } catch (cause) {
    throw new Fault("app/file-changed", { cause });
  }
}

/** The file that a note speaks of, as it was then. Throws app/file-changed. */
function fromNote(note: Note): ByteSource {
  const now = noteOf(note.path);
  if (now.size !== note.size || now.changed !== note.changed) throw new Fault("app/file-changed");
  return fileSource(note.path);
}

async function writeWhole(path: string, work: (store: PieceStore) => Promise<void>): Promise<void> {
  const draft = `${path}.part`;
  try {
    const file = await open(draft, "w", 0o600);
    try {
      await work(filePieces(file));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause instanceof Fault ? cause : fileFault(cause);
  }
}

async function readNote(path: string, secret: Uint8Array): Promise<Note | undefined> {
  const kept = await openPieces(pathPieces(path), secret).catch(() => undefined);
  return kept === undefined ? undefined : (JSON.parse(parseUtf8(await kept.read(0, kept.size)) ?? "") as Note);
}

export function folderSpool(folder: string): Spool {
  const copy = (name: string) => join(folder, `${name}.bytes`);
  const note = (name: string) => join(folder, `${name}.note`);
  return {
    async keep(name, secret, given, signal) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const isPath = typeof given === "string";
      const source = isPath ? bytesSource(utf8(JSON.stringify(noteOf(given)))) : anySource(given);
      await writeWhole((isPath ? note : copy)(name), (store) => keepPieces(store, secret, source, signal));
    },
    async open(name, secret) {
      const path = await readNote(note(name), secret);
      if (path !== undefined) return fromNote(path);
      return await openPieces(pathPieces(copy(name)), secret).catch(() => undefined);
    },
    async drop(name) {
      for (const path of [copy(name), note(name)]) await rm(path, { force: true });
    },
    async sweep(names) {
      const found = await readdir(folder).catch(() => []);
      for (const file of found)
        if (!names.has(file.replace(/\.[a-z.]+$/, ""))) await rm(join(folder, file), { force: true });
    },
  };
}
