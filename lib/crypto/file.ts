// Files: sealed and opened segment by segment, so that memory stays bounded whatever their size (PROTOCOL F1).
import { equal, isZero } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { ChunkStream, hashOf, RunningHash } from "@/lib/crypto/inside/stream.ts";
import { chunkBytes, cutOf, padmeSize, SEALED } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { FileKey } from "./keys.ts";
import { exposeSecret, KDF, mintSecret } from "./keys.ts";
import { randomBytes } from "./random.ts";

const HEADER_BYTES = SEALED.headerBytes;
const CHUNK_OVERHEAD = SEALED.chunkOverhead;
const TAG_MESSAGE = 0;
const TAG_FINAL = 3;

/** A fresh key, for one file alone. */
export function mintFileKey(): FileKey {
  return mintSecret("file");
}

/** One segment: where its true bytes lie in the file, and its sizes in bytes with padding and sealed. */
export type Segment = {
  readonly index: number;
  readonly from: number;
  /** end of the true bytes, exclusive; equals `from` when the segment is all padding */
  readonly to: number;
  readonly plainBytes: number;
  readonly sealedBytes: number;
};

/** How a file of `size` true bytes is cut. Padding is part of the last segments. Throws wire/too-large. */
export function segmentsOf(size: number): Segment[] {
  if (!Number.isSafeInteger(size) || size < 0 || size > LIMITS.fileBytes) throw new Fault("wire/too-large");
  let at = 0;
  return cutOf(padmeSize(size)).map((cut, index) => {
    const segment = { index, from: Math.min(at, size), to: Math.min(at + cut.plainBytes, size), ...cut };
    at += cut.plainBytes;
    return segment;
  });
}

/** Hash by which a message names a segment's ciphertext: plain BLAKE2b-256, no label (F1). */
export function segmentHash(sealed: Uint8Array): Uint8Array {
  return hashOf(sealed);
}

const segmentKey = (key: FileKey, index: number) => KDF(exposeSecret(key), "seg", index);
const segmentAd = (blob: BlobId, index: number) => enc(idBytes(blob), index);

/** Which file: its key, its blob and its true size. */
export type FileName = { readonly key: FileKey; readonly blob: BlobId; readonly size: number };

function segmentAt(size: number, index: number): Segment {
  const segment = segmentsOf(size)[index];
  if (segment === undefined) throw new Fault("crypto/file-size", { detail: `segment ${index}` });
  return segment;
}

/** A sealed segment; `header` and `hash` are what sealing it again needs. */
export type SealedSegment = { readonly sealed: Uint8Array; readonly hash: Uint8Array; readonly header: Uint8Array };
/** What is kept of a segment that was sealed before: enough to make the same bytes once more. */
export type SegmentSeal = Pick<SealedSegment, "header" | "hash">;

/** The true bytes of the file that the next chunk is made of; what is asked for comes back, exactly. */
type Wanted = { readonly from: number; readonly to: number };

/** Seals chunk by chunk: asks for the bytes of each, so that no more than one of them is held beside what is sealed. */
function* sealing(
  file: FileName,
  index: number,
  header: Uint8Array,
  into: Uint8Array | undefined,
): Generator<Wanted, SealedSegment, Uint8Array> {
  const segment = segmentAt(file.size, index);
  const { plainBytes, sealedBytes } = segment;
  const chunk = chunkBytes(padmeSize(file.size));
  const sealed =
    into !== undefined && into.length >= sealedBytes ? into.subarray(0, sealedBytes) : new Uint8Array(sealedBytes);
  // This way round the header comes from random.ts (C1).
  const stream = new ChunkStream(segmentKey(file.key, index), header, segmentAd(file.blob, index));
  const hash = new RunningHash();
  try {
    sealed.set(header);
    hash.update(header);
    let at = HEADER_BYTES;
    for (let start = 0; start < plainBytes; start += chunk) {
      const end = Math.min(start + chunk, plainBytes);
      const from = Math.min(segment.from + start, segment.to);
      const to = Math.min(segment.from + end, segment.to);
      const bytes = yield { from, to };
      if (bytes.length !== to - from) throw new Fault("crypto/file-size", { detail: `segment ${index}` });
      const tag = end === plainBytes ? TAG_FINAL : TAG_MESSAGE;
      const next = at + end - start + CHUNK_OVERHEAD;
      stream.push(bytes, end - start, tag, sealed.subarray(at, next), hash);
      at = next;
    }
    return { sealed, hash: hash.final(), header };
  } finally {
    stream.end();
    hash.end();
  }
}

/**
 * Seals segment `index`; `plaintext` are the file's bytes from..to of segmentsOf(size)[index] (crypto/file-size when
 * they are more or fewer). At most three times 8 MiB are held.
 */
export function sealSegment(file: FileName, index: number, plaintext: Uint8Array): SealedSegment {
  const { from, to } = segmentAt(file.size, index);
  if (plaintext.length !== to - from) throw new Fault("crypto/file-size", { detail: `segment ${index}` });
  const work = sealing(file, index, randomBytes(HEADER_BYTES), undefined);
  for (let step = work.next(); ; ) {
    if (step.done === true) return step.value;
    step = work.next(plaintext.subarray(step.value.from - from, step.value.to - from));
  }
}

export type SlowSealing = {
  /** the file's bytes from..to, at most a chunk of the larger kind at a time; gone with the next call */
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
  /** how the segment was sealed before */
  readonly before: SegmentSeal | null;
  /** room for what is sealed, used again when it is large enough */
  readonly into?: Uint8Array | undefined;
};

/** Reads a chunk of the larger kind at a time, whatever is asked of it, in order: a small file is read once. */
function inLargePieces(read: SlowSealing["read"], end: number): SlowSealing["read"] {
  let held: Uint8Array = new Uint8Array();
  let at = 0;
  return async (from, to) => {
    if (from < at || to > at + held.length) {
      at = from;
      held = await read(from, Math.min(from + LIMITS.chunkBytes, end));
    }
    return held.subarray(from - at, to - at);
  };
}

/**
 * The same, reading as it goes, so that others have their turn: what was sealed before goes out meanwhile. With
 * `before`, the segment is sealed to the very bytes that it was sealed to then: another plaintext under the same header
 * would undo both, so one that gives another hash is refused with app/file-changed and nothing of it comes out.
 */
export async function sealSegmentSlowly(file: FileName, index: number, how: SlowSealing): Promise<SealedSegment> {
  const work = sealing(file, index, how.before?.header ?? randomBytes(HEADER_BYTES), how.into);
  const read = inLargePieces(how.read, segmentAt(file.size, index).to);
  try {
    let step = work.next();
    while (step.done !== true) {
      const { from, to } = step.value;
      step = work.next(from === to ? new Uint8Array() : await read(from, to));
    }
    if (how.before !== null && !equal(how.before.hash, step.value.hash)) throw new Fault("app/file-changed");
    return step.value;
  } finally {
    // Whatever ended it, its key does not stay behind.
    work.return(undefined as never);
  }
}

/** What a message says of a file, as far as opening needs it. */
export type FileClaim = FileName & { readonly segments: readonly Uint8Array[] };

/**
 * The true bytes of segment `index` (padding checked and cut off). Throws crypto/file-truncated (an end is missing),
 * crypto/file-altered (not what the message names), crypto/file-size (another size than the message says). They come in
 * `into`, when there is one: room for the padded segment, which may be `sealed` itself, of which then nothing is left.
 */
export function openSegment(file: FileClaim, index: number, sealed: Uint8Array, into?: Uint8Array): Uint8Array {
  const segments = segmentsOf(file.size);
  const segment = segments[index];
  const expected = file.segments[index];
  if (file.segments.length !== segments.length || segment === undefined || expected === undefined)
    throw new Fault("crypto/file-size", { detail: `${file.segments.length} segments` });
  if (sealed.length < segment.sealedBytes) throw new Fault("crypto/file-truncated", { detail: `segment ${index}` });
  if (sealed.length > segment.sealedBytes || !equal(segmentHash(sealed), expected))
    throw new Fault("crypto/file-altered", { detail: `segment ${index}` });
  const padded = openChunks(file, segment, sealed, into ?? new Uint8Array(segment.plainBytes));
  const trueBytes = segment.to - segment.from;
  if (!isZero(padded.subarray(trueBytes))) throw new Fault("crypto/file-size", { detail: `segment ${index}` });
  return padded.subarray(0, trueBytes);
}

/** Each chunk's plaintext ends before the next one's ciphertext begins, so that both may lie in the same room. */
function openChunks(file: FileName, segment: Segment, sealed: Uint8Array, into: Uint8Array): Uint8Array {
  const { index, plainBytes } = segment;
  const chunk = chunkBytes(padmeSize(file.size));
  const header = sealed.slice(0, HEADER_BYTES);
  const stream = new ChunkStream(segmentKey(file.key, index), header, segmentAd(file.blob, index));
  const padded = into.subarray(0, plainBytes);
  try {
    let at = HEADER_BYTES;
    for (let start = 0; start < plainBytes; start += chunk) {
      const length = Math.min(chunk, plainBytes - start);
      const end = at + length + CHUNK_OVERHEAD;
      const tag = stream.pull(sealed.subarray(at, end), padded.subarray(start, start + length));
      if (tag === null) throw new Fault("crypto/file-altered", { detail: `segment ${index}` });
      // An honest sealer ends a segment with FINAL and has it nowhere else: anything else is a cut or a joint.
      const last = start + length === plainBytes;
      if (last !== (tag === TAG_FINAL) || (!last && tag !== TAG_MESSAGE))
        throw new Fault("crypto/file-truncated", { detail: `segment ${index}` });
      at = end;
    }
    return padded;
  } finally {
    stream.end();
  }
}

/** Seals a whole file, one segment in memory at a time; `read` gives the file's bytes from..to. */
export async function* sealFile(
  file: FileName,
  read: (from: number, to: number) => Promise<Uint8Array>,
): AsyncGenerator<{ readonly index: number; readonly sealed: Uint8Array; readonly hash: Uint8Array }> {
  for (const { index, from, to } of segmentsOf(file.size)) {
    yield { index, ...sealSegment(file, index, await read(from, to)) };
  }
}

/** Opens a whole file, one segment in memory at a time; `fetchSegment` gives a sealed segment, or null when there is none. */
export async function* openFile(
  file: FileClaim,
  fetchSegment: (index: number) => Promise<Uint8Array | null>,
): AsyncGenerator<Uint8Array> {
  if (file.segments.length !== segmentsOf(file.size).length) throw new Fault("crypto/file-size");
  for (let index = 0; index < file.segments.length; index += 1) {
    const sealed = await fetchSegment(index);
    if (sealed === null) throw new Fault("crypto/file-truncated", { detail: `segment ${index}` });
    yield openSegment(file, index, sealed);
  }
}
