// Bytes kept at rest in sealed pieces: AES-GCM under a key for this keeping alone, so that a piece's number is its nonce.
import { Fault } from "@/lib/base/errors.ts";
import type { ByteSource } from "@/lib/client/ports.ts";
import { checkRead } from "@/lib/platform/source.ts";

const PIECE = 1024 * 1024;
const TAG = 16;
const SEALED = PIECE + TAG;
/** Says how long the whole is, and stands at the end: what was not kept to its end has none. */
const END_BYTES = 8 + TAG;
const END = 0xffff_ffff;

/** A place for bytes, as a disk has it. */
export interface PieceStore {
  write(bytes: Uint8Array, at: number): Promise<void>;
  read(at: number, length: number): Promise<Uint8Array>;
  size(): Promise<number>;
}

function nonceOf(piece: number): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(8, piece);
  return nonce;
}

function importKey(secret: Uint8Array): Promise<CryptoKey> {
  const use: ("encrypt" | "decrypt")[] = ["encrypt", "decrypt"];
  return crypto.subtle.importKey("raw", secret as Uint8Array<ArrayBuffer>, "AES-GCM", false, use);
}

async function sealPiece(key: CryptoKey, piece: number, bytes: Uint8Array): Promise<Uint8Array> {
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonceOf(piece) },
    key,
    bytes as Uint8Array<ArrayBuffer>,
  );
  return new Uint8Array(sealed);
}

async function openPiece(key: CryptoKey, piece: number, sealed: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const opened = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: nonceOf(piece) },
      key,
      sealed as Uint8Array<ArrayBuffer>,
    );
    return new Uint8Array(opened);
  } catch {
    return undefined;
  }
}

/** Copies a source into a store, piece by piece; its end comes last. Throws app/cancelled between two pieces. */
export async function keepPieces(
  store: PieceStore,
  secret: Uint8Array,
  source: ByteSource,
  signal: AbortSignal,
): Promise<void> {
  const key = await importKey(secret);
  let piece = 0;
  for (let from = 0; from < source.size; from += PIECE) {
    if (signal.aborted) throw new Fault("app/cancelled");
    const bytes = await source.read(from, Math.min(from + PIECE, source.size));
    await store.write(await sealPiece(key, piece, bytes), piece * SEALED);
    piece += 1;
  }
  const end = new Uint8Array(8);
  new DataView(end.buffer).setBigUint64(0, BigInt(source.size));
  await store.write(await sealPiece(key, END, end), source.size + piece * TAG);
}

/** What was kept, to be read anywhere; undefined when its end is missing or does not open. */
export async function openPieces(store: PieceStore, secret: Uint8Array): Promise<ByteSource | undefined> {
  const key = await importKey(secret);
  const stored = await store.size();
  if (stored < END_BYTES) return undefined;
  const end = await openPiece(key, END, await store.read(stored - END_BYTES, END_BYTES));
  if (end === undefined) return undefined;
  const size = Number(new DataView(end.buffer).getBigUint64(0));
  if (size + Math.ceil(size / PIECE) * TAG + END_BYTES !== stored) return undefined;
  const pieceAt = async (piece: number) => {
    const bytes = Math.min(PIECE, size - piece * PIECE);
    const opened = await openPiece(key, piece, await store.read(piece * SEALED, bytes + TAG));
    if (opened === undefined) throw new Fault("app/file-changed", { detail: "what was kept of it is damaged" });
    return opened;
  };
  return {
    size,
    async read(start, finish) {
      checkRead(start, finish, size);
      const out = new Uint8Array(finish - start);
      for (let at = start; at < finish; ) {
        const piece = Math.floor(at / PIECE);
        const opened = await pieceAt(piece);
        const part = opened.subarray(at - piece * PIECE, finish - piece * PIECE);
        out.set(part, at - start);
        at += part.length;
      }
      return out;
    },
  };
}
