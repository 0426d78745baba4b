// One event on its way to the server, and how it lies in the vault until it has landed (PROTOCOL M10).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, ScopeId, SessionId, UserId } from "@/lib/base/ids.ts";
import { sortable, type VaultOp } from "@/lib/client/vault.ts";
import { currentPuk, mayWriteChannel, needsRotation, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
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

/** Why nothing that waits in a channel will ever go: its author was put out of it, or may not write there any more (L8). */
export function shutOut(state: LedgerState, user: UserId, channel: ChannelId): FaultCode | null {
  if (roleAt(state, user) === null) return null;
  const code = mayWriteChannel(state, user, channel);
  return code === "proof/unknown-target" ? null : code;
}

/** True for the epoch that is written under now: of a scope, or of the self scope of `self`, whose epochs are its PUK's (E4). */
export function isUnderNewest(state: LedgerState, scope: ScopeId, self: UserId | null, epoch: number): boolean {
  if (self !== null) return epoch === currentPuk(state, self)?.gen;
  return epoch === (state.scopes.get(scope)?.epochs.length ?? 0) && !needsRotation(state, scope);
}
