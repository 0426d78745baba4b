// Segments of files in memory, with the promises of the disk's: whole or absent, and never written over.
import { Readable } from "node:stream";
import { concat, equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";
import { BlobDisk, type SegmentAt } from "@/server/blobs/disk.ts";

const nameOf = ({ ws, blob, segment }: SegmentAt) => `${ws}/${blob}/${segment}`;

export class MemoryBlobs extends BlobDisk {
  readonly #segments: Map<string, Uint8Array>;

  constructor(segments: ReadonlyMap<string, Uint8Array> = new Map()) {
    super("");
    this.#segments = new Map(segments);
  }

  copy(): MemoryBlobs {
    return new MemoryBlobs(this.#segments);
  }

  override async open(): Promise<void> {}

  override async write(at: SegmentAt, body: AsyncIterable<Uint8Array>, expected: number): Promise<number> {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    const bytes = concat(...pieces);
    if (bytes.length !== expected) throw new Fault("may/bad-body");
    const known = this.#segments.get(nameOf(at));
    if (known !== undefined && !equal(known, bytes)) throw new Fault("proof/duplicate");
    this.#segments.set(nameOf(at), bytes);
    return expected;
  }

  override async size(at: SegmentAt): Promise<number | undefined> {
    return this.#segments.get(nameOf(at))?.length;
  }

  override read(at: SegmentAt, start: number, end: number): Readable {
    return Readable.from([this.#segments.get(nameOf(at))?.subarray(start, end + 1) ?? new Uint8Array()]);
  }

  override async remove(ws: WorkspaceId, blob: BlobId): Promise<void> {
    for (const name of [...this.#segments.keys()]) if (name.startsWith(`${ws}/${blob}/`)) this.#segments.delete(name);
  }

  override async sweep(): Promise<number> {
    return 0;
  }
}
