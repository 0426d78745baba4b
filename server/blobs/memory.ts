// Segments of files in memory: the smallest place that keeps the port's promises, for tests of what stands above it.
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId, WorkspaceId } from "@/lib/base/ids.ts";
import type { SegmentAt, SegmentStore } from "./port.ts";

const PIECE = 64 * 1024;

type Held = { readonly at: SegmentAt; readonly bytes: Uint8Array; readonly since: number };

export class MemorySegments implements SegmentStore {
  private readonly held = new Map<string, Held>();
  private readonly now: () => number;
  private readonly most: number;

  /** `most`: bytes that it holds, as a disk of that size would. */
  constructor(now: () => number, most: number = Number.POSITIVE_INFINITY) {
    this.now = now;
    this.most = most;
  }

  async open(): Promise<void> {}

  async write(at: SegmentAt, body: AsyncIterable<Uint8Array>, expected: number): Promise<number> {
    const bytes = new Uint8Array(expected);
    let length = 0;
    for await (const piece of body) {
      if (length + piece.length > expected) throw new Fault("wire/too-large");
      bytes.set(piece, length);
      length += piece.length;
    }
    if (length !== expected) throw new Fault("may/bad-body");
    const name = nameOf(at);
    const there = this.held.get(name);
    if (there !== undefined && !equal(there.bytes, bytes)) throw new Fault("proof/duplicate");
    if (there === undefined && this.total() + expected > this.most) throw new Fault("store/full");
    this.held.set(name, there ?? { at, bytes, since: this.now() });
    return expected;
  }

  async size(at: SegmentAt): Promise<number | undefined> {
    return this.held.get(nameOf(at))?.bytes.length;
  }

  async *read(at: SegmentAt, start: number, end: number): AsyncGenerator<Uint8Array> {
    const bytes = this.held.get(nameOf(at))?.bytes;
    if (bytes === undefined) throw new Fault("may/not-found");
    for (let from = start; from <= end; from += PIECE) yield bytes.slice(from, Math.min(from + PIECE, end + 1));
  }

  async remove(ws: WorkspaceId, blob: BlobId): Promise<void> {
    for (const [name, { at }] of this.held) if (at.ws === ws && at.blob === blob) this.held.delete(name);
  }

  async sweep(known: readonly { ws: WorkspaceId; blob: BlobId }[], before: number): Promise<number> {
    const keep = new Set(known.map(({ ws, blob }) => `${ws}/${blob}`));
    const gone = new Set<string>();
    for (const [name, { at, since }] of this.held) {
      const blob = `${at.ws}/${at.blob}`;
      if (keep.has(blob) || since > before) continue;
      this.held.delete(name);
      gone.add(blob);
    }
    return gone.size;
  }

  private total(): number {
    return [...this.held.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
}

function nameOf({ ws, blob, segment }: SegmentAt): string {
  return `${ws}/${blob}/${segment}`;
}
