// One file on its way up, and how it lies in the vault until its event is in the outbox (PROTOCOL F1).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { BlobId, ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Picture } from "@/lib/client/api.ts";
import { sortable, type VaultOp } from "@/lib/client/vault.ts";
import type { SegmentSeal } from "@/lib/crypto/file.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Voice } from "@/lib/protocol/content/talk.ts";
import { encodeContent, parseContent } from "@/lib/protocol/event.ts";
import type { FileRef } from "@/lib/protocol/file.ts";

export const UPLOADS = "upload";
export const SEALS = "upload-seal";

/** What is said of a file before it is sealed. */
export type FileFacts = {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail: Picture | null;
  /** of a voice message */
  readonly voice: Voice | null;
};

/**
 * going: sent as soon as it can be. held: its person paused it. failed: nothing more happens until its person says so.
 * gone: it was ended, and its place at the server is to be given back.
 */
export type UploadState = "going" | "held" | "failed" | "gone";

/** The server's place for a file, and the key that only what lies there has. */
export type FilePlace = { readonly blob: BlobId; readonly key: Uint8Array };

export type UploadEntry = {
  readonly id: string;
  readonly channel: ChannelId;
  /** the message that it belongs to, and its place there */
  readonly of: EventId;
  readonly index: number;
  /** id of the event that will name it: the same one however often it is tried */
  readonly event: EventId;
  readonly order: number;
  readonly facts: FileFacts;
  readonly state: UploadState;
  readonly fault: FaultCode | null;
  /** where its bytes are kept, under which secret, and whether all of them are */
  readonly spool: { readonly name: string; readonly secret: Uint8Array; readonly whole: boolean } | null;
  /** null before the server gave one */
  readonly place: FilePlace | null;
  /** set when it lies on the server already and is only to be read in one more channel (F2) */
  readonly shared: FileRef | null;
};

type StoredUpload = {
  id: string;
  ch: string;
  of: string;
  index: number;
  event: string;
  order: number;
  facts: {
    name: string;
    type: string;
    size: number;
    width: number | null;
    height: number | null;
    thumbnail: { type: string; width: number; height: number; bytes: Uint8Array } | null;
    /** absent in vaults of earlier versions */
    voice?: { ms: number; peaks: Uint8Array } | null;
  };
  state: string;
  fault: string | null;
  spool: { name: string; secret: Uint8Array; whole: boolean } | null;
  place: { blob: string; key: Uint8Array } | null;
  shared: Uint8Array | null;
};

/** The write that keeps an upload. */
export function uploadOp(entry: UploadEntry): VaultOp {
  const { shared, of, index } = entry;
  const value: StoredUpload = {
    id: entry.id,
    ch: entry.channel,
    of,
    index,
    event: entry.event,
    order: entry.order,
    facts: { ...entry.facts },
    state: entry.state,
    fault: entry.fault,
    spool: entry.spool,
    place: entry.place,
    shared: shared === null ? null : encodeContent({ k: "file", of, index, file: shared }),
  };
  return { op: "put", table: UPLOADS, key: entry.id, value: value as unknown as Cbor };
}

export function parseUpload(value: Cbor): UploadEntry {
  const stored = value as unknown as StoredUpload;
  const shared = stored.shared === null ? null : parseContent(stored.shared);
  return {
    id: stored.id,
    channel: stored.ch as ChannelId,
    of: stored.of as EventId,
    index: stored.index,
    event: stored.event as EventId,
    order: stored.order,
    facts: { ...stored.facts, voice: stored.facts.voice ?? null },
    state: stored.state as UploadState,
    fault: stored.fault as FaultCode | null,
    spool: stored.spool,
    place: stored.place as UploadEntry["place"],
    shared: shared?.k === "file" ? shared.file : null,
  };
}

/** How a segment was sealed, kept before the first of its bytes leaves; `there`: the server said that it has it. */
export type SegmentMark = SegmentSeal & { readonly there: boolean };

export function markOp(id: string, index: number, mark: SegmentMark): VaultOp {
  const value = { h: mark.header, s: mark.hash, t: mark.there };
  return { op: "put", table: SEALS, key: `${id}/${sortable(index)}`, value };
}

export function parseMark(value: Cbor): SegmentMark {
  const stored = value as unknown as { h: Uint8Array; s: Uint8Array; t: boolean };
  return { header: stored.h, hash: stored.s, there: stored.t };
}
