// Files on their way down: fetched, checked and opened segment by segment, as a whole or just where somebody looks (F1).

import { asFault, Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { ByteSink, Transport } from "@/lib/client/ports.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { openSegment, type Segment, segmentsOf } from "@/lib/crypto/file.ts";
import { secretFrom } from "@/lib/crypto/keys.ts";
import type { FileRef } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { HeldSegments } from "./held.ts";
import { inertType, plainName } from "./names.ts";

export type DownloadsOptions = {
  readonly session: Pick<Session, "carry">;
  readonly transport: Transport;
  readonly ws: WorkspaceId;
  readonly sink: (name: string, type: string) => ByteSink;
};

export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #held: HeldSegments;

  constructor(options: DownloadsOptions) {
    this.#options = options;
    this.#held = new HeldSegments(async (file, segment, into, signal) => {
      const sealed = await this.#fetch(file, segment, signal, into);
      return openSegment(claimOf(file), segment.index, sealed, sealed);
    });
  }

  /**
   * Fetches, checks and opens a file into a sink; the next segment comes while the last one is opened. Throws
   * crypto/file-… or net faults; nothing half-checked comes out.
   */
  async download(file: FileRef, signal?: AbortSignal): Promise<{ name: string; type: string; data: unknown }> {
    const name = plainName(file.name);
    const type = inertType(file.type);
    const sink = this.#options.sink(name, type);
    try {
      const segments = checked(file);
      // One comes into the room that the last but one has left, once its bytes were taken.
      const most = Math.max(...segments.slice(0, 2).map(({ sealedBytes }) => sealedBytes));
      const rooms = segments.slice(0, 2).map(() => new Uint8Array(most));
      let next = this.#fetch(file, segments[0], signal, rooms[0]);
      for (const segment of segments) {
        const sealed = await next;
        next = this.#fetch(file, segments[segment.index + 1], signal, rooms[(segment.index + 1) % 2]);
        await sink.write(openSegment(claimOf(file), segment.index, sealed, sealed));
      }
      return { name, type, data: await sink.done() };
    } catch (thrown) {
      await sink.abort();
      throw asFault(thrown);
    }
  }

  /**
   * The true bytes from..to of a file, at most one segment's worth. Throws as `download` does; `signal` ends the waiting,
   * and what was fetched for it once somebody looks elsewhere in the file.
   */
  async read(file: FileRef, from: number, to: number, signal?: AbortSignal): Promise<Uint8Array> {
    const segments = checked(file);
    const end = Math.max(from, Math.min(to, file.size, from + LIMITS.segmentBytes));
    if (!(Number.isSafeInteger(from) && from >= 0)) throw new Fault("bug/unexpected", { detail: "no place in a file" });
    // Beyond the end there is nothing, which is no fault.
    if (from >= file.size) return new Uint8Array();
    const out = new Uint8Array(end - from);
    for (let at = from; at < end; ) {
      const index = Math.floor(at / LIMITS.segmentBytes);
      const segment = segments[index];
      if (segment === undefined) throw new Fault("crypto/file-size");
      const length = await this.#held.take(file, segment, signal, (opened) => {
        const part = opened.subarray(at - segment.from, end - segment.from);
        out.set(part, at - from);
        return part.length;
      });
      // Whoever reads on finds the next one on its way.
      const next = segments[index + 1];
      const readsOn = end > segment.to - LIMITS.segmentBytes / 2;
      if (readsOn && next !== undefined && next.to > next.from) this.#held.ahead(file, next);
      // Shorter than the message says: going on would never end.
      if (length === 0) throw new Fault("crypto/file-size");
      at += length;
    }
    return out;
  }

  /** Lets go of what was opened. */
  forget(): void {
    this.#held.clear();
  }

  #fetch(file: FileRef, segment: Segment | undefined, signal?: AbortSignal, into?: Uint8Array): Promise<Uint8Array> {
    if (segment === undefined) return Promise.resolve(new Uint8Array());
    const { session, transport, ws } = this.#options;
    const at = { ws, blob: file.blob, segment: segment.index };
    const options = { maxBytes: segment.sealedBytes, into, ...(signal === undefined ? {} : { signal }) };
    const coming = session.carry((token) => transport.getSegment(at, token, options));
    // Its failure is met where it is awaited.
    coming.catch(() => undefined);
    return coming;
  }
}

function claimOf(file: FileRef) {
  return { key: secretFrom("file", file.key), blob: file.blob, size: file.size, segments: file.segments };
}

/** The segments that a file of this size has, if the message names as many. */
function checked(file: FileRef): Segment[] {
  const segments = segmentsOf(file.size);
  if (file.segments.length !== segments.length) throw new Fault("crypto/file-size");
  return segments;
}
