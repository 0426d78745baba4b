// Pictures on this device: metadata taken out before they are sealed, small ones made, foreign ones decoded anew.
"use client";

import { Fault } from "@/lib/base/errors.ts";
import type { FileInput } from "@/lib/client/api/daily/files.ts";
import type { Picture } from "@/lib/client/api.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { HEAD_BYTES, type PictureFacts, readPicture } from "./picture-size.ts";
import { stripPicture } from "./picture-strip.ts";

/** Pixels that are decoded at most: 4 bytes each of memory. */
const MOST_PIXELS = 64_000_000;
/** Files larger than this are sent as they are: they would not fit in memory twice. */
const MOST_BYTES = 64 * 1024 * 1024;
const AVATAR_SIDE = 256;
const EMOJI_SIDE = 96;
const THUMBNAIL_SIDES = [840, 640, 480, 320, 200];

async function headOf(blob: Blob): Promise<PictureFacts | undefined> {
  try {
    return readPicture(new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer()));
  } catch {
    return undefined;
  }
}

/** Decodes, upright; null for a picture bomb and for what does not decode. */
async function decode(blob: Blob, facts: PictureFacts): Promise<ImageBitmap | null> {
  if (facts.width * facts.height > MOST_PIXELS) return null;
  return createImageBitmap(new Blob([blob], { type: facts.type })).catch(() => null);
}

type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

function draw(bitmap: ImageBitmap, crop: Crop, width: number, height: number, opaque: boolean): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Fault("app/bad-picture", { detail: "no canvas" });
  context.imageSmoothingQuality = "high";
  if (opaque) {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
  }
  context.drawImage(bitmap, crop.x, crop.y, crop.width, crop.height, 0, 0, width, height);
  return canvas;
}

/** WebP, or JPEG where the browser writes no WebP. */
async function encode(bitmap: ImageBitmap, crop: Crop, width: number, height: number, quality: number): Promise<Blob> {
  const webp = await draw(bitmap, crop, width, height, false).convertToBlob({ type: "image/webp", quality });
  if (webp.type === "image/webp") return webp;
  return draw(bitmap, crop, width, height, true).convertToBlob({ type: "image/jpeg", quality });
}

async function toPicture(blob: Blob, width: number, height: number): Promise<Picture> {
  return { type: blob.type, width, height, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

function scaleTo(bitmap: ImageBitmap, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: scaled(bitmap.width), height: scaled(bitmap.height) };
}

const whole = (bitmap: ImageBitmap): Crop => ({ x: 0, y: 0, width: bitmap.width, height: bitmap.height });

/** The largest of a few sizes whose bytes fit into a sealed event. */
export async function smallPicture(bitmap: ImageBitmap): Promise<Picture | null> {
  for (const side of THUMBNAIL_SIDES) {
    const { width, height } = scaleTo(bitmap, side);
    const blob = await encode(bitmap, whole(bitmap), width, height, 0.75);
    if (blob.size <= LIMITS.thumbnailBytes) return toPicture(blob, width, height);
  }
  return null;
}

/** The square middle of a picture, 256 px. Throws app/bad-picture. */
export async function makeAvatar(file: Blob): Promise<Picture> {
  const facts = file.size > MOST_BYTES ? undefined : await headOf(file);
  const bitmap = facts === undefined ? null : await decode(file, facts);
  if (bitmap === null) throw new Fault("app/bad-picture");
  try {
    const side = Math.min(bitmap.width, bitmap.height);
    const crop = { x: (bitmap.width - side) / 2, y: (bitmap.height - side) / 2, width: side, height: side };
    return await toPicture(await encode(bitmap, crop, AVATAR_SIDE, AVATAR_SIDE, 0.85), AVATAR_SIDE, AVATAR_SIDE);
  } finally {
    bitmap.close();
  }
}

/** A small picture on a clear square ground, whole: an emoji is not cut. Throws app/bad-picture. */
export async function makeEmoji(file: Blob): Promise<Picture> {
  const facts = file.size > MOST_BYTES ? undefined : await headOf(file);
  const bitmap = facts === undefined ? null : await decode(file, facts);
  if (bitmap === null) throw new Fault("app/bad-picture");
  try {
    const { width, height } = scaleTo(bitmap, EMOJI_SIDE);
    const canvas = new OffscreenCanvas(EMOJI_SIDE, EMOJI_SIDE);
    const context = canvas.getContext("2d");
    if (context === null) throw new Fault("app/bad-picture", { detail: "no canvas" });
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, (EMOJI_SIDE - width) / 2, (EMOJI_SIDE - height) / 2, width, height);
    const webp = await canvas.convertToBlob({ type: "image/webp", quality: 0.9 });
    const blob = webp.type === "image/webp" ? webp : await canvas.convertToBlob({ type: "image/png" });
    return await toPicture(blob, EMOJI_SIDE, EMOJI_SIDE);
  } finally {
    bitmap.close();
  }
}

/** The file without metadata: taken out losslessly where the kind allows it, else drawn anew at full size. */
async function withoutMetadata(file: Blob, facts: PictureFacts, bitmap: ImageBitmap | null): Promise<Blob> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const stripped = stripPicture(facts.type, bytes);
  if (stripped !== undefined) return new Blob([stripped as Uint8Array<ArrayBuffer>], { type: facts.type });
  if (bitmap === null) throw new Fault("app/bad-picture");
  return encode(bitmap, whole(bitmap), bitmap.width, bitmap.height, 0.92);
}

function renamed(name: string, type: string): string {
  const ending = type === "image/webp" ? ".webp" : ".jpg";
  return name.replace(/\.[^.]*$/, "") + ending;
}

/** The longer side of a copy that is sent in place of a picture, on request. */
const SMALLER_SIDE = 2048;

/** A picture drawn anew: smaller where it is large, and with nothing in it but pixels. Throws app/bad-picture. */
export async function smallerCopy(file: File): Promise<FileInput> {
  const facts = file.size > MOST_BYTES ? undefined : await headOf(file);
  const bitmap = facts === undefined ? null : await decode(file, facts);
  if (bitmap === null) throw new Fault("app/bad-picture");
  try {
    const { width, height } = scaleTo(bitmap, SMALLER_SIDE);
    const source = await encode(bitmap, whole(bitmap), width, height, 0.8);
    const thumbnail = await smallPicture(bitmap);
    return { name: renamed(file.name, source.type), type: source.type, source, width, height, thumbnail };
  } finally {
    bitmap.close();
  }
}

/**
 * A file as the engine takes it. Raster pictures lose their metadata and get size and thumbnail; everything else goes
 * as it is. Throws app/bad-picture for a picture whose metadata can't be taken out, app/file-changed when it went away.
 */
export async function prepareFile(file: File): Promise<FileInput> {
  const facts = file.size > MOST_BYTES ? undefined : await headOf(file);
  const plain = { name: file.name, type: file.type, source: file, width: null, height: null, thumbnail: null };
  if (facts === undefined) return plain;
  const bitmap = await decode(file, facts);
  try {
    const source = await withoutMetadata(file, facts, bitmap).catch((cause: unknown) => {
      throw cause instanceof Fault ? cause : new Fault("app/file-changed", { cause });
    });
    const name = source.type === facts.type ? file.name : renamed(file.name, source.type);
    if (bitmap === null) return { ...plain, name, type: source.type, source };
    const thumbnail = await smallPicture(bitmap);
    return { name, type: source.type, source, width: bitmap.width, height: bitmap.height, thumbnail };
  } finally {
    bitmap?.close();
  }
}

/**
 * A foreign picture as pixels, which is all of it that gets on the screen; null for what is no raster picture by its
 * bytes, whatever it claims, and for one too large to hold (MS-26). The caller closes it.
 */
export async function decodePicture(data: Blob): Promise<ImageBitmap | null> {
  const facts = await headOf(data);
  return facts === undefined ? null : decode(data, facts);
}
