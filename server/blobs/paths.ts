// Where a blob's segments lie on disk; ids become hexadecimal, so that no file system folds two names into one.
import { join, resolve, sep } from "node:path";
import { toHex } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";

export const MAX_SEGMENTS = 600;

/** The path if it lies below the folder, however it was put together. Throws may/not-found otherwise. */
export function insideOf(folder: string, ...parts: readonly string[]): string {
  const root = resolve(folder);
  const path = resolve(root, ...parts);
  if (!path.startsWith(root + sep)) throw new Fault("may/not-found");
  return path;
}

/** Half of the id's first half tells workspaces apart, and keeps paths short. */
export const workspaceName = (ws: WorkspaceId): string => toHex(idBytes(ws)).slice(0, 16);

export function blobFolder(root: string, ws: WorkspaceId, blob: BlobId): string {
  const name = toHex(idBytes(blob));
  return insideOf(root, workspaceName(ws), name.slice(0, 2), name);
}

export function segmentPath(root: string, ws: WorkspaceId, blob: BlobId, segment: number): string {
  if (!Number.isInteger(segment) || segment < 0 || segment >= MAX_SEGMENTS) throw new Fault("may/not-found");
  return join(blobFolder(root, ws, blob), segment.toString().padStart(4, "0"));
}
