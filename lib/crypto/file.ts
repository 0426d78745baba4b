// Files: sealed and opened segment by segment, so that memory stays bounded whatever their size (PROTOCOL F1).
import { concat, equal, isZero } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { chunkBytes, padmeSize } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { FileKey } from "./keys.ts";
import { exposeSecret, KDF, mintSecret } from "./keys.ts";
import { randomBytes } from "./random.ts";
import { sodium } from "./sodium.ts";

const HEADER_BYTES = 24;
/** Read and sealed in one go; a multiple of every chunk's size. */
const PIECE_BYTES = 1024 * 1024;
const CHUNK_OVERHEAD = 17;
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
  const padded = padmeSize(size);
  const chunk = chunkBytes(padded);
  const segments: Segment[] = [];
  for (let at = 0; at < padded; at += LIMITS.segmentBytes) {
    const plainBytes = Math.min(LIMITS.segmentBytes, padded - at);
    segments.push({
      index: segments.length,
      from: Math.min(at, size),
      to: Math.min(at + plainBytes, size),
      plainBytes,
      sealedBytes: HEADER_BYTES + plainBytes + CHUNK_OVERHEAD * Math.ceil(plainBytes / chunk),
    });
  }
  return segments;
}

/** Hash by which a message names a segment's ciphertext: plain BLAKE2b-256, no label (F1). */
export function segmentHash(sealed: Uint8Array): Uint8Array {
  return sodium.crypto_generichash(32, sealed, null);
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

/** A segment as it travels, and the hash by which the message names it. */
type Sealed = { readonly sealed: Uint8Array; readonly hash: Uint8Array };

/** One segment being sealed: takes its true bytes piece by piece, adds the padding, and holds nothing but the result. */
class Sealer {
  readonly #segment: Segment;
  readonly #chunk: number;
  readonly #ad: Uint8Array;
  readonly #state: ReturnType<typeof sodium.crypto_secretstream_xchacha20poly1305_init_pull>;
  readonly #sealed: Uint8Array;
  #at = HEADER_BYTES;
  #plain = 0;

  constructor(file: FileName, segment: Segment) {
    const header = randomBytes(HEADER_BYTES);
    this.#segment = segment;
    this.#chunk = chunkBytes(padmeSize(file.size));
    this.#ad = segmentAd(file.blob, segment.index);
    // A pushing and a pulling state are the same; this way round the header comes from random.ts (C1).
    this.#state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, segmentKey(file.key, segment.index));
    this.#sealed = new Uint8Array(segment.sealedBytes);
    this.#sealed.set(header);
  }

  /** Whole chunks; only the segment's last piece of true bytes may end within one, which zeros then fill. */
  add(plaintext: Uint8Array): void {
    const { plainBytes } = this.#segment;
    for (let from = 0; from < plaintext.length; from += this.#chunk) {
      const length = Math.min(this.#chunk, plainBytes - this.#plain);
      const piece = plaintext.subarray(from, from + length);
      this.#push(piece.length === length ? piece : concat(piece, new Uint8Array(length - piece.length)));
    }
  }

  finish(): Sealed {
    const { plainBytes } = this.#segment;
    while (this.#plain < plainBytes) this.#push(new Uint8Array(Math.min(this.#chunk, plainBytes - this.#plain)));
    return { sealed: this.#sealed, hash: segmentHash(this.#sealed) };
  }

  #push(piece: Uint8Array): void {
    this.#plain += piece.length;
    const tag = this.#plain === this.#segment.plainBytes ? TAG_FINAL : TAG_MESSAGE;
    const out = sodium.crypto_secretstream_xchacha20poly1305_push(this.#state, piece, this.#ad, tag);
    this.#sealed.set(out, this.#at);
    this.#at += out.length;
  }
}

/**
 * Seals segment `index`; `plaintext` are the file's bytes from..to of segmentsOf(size)[index] (crypto/file-size when
 * they are more or fewer). At most twice 8 MiB are held.
 */
export function sealSegment(file: FileName, index: number, plaintext: Uint8Array): Sealed {
  const segment = segmentAt(file.size, index);
  if (plaintext.length !== segment.to - segment.from)
    throw new Fault("crypto/file-size", { detail: `segment ${index}` });
  const sealer = new Sealer(file, segment);
  sealer.add(plaintext);
  return sealer.finish();
}

/** What a message says of a file, as far as opening needs it. */
export type FileClaim = FileName & { readonly segments: readonly Uint8Array[] };

/**
 * The true bytes of segment `index` (padding checked and cut off). Throws crypto/file-truncated (an end is missing),
 * crypto/file-altered (not what the message names), crypto/file-size (another size than the message says).
 */
export function openSegment(file: FileClaim, index: number, sealed: Uint8Array): Uint8Array {
  const segments = segmentsOf(file.size);
  const segment = segments[index];
  const expected = file.segments[index];
  if (file.segments.length !== segments.length || segment === undefined || expected === undefined)
    throw new Fault("crypto/file-size", { detail: `${file.segments.length} segments` });
  if (sealed.length < segment.sealedBytes) throw new Fault("crypto/file-truncated", { detail: `segment ${index}` });
  if (sealed.length > segment.sealedBytes || !equal(segmentHash(sealed), expected))
    throw new Fault("crypto/file-altered", { detail: `segment ${index}` });
  const padded = openChunks(file, segment, sealed);
  const trueBytes = segment.to - segment.from;
  if (!isZero(padded.subarray(trueBytes))) throw new Fault("crypto/file-size", { detail: `segment ${index}` });
  return padded.subarray(0, trueBytes);
}

function openChunks(file: FileName, segment: Segment, sealed: Uint8Array): Uint8Array {
  const { index, plainBytes } = segment;
  const chunk = chunkBytes(padmeSize(file.size));
  const header = sealed.subarray(0, HEADER_BYTES);
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, segmentKey(file.key, index));
  const ad = segmentAd(file.blob, index);
  const padded = new Uint8Array(plainBytes);
  let at = HEADER_BYTES;
  for (let start = 0; start < plainBytes; start += chunk) {
    const length = Math.min(chunk, plainBytes - start);
    const end = at + length + CHUNK_OVERHEAD;
    const opened = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed.subarray(at, end), ad);
    if (opened === false) throw new Fault("crypto/file-altered", { detail: `segment ${index}` });
    // An honest sealer ends a segment with FINAL and has it nowhere else: anything else is a cut or a joint.
    const last = start + length === plainBytes;
    if (last !== (opened.tag === TAG_FINAL) || (!last && opened.tag !== TAG_MESSAGE))
      throw new Fault("crypto/file-truncated", { detail: `segment ${index}` });
    padded.set(opened.message, start);
    at = end;
  }
  return padded;
}

/**
 * Seals a whole file, one segment in memory at a time. `read` gives the file's bytes from..to, a piece at a time, so that
 * between the pieces whatever else waits has its turn: the segment before goes out meanwhile.
 */
export async function* sealFile(
  file: FileName,
  read: (from: number, to: number) => Promise<Uint8Array>,
): AsyncGenerator<Sealed & { readonly index: number }> {
  for (const segment of segmentsOf(file.size)) {
    const { index, from, to } = segment;
    const sealer = new Sealer(file, segment);
    for (let at = from; at < to; at += PIECE_BYTES) {
      const end = Math.min(at + PIECE_BYTES, to);
      const piece = await read(at, end);
      if (piece.length !== end - at) throw new Fault("crypto/file-size", { detail: `segment ${index}` });
      sealer.add(piece);
    }
    yield { index, ...sealer.finish() };
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
