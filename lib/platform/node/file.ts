// Writing a small file whole or not at all.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { Fault } from "@/lib/base/errors.ts";

/** The fault that a failed call on a file means. */
export function fileFault(cause: unknown): Fault {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return new Fault(code === "ENOSPC" || code === "EDQUOT" ? "store/full" : "store/unwritable", { cause });
}

/** Writes beside, flushes, renames, flushes the folder: after a crash the old or the new bytes are there. */
export function writeFileWhole(path: string, bytes: Uint8Array, mode: number): void {
  const draft = `${path}.${process.pid}.draft`;
  try {
    const file = openSync(draft, "w", mode);
    try {
      writeSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    const folder = openSync(dirname(path), "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (cause) {
    rmSync(draft, { force: true });
    throw fileFault(cause);
  }
}
