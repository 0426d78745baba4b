// A picture before it is sent: drawn anew without what a camera wrote into it, and a small copy beside it.

import { THUMBNAIL_BYTES } from "@/app/_channel/limits.ts";
import type { Picture } from "@/lib/client/api.ts";
import { decodeRaster, isRaster } from "./raster.ts";

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

/** Beyond this a picture goes out as it is, like any other file. */
const MOST_BYTES = 60_000_000;
const THUMB_WIDTH = 840;
const THUMB_HEIGHT = 640;
const QUALITIES = [0.82, 0.68, 0.5, 0.35] as const;
/** Types that a canvas writes; the rest is written as WebP, except for GIF, whose movement would be lost. */
const WRITES = new Set(["image/jpeg", "image/png", "image/webp"]);

async function draw(
  bitmap: ImageBitmap,
  width: number,
  height: number,
  type: string,
  quality: number,
): Promise<Blob | null> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type, quality });
  return blob.type === type ? blob : null;
}

async function makeThumbnail(bitmap: ImageBitmap): Promise<Picture | null> {
  for (const share of [1, 0.7, 0.45, 0.25]) {
    const scale = Math.min(1, (THUMB_WIDTH * share) / bitmap.width, (THUMB_HEIGHT * share) / bitmap.height);
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    for (const quality of QUALITIES) {
      const blob = await draw(bitmap, width, height, "image/webp", quality);
      if (blob === null || blob.size > THUMBNAIL_BYTES) continue;
      return { type: blob.type, width, height, bytes: new Uint8Array(await blob.arrayBuffer()) };
    }
  }
  return null;
}

function renamed(name: string, type: string, was: string): string {
  if (type === was) return name;
  return `${name.replace(/\.[^.]*$/, "")}.webp`;
}

async function makeClean(file: File, bitmap: ImageBitmap): Promise<Pick<Prepared, "name" | "type" | "source"> | null> {
  if (file.type === "image/gif") return null;
  const type = WRITES.has(file.type) ? file.type : "image/webp";
  const source = await draw(bitmap, bitmap.width, bitmap.height, type, 0.92);
  return source === null ? null : { name: renamed(file.name, type, file.type), type, source };
}

/** Files that are no pictures, or do not decode, go out as they are. Never rejects for a bad picture. */
export async function preparePicture(file: File): Promise<Prepared> {
  const type = file.type === "" ? "application/octet-stream" : file.type;
  const plain = { name: file.name, type, source: file, width: null, height: null, thumbnail: null, cleaned: false };
  if (!isRaster(file.type) || file.size > MOST_BYTES) return plain;
  const bitmap = await decodeRaster(file, file.type);
  if (bitmap === null) return plain;
  try {
    const { width, height } = bitmap;
    const thumbnail = await makeThumbnail(bitmap);
    const clean = await makeClean(file, bitmap);
    return { ...plain, ...clean, width, height, thumbnail, cleaned: clean !== null };
  } finally {
    bitmap.close();
  }
}
