// Sizes of the files that a server holds: what is stored has exactly the bytes of a padding class, so that they tell no more.
import { dirname } from "node:path";
import { arePadded } from "@/server/blobs/limits.ts";
import type { Sink } from "./search.ts";

export type StoredSizes = {
  readonly files: number;
  /** those whose segments are not the ones of any padding class */
  readonly unpadded: readonly string[];
};

/** Judges every file below a data folder's `blobs`, as `readSinks` names them: one folder each, a segment in each entry. */
export function storedSizes(sinks: readonly Sink[]): StoredSizes {
  const files = new Map<string, number[]>();
  const segments = sinks.filter(({ name }) => /\/blobs\/\w+\/\w+\/\w+\/\d{4}$/.test(name));
  for (const { name, bytes } of segments.sort((a, b) => (a.name < b.name ? -1 : 1)))
    files.set(dirname(name), [...(files.get(dirname(name)) ?? []), bytes.length]);
  const unpadded = [...files].filter(([, sizes]) => !arePadded(sizes));
  return { files: files.size, unpadded: unpadded.map(([name]) => name) };
}
