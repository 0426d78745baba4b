// Segments of files in memory, with the promises of the disk's: whole or absent, and never written over.
import { Readable } from "node:stream";
import { concat, equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";
import type { SegmentAt, SegmentStore } from "@/server/blobs/port.ts";

const nameOf = ({ ws, blob, segment }: SegmentAt) => `${ws}/${blob}/${segment}`;

export class MemoryBlobs implements SegmentStore {
  readonly #segments: Map<string, Uint8Array>;

  constructor(segments: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#segments = new Map(segments);
  }

  copy(): MemoryBlobs {
    return new MemoryBlobs(this.#segments);
  }

  async open(): Promise<void> {}

  async write(at: SegmentAt, body: AsyncIterable<Uint8Array>, expected: number): Promise<number> {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    const bytes = concat(...pieces);
    if (bytes.length !== expected) throw new Fault("may/bad-body");
    const known = this.#segments.get(nameOf(at));
    if (known !== undefined && !equal(known, bytes)) throw new Fault("proof/duplicate");
    this.#segments.set(nameOf(at), bytes);
    return expected;
  }

  async size(at: SegmentAt): Promise<number | undefined> {
    return this.#segments.get(nameOf(at))?.length;
  }

  read(at: SegmentAt, start: number, end: number): AsyncIterable<Uint8Array> {
    return Readable.from([this.#segments.get(nameOf(at))?.subarray(start, end + 1) ?? new Uint8Array()]);
  }

  async remove(ws: WorkspaceId, blob: BlobId): Promise<void> {
    for (const name of [...this.#segments.keys()]) if (name.startsWith(`${ws}/${blob}/`)) this.#segments.delete(name);
  }

  async sweep(): Promise<number> {
    return 0;
  }
}
