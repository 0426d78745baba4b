// One event on its way to the server, and how it lies in the vault until it has landed (PROTOCOL M10).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, SessionId } from "@/lib/base/ids.ts";
import { sortable, type VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { type Content, encodeContent, parseContent, type SealedEvent } from "@/lib/protocol/event.ts";

export const OUTBOX = "outbox";

/** One event on its way. `sealed` bytes are stored before they are first sent; retries send the same bytes. */
export type OutboxEntry = {
  readonly id: EventId;
  readonly channel: ChannelId;
  readonly order: number;
  readonly content: Content;
  readonly createdAt: number;
  readonly sealed:
    | (SealedEvent & {
        readonly epoch: number;
        readonly session: SessionId;
        readonly seq: number;
        readonly hash: Uint8Array;
      })
    | null;
  /** true once bytes may have reached the server */
  readonly sent: boolean;
  /** the server's place for it, once acknowledged; it leaves when the row itself has come back and was verified */
  readonly pos: number | null;
  readonly failed: FaultCode | null;
};

type StoredEntry = {
  id: string;
  ch: string;
  order: number;
  content: Uint8Array;
  at: number;
  sealed: {
    header: Uint8Array;
    nonce: Uint8Array;
    ct: Uint8Array;
    hash: Uint8Array;
    epoch: number;
    session: string;
    seq: number;
  } | null;
  sent: boolean;
  pos: number | null;
  failed: string | null;
};

/** The write that keeps an entry. */
export function entryOp(entry: OutboxEntry): VaultOp {
  const { sealed } = entry;
  const value: StoredEntry = {
    id: entry.id,
    ch: entry.channel,
    order: entry.order,
    content: encodeContent(entry.content),
    at: entry.createdAt,
    sealed:
      sealed === null
        ? null
        : {
            header: sealed.header,
            nonce: sealed.nonce,
            ct: sealed.ciphertext,
            hash: sealed.hash,
            epoch: sealed.epoch,
            session: sealed.session,
            seq: sealed.seq,
          },
    sent: entry.sent,
    pos: entry.pos,
    failed: entry.failed,
  };
  return { op: "put", table: OUTBOX, key: sortable(entry.order), value };
}

/** The write that ends an entry. */
export function removalOf(entry: OutboxEntry): VaultOp {
  return { op: "delete", table: OUTBOX, key: sortable(entry.order) };
}

/** An entry out of the vault. */
export function parseEntry(value: Cbor): OutboxEntry {
  const stored = value as unknown as StoredEntry;
  const sealed = stored.sealed;
  return {
    id: stored.id as EventId,
    channel: stored.ch as ChannelId,
    order: stored.order,
    content: parseContent(stored.content),
    createdAt: stored.at,
    sealed:
      sealed === null
        ? null
        : {
            header: sealed.header,
            nonce: sealed.nonce,
            ciphertext: sealed.ct,
            hash: sealed.hash,
            epoch: sealed.epoch,
            session: sealed.session as SessionId,
            seq: sealed.seq,
          },
    sent: stored.sent,
    pos: stored.pos,
    failed: stored.failed as FaultCode | null,
  };
}
