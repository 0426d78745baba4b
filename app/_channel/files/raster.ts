// Pictures that may be drawn: raster types only, of a size that a browser can hold.

const RASTER = /^image\/(?:png|jpeg|gif|webp|avif)$/;
/** 64 megapixels: four bytes each make 256 MB. */
const MOST_PIXELS = 64_000_000;
const MOST_SIDE = 16_384;

/** True for a type that is drawn; SVG and everything that may hold scripts is a file like any other. */
export function isRaster(type: string): boolean {
  return RASTER.test(type);
}

/** True when a picture that claims this size may be decoded. */
export function fitsScreen(width: number, height: number): boolean {
  return width > 0 && height > 0 && width <= MOST_SIDE && height <= MOST_SIDE && width * height <= MOST_PIXELS;
}

/** Decodes to pixels, which is all that gets on the screen; null when it is no picture that may be drawn. */
export async function decodeRaster(data: Blob, type: string): Promise<ImageBitmap | null> {
  if (!isRaster(type)) return null;
  const bitmap = await createImageBitmap(new Blob([data], { type })).catch(() => null);
  if (bitmap === null || fitsScreen(bitmap.width, bitmap.height)) return bitmap;
  bitmap.close();
  return null;
}
