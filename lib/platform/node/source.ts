// Bytes of a file on disk, read in pieces; a file that changes meanwhile is noticed.
import { open, stat } from "node:fs/promises";
import { Fault } from "@/lib/base/errors.ts";
import type { ByteSource } from "@/lib/client/ports.ts";
import { checkRead } from "@/lib/platform/source.ts";

/** Opens nothing for long: each read opens the file anew and checks that size and time of change are the first ones. */
export async function fileSource(path: string): Promise<ByteSource> {
  const changed = (cause?: unknown) => new Fault("app/file-changed", { cause });
  const first = await stat(path).catch((cause: unknown) => {
    throw changed(cause);
  });
  return {
    size: first.size,
    async read(start, end) {
      checkRead(start, end, first.size);
      try {
        const file = await open(path, "r");
        try {
          const bytes = new Uint8Array(end - start);
          const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
          const now = await file.stat();
          if (bytesRead !== bytes.length || now.size !== first.size || now.mtimeMs !== first.mtimeMs) throw changed();
          return bytes;
        } finally {
          await file.close();
        }
      } catch (thrown) {
        throw thrown instanceof Fault ? thrown : changed(thrown);
      }
    },
  };
}
