// Pictures that may be drawn: raster types only, of a size that a browser can hold.

import { decodePicture } from "@/app/_engine/pictures.ts";

const RASTER = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/** True for a type that is drawn; SVG and everything that may hold scripts is a file like any other. */
export function isRaster(type: string): boolean {
  return RASTER.test(type);
}

/** Decodes to pixels, which is all that gets on the screen; null when it is no picture that may be drawn. */
export async function decodeRaster(data: Blob, type: string): Promise<ImageBitmap | null> {
  return isRaster(type) ? decodePicture(data) : null;
}
