// A file before it is sent: pictures lose what a camera wrote into them and get a small copy beside them.

import { prepareFile } from "@/app/_engine/pictures.ts";
import type { Picture } from "@/lib/client/api.ts";

/** What goes out for one file. `cleaned` says that place, camera and date are gone from it. */
export type Prepared = {
  readonly name: string;
  readonly type: string;
  readonly source: Blob;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail: Picture | null;
  readonly cleaned: boolean;
};

/** Files that are no pictures, or do not decode, go out as they are. Never rejects for a bad picture. */
export async function preparePicture(file: File): Promise<Prepared> {
  const type = file.type === "" ? "application/octet-stream" : file.type;
  const plain = { name: file.name, type, source: file, width: null, height: null, thumbnail: null, cleaned: false };
  const ready = await prepareFile(file).catch(() => null);
  if (ready === null || !(ready.source instanceof Blob) || ready.source === file) return plain;
  return { ...ready, source: ready.source, cleaned: true };
}
