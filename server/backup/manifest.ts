// What a backup says it holds: every file with its size and hash, last in the container.
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";

export const FORMAT = 1;
export const DATABASE_NAME = "tacit.db";
export const MANIFEST_NAME = "manifest.json";
/** blobs/<workspace>/<shelf>/<blob>/<segment>, all in hexadecimal: no other path is ever written by a restore. */
export const BLOB_NAME = /^blobs\/[0-9a-f]{16}\/[0-9a-f]{2}\/[0-9a-f]{32}\/\d{4}$/;

const manifest = z.strictObject({
  format: z.literal(FORMAT),
  version: z.string().max(40),
  createdAt: z.string().max(40),
  files: z.array(
    z.strictObject({ name: z.string().max(100), size: z.number().int().nonnegative(), sha256: z.string().length(64) }),
  ),
});
export type Manifest = z.output<typeof manifest>;

/** Throws store/bad-backup. */
export function parseManifest(bytes: Buffer): Manifest {
  try {
    return manifest.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw new Fault("store/bad-backup", { cause, detail: "its list of contents is not readable" });
  }
}
