// Bytes of a file on disk, read in pieces; a file that changes meanwhile is noticed.
import { type Stats, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { Fault } from "@/lib/base/errors.ts";
import type { ByteSource } from "@/lib/client/ports.ts";
import { anySource, checkRead } from "@/lib/platform/source.ts";

/** Opens nothing for long: each read opens the file anew and checks that size and time of change are the first ones. */
export function fileSource(path: string): ByteSource {
  const changed = (cause?: unknown) => new Fault("app/file-changed", { cause });
  let first: Stats;
  try {
    first = statSync(path);
  } catch (cause) {
    throw changed(cause);
  }
  return {
    size: first.size,
    async read(start, end, into) {
      checkRead(start, end, first.size);
      try {
        const file = await open(path, "r");
        try {
          const bytes =
            into !== undefined && into.length >= end - start
              ? into.subarray(0, end - start)
              : new Uint8Array(end - start);
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

/** The source port of Node: text is a path; bytes, Blobs and sources are taken as they are. */
export function nodeSource(given: unknown): ByteSource {
  return typeof given === "string" ? fileSource(given) : anySource(given);
}
