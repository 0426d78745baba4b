// Where the segments of files lie: what a place for ciphertext must promise, whatever it is made of.
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";

export type SegmentAt = { readonly ws: WorkspaceId; readonly blob: BlobId; readonly segment: number };

/**
 * Segments are written once and whole, read in ranges, removed by blob. Guarantees, which tests/contract holds every
 * adapter to: a segment is there as a whole or not at all, also after a crash; what is there is never written over;
 * an acknowledged write is durable; `read` begins at once and waits for whoever takes its bytes (backpressure).
 * Nothing here knows of accounts, channels or rights; an object store fits as well as a disk.
 */
export interface SegmentStore {
  /** makes what it needs, and throws away what an earlier process left half written */
  open(): Promise<void>;
  /**
   * Streams one segment in; resolves with its bytes once it is durable. The same bytes may come again; others for a
   * segment that is there are refused with proof/duplicate. `expected` bytes exactly, else may/bad-body or
   * wire/too-large. Rejects with store/full or store/unwritable, and leaves nothing behind.
   */
  write(at: SegmentAt, body: AsyncIterable<Uint8Array>, expected: number): Promise<number>;
  /** bytes of a segment, or undefined when it is not there */
  size(at: SegmentAt): Promise<number | undefined>;
  /** the bytes from `start` to `end`, both included; `size` was asked before */
  read(at: SegmentAt, start: number, end: number): AsyncIterable<Uint8Array>;
  /** all segments of a blob; none there is no fault */
  remove(ws: WorkspaceId, blob: BlobId): Promise<void>;
  /** removes every blob that is not among the known ones and older than `before`, in ms; answers how many */
  sweep(known: readonly { ws: WorkspaceId; blob: BlobId }[], before: number): Promise<number>;
}
