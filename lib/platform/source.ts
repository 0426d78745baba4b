// Byte sources over what is held already: an array of bytes, or a Blob that a person chose.
import { Fault } from "@/lib/base/errors.ts";
import type { ByteSource } from "@/lib/client/ports.ts";

/** Refuses reads outside of 0 <= start <= end <= size, which only a bug makes. */
export function checkRead(start: number, end: number, size: number): void {
  if (start < 0 || end < start || end > size) throw new Fault("bug/unexpected", { detail: "read past the end" });
}

/** Reads from a copy of `bytes`. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  const held = bytes.slice();
  return {
    size: held.length,
    async read(start, end) {
      checkRead(start, end, held.length);
      return held.slice(start, end);
    },
  };
}

/** Reads a Blob or File piece by piece; rejects with app/file-changed when the file behind it changed or went away. */
export function blobSource(blob: Blob): ByteSource {
  const size = blob.size;
  return {
    size,
    async read(start, end) {
      checkRead(start, end, size);
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
      } catch (cause) {
        throw new Fault("app/file-changed", { cause });
      }
      if (bytes.length !== end - start) throw new Fault("app/file-changed");
      return bytes;
    },
  };
}

function isSource(given: unknown): given is ByteSource {
  if (given === null || typeof given !== "object" || !("size" in given) || !("read" in given)) return false;
  return typeof given.size === "number" && typeof given.read === "function";
}

/** The source that a person's choice stands for: a Blob or File, bytes, or a source already. Throws app/file-changed. */
export function anySource(given: unknown): ByteSource {
  if (typeof Blob !== "undefined" && given instanceof Blob) return blobSource(given);
  if (given instanceof Uint8Array) return bytesSource(given);
  if (isSource(given)) return given;
  throw new Fault("app/file-changed", { detail: "no bytes to read" });
}
