// What a segment and a whole file may weigh as ciphertext (PROTOCOL F1).
import { LIMITS } from "@/lib/protocol/limits.ts";

/** secretstream's header and the tag of each chunk, generously. */
const OVERHEAD = 4096;
export const MAX_SEGMENT_BYTES = LIMITS.segmentBytes + OVERHEAD;
/** Padmé adds at most 12 %. */
const PADDING = 1.13;

/** Most bytes of ciphertext for a file of this many bytes. */
export function ciphertextBound(fileBytes: number): number {
  return Math.ceil(fileBytes * PADDING) + Math.ceil((fileBytes * PADDING) / LIMITS.segmentBytes + 1) * OVERHEAD;
}
