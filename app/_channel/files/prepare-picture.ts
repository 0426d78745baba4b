// A file before it is sent: pictures lose what a camera wrote into them and get a small copy beside them.

import { prepareFile, smallerCopy } from "@/app/_engine/pictures.ts";
import { posterOf } from "@/app/_engine/poster.ts";
import type { FileInput, Picture } from "@/lib/client/api/daily/files.ts";

/** Films that browsers play; what a camera wrote into one stays in it. */
export function isFilm(type: string): boolean {
  return /^video\/(?:mp4|webm|ogg)$/.test(type);
}

/** What goes out for one file. `cleaned` says that place, camera and date are gone from it; `smaller`, that it was drawn anew. */
export type Prepared = {
  readonly name: string;
  readonly type: string;
  readonly source: Blob;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail: Picture | null;
  readonly cleaned: boolean;
  readonly smaller: boolean;
};

function asPrepared(file: File, ready: FileInput, smaller: boolean): Prepared {
  const type = ready.type === "" ? "application/octet-stream" : ready.type;
  const source = ready.source instanceof Blob ? ready.source : file;
  return { ...ready, type, source, cleaned: source !== file, smaller };
}

/** A film gets a picture of itself, where this browser plays it. */
async function prepareFilm(file: File): Promise<FileInput> {
  const poster = (await posterOf(file)) ?? { width: null, height: null, thumbnail: null };
  return { name: file.name, type: file.type, source: file, ...poster };
}

/** Files that are no pictures, or do not decode, go out as they are. Never rejects for a bad picture. */
export async function preparePicture(file: File): Promise<Prepared> {
  const plain = { name: file.name, type: file.type, source: file, width: null, height: null, thumbnail: null };
  const prepare = isFilm(file.type) ? prepareFilm : prepareFile;
  return asPrepared(file, await prepare(file).catch(() => plain), false);
}

/** The same picture in less, or as before where it can't be drawn. */
export async function prepareSmaller(file: File): Promise<Prepared> {
  return await smallerCopy(file).then(
    (ready) => asPrepared(file, ready, true),
    () => preparePicture(file),
  );
}
