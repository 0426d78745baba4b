// What a segment and a whole file weigh as ciphertext: exactly what a padding class has, and nothing between (PROTOCOL F1).
import { Fault } from "@/lib/base/errors.ts";
import { cutOf, padmeSize, sealedSizes } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** Bytes of ciphertext of a file of so many true bytes. */
export function ciphertextBytes(fileBytes: number): number {
  return cutOf(padmeSize(fileBytes)).reduce((sum, { sealedBytes }) => sum + sealedBytes, 0);
}

export const MAX_SEGMENT_BYTES = ciphertextBytes(LIMITS.segmentBytes);

/** Bytes of each segment of a blob that was declared so. Throws wire/bad-padding when no padding class has these. */
export function declaredSizes({ segments, bytes }: { readonly segments: number; readonly bytes: number }): number[] {
  const sizes = sealedSizes(segments, bytes);
  if (sizes === undefined) throw new Fault("wire/bad-padding");
  return sizes;
}

/** Whether segments of these bytes are the ones of a padded file. */
export function arePadded(sizes: readonly number[]): boolean {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return sealedSizes(sizes.length, all)?.join() === sizes.join();
}
