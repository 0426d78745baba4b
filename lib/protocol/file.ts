// What a message says of a file, and how a file is cut into segments and chunks (PROTOCOL section 6).
import { z } from "zod";
import { bytesOf, bytesUpTo, count, hash, id, positive, text } from "./fields.ts";
import { LIMITS } from "./limits.ts";

/** A small picture inside a sealed event; always a re-encoded raster image. */
export const thumbnail = z.strictObject({
  type: z.enum(["image/webp", "image/jpeg", "image/png"]),
  width: positive.refine((value) => value <= 4096),
  height: positive.refine((value) => value <= 4096),
  bytes: bytesUpTo(LIMITS.thumbnailBytes),
});
export type Thumbnail = z.output<typeof thumbnail>;

/** Everything a reader needs to fetch, check and open a file; exists only inside sealed events (F1). */
export const fileRef = z.strictObject({
  blob: id<"blob">(),
  key: bytesOf(32),
  /** true size in bytes, before padding */
  size: count.refine((value) => value <= LIMITS.fileBytes),
  name: text(255),
  type: text(127),
  /** BLAKE2b-256 of each segment's ciphertext, in order */
  segments: z.array(hash).min(1).max(600),
  width: positive.nullable(),
  height: positive.nullable(),
  thumbnail: thumbnail.nullable(),
});
export type FileRef = z.output<typeof fileRef>;

/** What secretstream adds: a header to each segment, a tag to each chunk. */
export const SEALED: { readonly headerBytes: number; readonly chunkOverhead: number } = {
  headerBytes: 24,
  chunkOverhead: 17,
};

/** Bytes of one secretstream chunk's plaintext in a file of this padded size. */
export function chunkBytes(padded: number): number {
  return padded < LIMITS.smallFileBytes ? LIMITS.smallChunkBytes : LIMITS.chunkBytes;
}

/** Padmé: the size to which `length` bytes are padded; at most 12 % more, and at least 1 byte (Nikitin et al. 2019). */
export function padmeSize(length: number): number {
  if (length < 2) return 1;
  const exponent = Math.floor(Math.log2(length));
  const spare = exponent - (Math.floor(Math.log2(exponent)) + 1);
  const step = 2 ** Math.max(spare, 0);
  return Math.ceil(length / step) * step;
}

/** How a file of this padded size is cut: of each segment its bytes of plaintext, and of ciphertext (F1). */
export function cutOf(padded: number): { readonly plainBytes: number; readonly sealedBytes: number }[] {
  const chunk = chunkBytes(padded);
  const cut = [];
  for (let at = 0; at < padded; at += LIMITS.segmentBytes) {
    const plainBytes = Math.min(LIMITS.segmentBytes, padded - at);
    const chunks = Math.ceil(plainBytes / chunk);
    cut.push({ plainBytes, sealedBytes: SEALED.headerBytes + plainBytes + SEALED.chunkOverhead * chunks });
  }
  return cut;
}

/**
 * Bytes of ciphertext of each segment, for a file that has so many segments and bytes of it in all; undefined when no
 * padding class has. By this whoever holds no key still sees to it that sizes say no more than their class (F1).
 */
export function sealedSizes(segments: number, bytes: number): number[] | undefined {
  for (const chunk of [LIMITS.smallChunkBytes, LIMITS.chunkBytes]) {
    const chunked = bytes - SEALED.headerBytes * segments;
    const padded = chunked - SEALED.chunkOverhead * Math.ceil(chunked / (chunk + SEALED.chunkOverhead));
    if (padded < 1 || padmeSize(padded) !== padded || Math.ceil(padded / LIMITS.segmentBytes) !== segments) continue;
    const sizes = cutOf(padded).map(({ sealedBytes }) => sealedBytes);
    if (sizes.reduce((sum, size) => sum + size, 0) === bytes) return sizes;
  }
  return undefined;
}

/** Stored size of an event's plaintext: 2^k or 1.5·2^k from 512 on, Padmé above 64 KiB (M1). */
export function paddedSize(length: number): number {
  if (length > LIMITS.padSteps) return padmeSize(length);
  let size: number = LIMITS.padFloor;
  for (;;) {
    if (length <= size) return size;
    if (length <= size * 1.5) return size * 1.5;
    size *= 2;
  }
}
