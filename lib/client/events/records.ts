// What this device keeps of each event: opened content or the reason why not, and per channel what was seen (PROTOCOL M3–M9).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, DeviceId, EventId, SessionId, UserId } from "@/lib/base/ids.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { sortable } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Content, EventRef } from "@/lib/protocol/event.ts";
import { encodeContent, parseContent } from "@/lib/protocol/event.ts";
import type { SessionMark } from "./sessions.ts";

/** One event of a channel, in the server's order. */
export type EventRecord = {
  readonly id: EventId;
  readonly channel: ChannelId;
  readonly pos: number;
  readonly epoch: number;
  readonly user: UserId | null;
  readonly device: DeviceId | null;
  readonly receivedAt: number;
  /** opened: content is there; waiting: its key is not; refused: `code` says why; gone: deleted and purged */
  readonly status: "opened" | "waiting" | "refused" | "gone";
  readonly code: FaultCode | null;
  readonly content: Content | null;
  readonly hash: Uint8Array | null;
  /** ledger position that the sender stated */
  readonly n: number;
  readonly sentAt: number;
  readonly late: boolean;
  /** the bytes as they came, so that it opens later by itself, and can be given back to a server that lost it (L10) */
  readonly sealed: { readonly header: Uint8Array; readonly nonce: Uint8Array; readonly ciphertext: Uint8Array } | null;
};

/** Verified as written by this person: ends what waits in the outbox under its id. */
export function isOwn(record: EventRecord, me: string): boolean {
  return (record.status === "opened" || record.status === "gone") && record.user === me;
}

/** Of what is gone no ciphertext is kept; what says that something was there stays. */
export function withoutGone(record: EventRecord): EventRecord {
  if (record.status !== "gone" || record.sealed === null) return record;
  return { ...record, sealed: { ...record.sealed, ciphertext: new Uint8Array() } };
}

type StoredRecord = {
  id: string;
  pos: number;
  epoch: number;
  user: string | null;
  device: string | null;
  at: number;
  status: string;
  code: string | null;
  content: Uint8Array | null;
  hash: Uint8Array | null;
  n: number;
  sentAt: number;
  late: boolean;
  header: Uint8Array | null;
  nonce: Uint8Array | null;
  ct: Uint8Array | null;
};

export const EVENTS = "event";
export const IDS = "eventid";

export function recordKey(channel: ChannelId, pos: number): string {
  return `${channel}/${sortable(pos)}`;
}

/** Where the event of an id lies, its hash once it was verified, and the root of the thread that it is a reply in. */
export type IdEntry = { readonly p: number; readonly h: Uint8Array | null; readonly t?: EventId };

/**
 * The writes that keep a record: the record by place, and its id, so that an id counts once (M6). A refused row takes no
 * id: else a server could bar the true event from under its own (MS-40).
 */
export function recordOps(record: EventRecord): VaultOp[] {
  const value: StoredRecord = {
    id: record.id,
    pos: record.pos,
    epoch: record.epoch,
    user: record.user,
    device: record.device,
    at: record.receivedAt,
    status: record.status,
    code: record.code,
    content: record.content === null ? null : encodeContent(record.content),
    hash: record.hash,
    n: record.n,
    sentAt: record.sentAt,
    late: record.late,
    header: record.sealed?.header ?? null,
    nonce: record.sealed?.nonce ?? null,
    ct: record.sealed?.ciphertext ?? null,
  };
  const ops: VaultOp[] = [{ op: "put", table: EVENTS, key: recordKey(record.channel, record.pos), value }];
  const { content } = record;
  const thread = content?.k === "message" || content?.k === "poll" ? content.thread : null;
  const entry: IdEntry = { p: record.pos, h: record.hash, ...(thread === null ? {} : { t: thread }) };
  if (record.status !== "refused")
    ops.push({ op: "put", table: IDS, key: `${record.channel}/${record.id}`, value: entry });
  return ops;
}

/** A record out of the vault. */
export function parseRecord(channel: ChannelId, value: Cbor): EventRecord {
  const stored = value as unknown as StoredRecord;
  const sealed =
    stored.header === null || stored.nonce === null || stored.ct === null
      ? null
      : { header: stored.header, nonce: stored.nonce, ciphertext: stored.ct };
  return {
    id: stored.id as EventId,
    channel,
    pos: stored.pos,
    epoch: stored.epoch,
    user: stored.user as UserId | null,
    device: stored.device as DeviceId | null,
    receivedAt: stored.at,
    status: stored.status as EventRecord["status"],
    code: stored.code as FaultCode | null,
    content: stored.content === null ? null : parseContent(stored.content),
    hash: stored.hash,
    n: stored.n,
    sentAt: stored.sentAt,
    late: stored.late,
    sealed,
  };
}

/** What was seen of a channel: the contiguous range held here, and what new events must follow (M2, M3, M5). */
export type ChannelMark = {
  readonly low: number;
  readonly high: number;
  /** newest epoch of a verified event, and the position of the first one under it (E10) */
  readonly maxEpoch: number;
  readonly epochFrom: number;
  readonly lastOwn: EventRef | null;
  readonly lastOther: EventRef | null;
  /** by sessionName(): the numbers of each device's session */
  readonly sessions: Readonly<Record<string, SessionMark>>;
};

export const EMPTY_MARK: ChannelMark = {
  low: 0,
  high: 0,
  maxEpoch: 0,
  epochFrom: 0,
  lastOwn: null,
  lastOther: null,
  sessions: {},
};
export const MARKS = "mark";

type StoredRef = { id: string; epoch: number; hash: Uint8Array } | null;
type StoredMark = {
  low: number;
  high: number;
  maxEpoch: number;
  /** absent in vaults of earlier versions */
  epochFrom?: number;
  own: StoredRef;
  other: StoredRef;
  sessions: { s: string; f: number; q: number; o: readonly number[]; c: readonly number[] }[];
};

export function markOp(channel: ChannelId, mark: ChannelMark): VaultOp {
  const value: StoredMark = {
    low: mark.low,
    high: mark.high,
    maxEpoch: mark.maxEpoch,
    epochFrom: mark.epochFrom,
    own: mark.lastOwn,
    other: mark.lastOther,
    sessions: Object.entries(mark.sessions).map(([s, { first, next, open, claimed }]) => ({
      s,
      f: first,
      q: next,
      o: open,
      c: claimed,
    })),
  };
  return { op: "put", table: MARKS, key: channel, value };
}

export function parseMark(value: Cbor): ChannelMark {
  const stored = value as unknown as StoredMark;
  return {
    low: stored.low,
    high: stored.high,
    maxEpoch: stored.maxEpoch,
    epochFrom: stored.epochFrom ?? stored.high,
    lastOwn: stored.own as EventRef | null,
    lastOther: stored.other as EventRef | null,
    sessions: Object.fromEntries(
      stored.sessions.map(({ s, f, q, o, c }) => [s, { first: f, next: q, open: o, claimed: c }]),
    ),
  };
}

/** Names one session of one device in a mark. */
export function sessionName(device: DeviceId, session: SessionId): string {
  return `${device}.${session}`;
}
