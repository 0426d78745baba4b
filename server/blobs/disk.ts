// Blob segments as files: streamed, synced, and in place only when whole; nothing is ever written over.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { link, mkdir, open, readdir, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { toHex } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { storeFault, systemCode } from "@/server/store/faults.ts";
import { blobFolder, insideOf, segmentPath, workspaceName } from "./paths.ts";
import type { SegmentAt, SegmentStore } from "./port.ts";

const TEMPORARY = "tmp";

export class BlobDisk implements SegmentStore {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async open(): Promise<void> {
    try {
      await rm(join(this.root, TEMPORARY), { recursive: true, force: true });
      await mkdir(join(this.root, TEMPORARY), { recursive: true, mode: 0o700 });
    } catch (thrown) {
      throw storeFault(thrown);
    }
  }

  async write(at: SegmentAt, body: AsyncIterable<Uint8Array>, expected: number): Promise<number> {
    const path = segmentPath(this.root, at.ws, at.blob, at.segment);
    const draft = insideOf(this.root, TEMPORARY, randomUUID());
    try {
      await this.fill(draft, body, expected);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await link(draft, path);
      } catch (thrown) {
        if (systemCode(thrown) !== "EEXIST") throw thrown;
        if ((await hashOf(path)) !== (await hashOf(draft))) throw new Fault("proof/duplicate");
      }
      await syncFolder(dirname(path));
      return expected;
    } catch (thrown) {
      throw storeFault(thrown);
    } finally {
      await rm(draft, { force: true });
    }
  }

  private async fill(draft: string, body: AsyncIterable<Uint8Array>, expected: number): Promise<void> {
    let file: FileHandle | undefined;
    let bytes = 0;
    try {
      file = await open(draft, "wx", 0o600);
      for await (const piece of body) {
        bytes += piece.length;
        if (bytes > expected) throw new Fault("wire/too-large");
        await file.writeFile(piece);
      }
      if (bytes !== expected) throw new Fault("may/bad-body");
      await file.sync();
    } finally {
      await file?.close();
    }
  }

  async size(at: SegmentAt): Promise<number | undefined> {
    try {
      return (await stat(segmentPath(this.root, at.ws, at.blob, at.segment))).size;
    } catch (thrown) {
      if (systemCode(thrown) === "ENOENT") return undefined;
      throw storeFault(thrown);
    }
  }

  read(at: SegmentAt, start: number, end: number): Readable {
    return createReadStream(segmentPath(this.root, at.ws, at.blob, at.segment), { start, end });
  }

  async remove(ws: WorkspaceId, blob: BlobId): Promise<void> {
    await rm(blobFolder(this.root, ws, blob), { recursive: true, force: true });
  }

  async sweep(known: readonly { ws: WorkspaceId; blob: BlobId }[], before: number): Promise<number> {
    const keep = new Set(known.map(({ ws, blob }) => `${workspaceName(ws)}/${toHex(idBytes(blob))}`));
    let removed = 0;
    for (const ws of await listing(this.root)) {
      if (ws === TEMPORARY) continue;
      for (const shelf of await listing(join(this.root, ws))) {
        for (const blob of await listing(join(this.root, ws, shelf))) {
          const folder = join(this.root, ws, shelf, blob);
          if (keep.has(`${ws}/${blob}`) || (await stat(folder)).mtimeMs > before) continue;
          await rm(folder, { recursive: true, force: true });
          removed += 1;
        }
        await rmdir(join(this.root, ws, shelf)).catch(() => undefined);
      }
    }
    return removed;
  }
}

async function listing(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("hex");
}

/** A file's name is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
