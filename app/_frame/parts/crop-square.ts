// A picture file to a small square picture, drawn anew so that nothing of the file but its pixels stays.
"use client";

import type { Picture } from "@/lib/client/api.ts";

const SIDE = 256;
const MAX_FILE = 30_000_000;
const MAX_PIXELS = 100_000_000;
const RASTER = /^image\/(png|jpeg|webp|gif|avif)$/;

/** A 256 px WebP or JPEG; null when the file is none of the raster types, too large or does not decode. */
export async function cropSquare(file: Blob): Promise<Picture | null> {
  if (!RASTER.test(file.type) || file.size > MAX_FILE) return null;
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return null;
  const { width, height } = bitmap;
  if (width * height > MAX_PIXELS || width === 0) return null;
  const side = Math.min(width, height);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  bitmap.close();
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.85 });
  return { type: blob.type, width: SIDE, height: SIDE, bytes: new Uint8Array(await blob.arrayBuffer()) };
}
