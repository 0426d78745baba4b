// One file's way to the server: sealed segment by segment, the next one while the last one goes out (PROTOCOL F1).
import { Fault, isFault } from "@/lib/base/errors.ts";
import type { BlobId } from "@/lib/base/ids.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import type { ByteSource, Transport } from "@/lib/client/ports.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import { sortable } from "@/lib/client/vault.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { mintFileKey, type SealedSegment, type Segment, sealSegmentSlowly, segmentsOf } from "@/lib/crypto/file.ts";
import { exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { FileRef } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type FilePlace, markOp, parseMark, SEALS, type SegmentMark, type UploadEntry } from "./entry.ts";
import { plainName, plainType } from "./names.ts";

export type SendingParts = {
  readonly session: Session;
  readonly transport: Transport;
  readonly keyring: Keyring;
  readonly vault: Vault;
  /** gives sockets and everybody else their turn */
  readonly breathe: () => Promise<void>;
};

export type Sending = {
  readonly entry: UploadEntry;
  readonly source: ByteSource;
  readonly signal: AbortSignal;
  /** true bytes sent so far, of `size` */
  readonly progress: (sent: number) => void;
  /** keeps the file's new place, or that it has none, together with these writes */
  readonly keepPlace: (place: FilePlace | null, ops: readonly VaultOp[]) => Promise<void>;
};

/** What the server forgot, or never had, is sent anew this often before that is said. */
const ATTEMPTS = 3;

/** The place is gone: its time ran out, the server fell back, or another device holds it. */
function isLost(thrown: unknown): boolean {
  return (
    isFault(thrown, "may/not-found") || isFault(thrown, "crypto/file-truncated") || isFault(thrown, "proof/duplicate")
  );
}

/** Sends what is not there yet and resolves with what a message says of the file. */
export async function sendFile(parts: SendingParts, sending: Sending): Promise<FileRef> {
  const { entry, keepPlace } = sending;
  let { place } = entry;
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (place === null) {
        place = await openPlace(parts, entry);
        await keepPlace(place, []);
      }
      return await sendSegments(parts, sending, place);
    } catch (thrown) {
      if (!isLost(thrown) || attempt >= ATTEMPTS) throw thrown;
      place = null;
      await keepPlace(null, await marksRemoval(parts.vault, entry.id));
    }
  }
}

/** Removes the marks of all segments. */
export async function marksRemoval(vault: Vault, id: string): Promise<VaultOp[]> {
  const rows = await vault.scan<Cbor>(SEALS, { prefix: `${id}/`, limit: 10_000 });
  return rows.map((row): VaultOp => ({ op: "delete", table: SEALS, key: row.key }));
}

/** A new place has a new key: no key ever meets the bytes of two places. */
async function openPlace(parts: SendingParts, entry: UploadEntry): Promise<FilePlace> {
  const sizes = segmentsOf(entry.facts.size);
  const bytes = sizes.reduce((sum, segment) => sum + segment.sealedBytes, 0);
  const input = { channel: entry.channel, segments: sizes.length, bytes };
  const { blob } = await parts.session.call("files.create", input);
  return { blob: blob as BlobId, key: exposeSecret(mintFileKey()) };
}

/** How each segment was sealed, as far as it was. */
export async function readMarks(vault: Vault, id: string): Promise<Map<number, SegmentMark>> {
  const rows = await vault.scan<Cbor>(SEALS, { prefix: `${id}/`, limit: 10_000 });
  return new Map(rows.map((row) => [Number(row.key.slice(id.length + 1)), parseMark(row.value)]));
}

async function sendSegments(parts: SendingParts, sending: Sending, at: FilePlace): Promise<FileRef> {
  const { vault, session } = parts;
  const { entry, signal } = sending;
  const { facts } = entry;
  const segments = segmentsOf(facts.size);
  const marks = await readMarks(vault, entry.id);
  const file = { key: secretFrom("file", at.key), blob: at.blob, size: facts.size };
  const room = new Uint8Array(Math.min(LIMITS.chunkBytes, facts.size));
  const read = async (from: number, to: number) => {
    await parts.breathe();
    if (signal.aborted) throw new Fault("app/cancelled");
    return await sending.source.read(from, to, room);
  };
  /** one segment goes out while the next is sealed: two rooms, taken in turn */
  const rooms: (Uint8Array | undefined)[] = [undefined, undefined];
  let turn = 0;
  /** what the last one's arrival is kept by, together with how the next one was sealed */
  let arrived: VaultOp[] = [];
  let going: Promise<void> = Promise.resolve();
  sending.progress(bytesThere(segments, marks));
  try {
    for (const segment of segments) {
      const before = marks.get(segment.index);
      if (before?.there === true) continue;
      const how = { read, before: before ?? null, into: rooms[turn] };
      const sealed = await sealSegmentSlowly(file, segment.index, how);
      rooms[turn] = sealed.sealed;
      turn = 1 - turn;
      await going;
      if (signal.aborted) throw new Fault("app/cancelled");
      // Kept before the first byte leaves: what is sent again after a crash is the very same (M10, F1).
      await vault.write([...arrived, markOp(entry.id, segment.index, { ...sealed, there: false })]);
      marks.set(segment.index, { ...sealed, there: true });
      arrived = [markOp(entry.id, segment.index, { ...sealed, there: true })];
      going = put(parts, sending, at.blob, segment, sealed);
      // Its failure is met at the next turn, not before.
      going.catch(() => undefined);
    }
  } finally {
    await going;
  }
  await vault.write(arrived);
  const { bytes } = await session.call("files.finish", { blob: at.blob });
  if (bytes !== segments.reduce((sum, { sealedBytes }) => sum + sealedBytes, 0))
    throw new Fault("crypto/file-truncated");
  return toRef(entry, at, segments, marks);
}

/** True bytes of the segments that the server has. */
export function bytesThere(segments: readonly Segment[], marks: ReadonlyMap<number, SegmentMark>): number {
  const there = segments.filter(({ index }) => marks.get(index)?.there === true);
  return there.reduce((sum, { from, to }) => sum + to - from, 0);
}

async function put(
  { session, transport, keyring }: SendingParts,
  { signal, progress }: Sending,
  blob: BlobId,
  segment: Segment,
  { sealed }: SealedSegment,
): Promise<void> {
  const at = { ws: keyring.ws, blob, segment: segment.index };
  const share = (segment.to - segment.from) / sealed.length;
  const tell = (sent: number) => progress(segment.from + Math.round(sent * share));
  await session.carry((token) => transport.putSegment(at, sealed, token, { signal, progress: tell }));
  progress(segment.to);
}

function toRef(
  { facts }: UploadEntry,
  at: FilePlace,
  segments: readonly Segment[],
  marks: ReadonlyMap<number, SegmentMark>,
): FileRef {
  return {
    blob: at.blob,
    key: at.key,
    size: facts.size,
    name: plainName(facts.name),
    type: plainType(facts.type),
    segments: segments.map(({ index }) => {
      const mark = marks.get(index);
      if (mark === undefined) throw new Fault("bug/unexpected", { detail: `segment ${sortable(index)}` });
      return mark.hash;
    }),
    width: facts.width,
    height: facts.height,
    thumbnail: facts.thumbnail as FileRef["thumbnail"],
  };
}
