// From a stored row to a record: place, duplicate, key, signature, author, order; each refusal has its name (PROTOCOL M2–M9).
import { equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, ScopeId, WorkspaceId } from "@/lib/base/ids.ts";
import type { SignatureJob, Verifier } from "@/lib/client/ports.ts";
import { channelKey } from "@/lib/crypto/epoch.ts";
import type { EpochKey } from "@/lib/crypto/keys.ts";
import { type DecryptedEvent, decryptEvent, type OpenedEvent, readHeader, verifyEvent } from "@/lib/crypto/message.ts";
import { isPlainSignature } from "@/lib/proof/ahead.ts";
import { deviceOf, judgeAuthor } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import { signedBytes, type VerifyCache, verifiedKey } from "@/lib/proof/verify.ts";
import type { EventHeader, EventRef, SealedEvent } from "@/lib/protocol/event.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { type RowJson, rowJson } from "@/lib/protocol/sync.ts";
import { type ChannelMark, EMPTY_MARK, type EventRecord, sessionName } from "./records.ts";
import { claimNumber, collides, type SessionMark, takeNumber } from "./sessions.ts";
import { follows, isBeyondRestore, joinOlder } from "./window.ts";

/** What opening a row needs to know; the same for every row of a page. */
export type InboxContext = {
  readonly ws: WorkspaceId;
  readonly me: string;
  readonly channel: ChannelId;
  readonly scope: ScopeId;
  readonly self: boolean;
  readonly ledger: LedgerState;
  /** the ledger was just fetched: whoever is still ahead saw what this server does not show (MS-11) */
  readonly final: boolean;
  readonly key: (epoch: number) => EpochKey | undefined;
  readonly commitment: (epoch: number) => Uint8Array | undefined;
  /** stored before: a second coming is a duplicate (M6) */
  readonly seen: (id: string) => boolean;
  /** where it lies that was stored before */
  readonly place: (id: string) => number | undefined;
  /** its hash, once it was verified */
  readonly hash: (id: string) => Uint8Array | null | undefined;
  /** of an older stretch: what the newer one says of a session; else nothing */
  readonly newer: (session: string) => SessionMark | undefined;
  /** signatures that were found to hold before any row is opened */
  readonly verified?: VerifyCache;
};

/** `prevs`: the newest events the author says he saw (M3). `conflict`: what a sender stated whose ledger head is not ours (L9). `hole`: numbers of his session are missing before this one (M2). */
export type Opened = {
  readonly record: EventRecord;
  readonly mark: ChannelMark;
  readonly prevs: readonly EventRef[];
  readonly conflict: OpenedEvent | null;
  readonly hole: boolean;
};

/** The sender saw a newer ledger than this device: fetch first, then open again (L9). */
export type Ahead = { readonly ahead: number };

/** A row as it came, checked for shape; undefined when it is not even that. */
export function parseRow(value: unknown): RowJson | undefined {
  const parsed = rowJson.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Opens one row that follows `mark`. Never throws on what a server or a peer can send. */
export function openRow(row: RowJson, mark: ChannelMark, context: InboxContext): Opened | Ahead | "event/duplicate" {
  if (context.seen(row.id)) return "event/duplicate";
  const { sealed, header } = readRow(row);
  if (typeof header === "string") return refuse(row, mark, null, header, context);
  const misplaced = checkPlace(row, header, context);
  if (misplaced !== null) return refuse(row, mark, header, misplaced, context);
  // Purged by its author or an admin: the row's place stays, so that nothing seems to be missing (M8).
  if (sealed.ciphertext.length === 0) return claim(row, header, mark, sealed, "gone");
  const key = context.key(header.epoch);
  const kc = context.commitment(header.epoch);
  // An epoch that our ledger does not know: its link is on its way, or it never was.
  if (kc === undefined && !context.final) return { ahead: context.ledger.n + 1 };
  if (key === undefined || kc === undefined) return claim(row, header, mark, sealed, "waiting");
  // A newcomer may write under an epoch that is known here, before the link that brought him is (L9).
  if (!context.final && deviceOf(context.ledger, header.device) === undefined) return { ahead: context.ledger.n + 1 };
  const opened = openUnder(row, sealed, header, key, kc, context);
  if (typeof opened === "string") return refuse(row, mark, header, opened, context);
  if (opened.n > context.ledger.n) {
    if (!context.final) return { ahead: opened.n };
    return claim(row, header, mark, sealed, "waiting");
  }
  return accept(row, sealed, opened, mark, context);
}

/** True when a row that comes again under the id of a verified event is not that event: somebody laid it there (L10, MS-12). */
export function isReplaced(row: RowJson, context: InboxContext): boolean {
  const known = context.hash(row.id);
  if (known === undefined || known === null) return false;
  const fresh = { ...context, final: true, seen: () => false, newer: () => undefined };
  const opened = openRow(row, { ...EMPTY_MARK, low: Number.MAX_SAFE_INTEGER }, fresh);
  if (opened === "event/duplicate" || "ahead" in opened) return false;
  const { status, hash } = opened.record;
  return status === "refused" || (status === "opened" && (hash === null || !equal(hash, known)));
}

function checkPlace(row: RowJson, header: EventHeader, context: InboxContext): FaultCode | null {
  if (header.ws !== context.ws || header.class !== "stored") return "event/wrong-place";
  if (header.channel !== context.channel || row.channel !== context.channel) return "event/wrong-place";
  if (header.id !== row.id || header.epoch !== row.epoch || header.device !== row.device) return "event/wrong-place";
  return null;
}

/** What was decrypted a moment before, so that nothing is decrypted twice; under the same key and commitment alone. */
const opening = new WeakMap<
  RowJson,
  { readonly key: EpochKey; readonly kc: Uint8Array; readonly decrypted: DecryptedEvent | FaultCode }
>();

function decryptRow(
  row: RowJson,
  sealed: SealedEvent,
  header: EventHeader,
  key: EpochKey,
  kc: Uint8Array,
  context: InboxContext,
): DecryptedEvent | FaultCode {
  const known = opening.get(row);
  if (known !== undefined && known.key === key && known.kc === kc) return known.decrypted;
  const place = { ws: context.ws, channel: context.channel, class: "stored" } as const;
  const keys = { ...place, channelKey: channelKey(key, context.channel), kc };
  const decrypted = decryptEvent(sealed, keys, header);
  opening.set(row, { key, kc, decrypted });
  return decrypted;
}

function openUnder(
  row: RowJson,
  sealed: SealedEvent,
  header: EventHeader,
  key: EpochKey,
  kc: Uint8Array,
  context: InboxContext,
): OpenedEvent | FaultCode {
  const device = context.ledger.users.get(header.user)?.devices.get(header.device);
  if (device === undefined) return "proof/not-active";
  const decrypted = decryptRow(row, sealed, header, key, kc, context);
  return typeof decrypted === "string" ? decrypted : verifyEvent(decrypted, device.keys.sign, context.verified);
}

/** Rows fewer than these are verified one by one: asking the platform costs more than it saves. */
const WORTH_ASKING = 8;

/**
 * The same context with the signatures of these rows that the platform's own Ed25519 finds to hold, and on which every
 * implementation agrees; all others are judged when their row is opened (C4). [Note: Verified ahead] Verifying is most of
 * what reading costs; nothing is skipped, and a yes counts for exactly these key, bytes and signature.
 */
export async function verifiedAhead(
  rows: readonly RowJson[],
  context: InboxContext,
  verifier: Verifier | undefined,
): Promise<InboxContext> {
  if (verifier === undefined || rows.length < WORTH_ASKING) return context;
  const jobs: SignatureJob[] = [];
  for (const row of rows) {
    if (context.seen(row.id)) continue;
    const { sealed, header } = readRow(row);
    if (typeof header === "string" || sealed.ciphertext.length === 0) continue;
    const [key, kc] = [context.key(header.epoch), context.commitment(header.epoch)];
    const device = context.ledger.users.get(header.user)?.devices.get(header.device);
    if (key === undefined || kc === undefined || device === undefined) continue;
    const decrypted = decryptRow(row, sealed, header, key, kc, context);
    if (typeof decrypted === "string" || !isPlainSignature(decrypted.sig)) continue;
    jobs.push({ pk: device.keys.sign, message: signedBytes("msg", decrypted.signed), sig: decrypted.sig });
  }
  const held = await verifier.verify(jobs);
  const verified = new Set<string>();
  for (const [i, { pk, message, sig }] of jobs.entries())
    if (held[i] === true) verified.add(verifiedKey(pk, message, sig));
  return { ...context, verified };
}

type ReadRow = { readonly sealed: SealedEvent; readonly header: EventHeader | FaultCode };

/** Rows as bytes, with their headers decoded: once for those that are verified ahead. */
const read = new WeakMap<RowJson, ReadRow>();

function readRow(row: RowJson): ReadRow {
  const known = read.get(row);
  if (known !== undefined) return known;
  const sealed = { header: fromJson(row.header), nonce: fromJson(row.nonce), ciphertext: fromJson(row.ciphertext) };
  const fresh = { sealed, header: readHeader(sealed.header) };
  read.set(row, fresh);
  return fresh;
}

function accept(
  row: RowJson,
  sealed: SealedEvent,
  opened: OpenedEvent,
  mark: ChannelMark,
  context: InboxContext,
): Opened {
  const { header } = opened;
  const ours = context.ledger.heads[opened.n - 1];
  // A head that is not ours: one of the two saw another history. His rights cannot be judged by our ledger (L9).
  const conflict = ours === undefined || !equal(ours, opened.head);
  if (conflict) return { ...refuse(row, mark, header, "proof/fork", context), conflict: opened };
  const fault = context.self ? selfFault(header, context) : judgeAuthor(context.ledger, { ...header, n: opened.n });
  if (fault !== null) return refuse(row, mark, header, fault, context);
  const name = sessionName(header.device, header.session);
  const numbered = takeNumber(mark.sessions[name], header.seq, mark.low <= 1);
  if (numbered.verdict === "taken" || collides(context.newer(name), header.seq))
    return refuse(row, mark, header, "event/equivocation", context);
  const record: EventRecord = {
    ...bareRecord(row, header, sealed),
    status: "opened",
    content: opened.content,
    hash: opened.hash,
    n: opened.n,
    sentAt: opened.sentAt,
    late: numbered.verdict === "late" || header.epoch < mark.maxEpoch,
  };
  const next: ChannelMark = {
    ...mark,
    ...stretch(mark, row.pos),
    ...refOf(record, context.me),
    maxEpoch: Math.max(mark.maxEpoch, header.epoch),
    epochFrom: header.epoch > mark.maxEpoch ? row.pos : mark.epochFrom,
    sessions: { ...mark.sessions, [name]: numbered.mark },
  };
  return { record, mark: next, prevs: opened.prevs, conflict: null, hole: numbered.verdict === "hole" };
}

function selfFault(header: EventHeader, context: InboxContext): FaultCode | null {
  return header.user === context.me ? null : "event/wrong-author";
}

function refOf(record: EventRecord, me: string): { lastOwn: EventRef } | { lastOther: EventRef } | object {
  if (record.hash === null) return {};
  const ref: EventRef = { id: record.id, epoch: record.epoch, hash: record.hash };
  return record.user === me ? { lastOwn: ref } : { lastOther: ref };
}

/** A record of which nothing is known but its place and what its header claims. */
function bareRecord(row: RowJson, header: EventHeader, sealed: SealedEvent): EventRecord {
  return {
    id: header.id,
    channel: header.channel,
    pos: row.pos,
    epoch: header.epoch,
    user: header.user,
    device: header.device,
    receivedAt: row.receivedAt,
    status: "waiting",
    code: null,
    content: null,
    hash: null,
    n: 0,
    sentAt: row.receivedAt,
    late: false,
    sealed,
  };
}

/** A row that cannot be verified, now or ever: it keeps its place, and moves neither epoch nor session (M2, M5). */
function claim(
  row: RowJson,
  header: EventHeader,
  mark: ChannelMark,
  sealed: SealedEvent,
  status: "gone" | "waiting",
): Opened {
  const name = sessionName(header.device, header.session);
  const record = { ...bareRecord(row, header, sealed), status, late: header.epoch < mark.maxEpoch };
  const sessions = { ...mark.sessions, [name]: claimNumber(mark.sessions[name], header.seq) };
  return { record, hole: false, prevs: [], conflict: null, mark: { ...mark, ...stretch(mark, row.pos), sessions } };
}

/** A refused row keeps its place and its reason; it moves neither epoch nor session, since nobody vouches for it. */
function refuse(
  row: RowJson,
  mark: ChannelMark,
  header: EventHeader | null,
  code: FaultCode,
  context: InboxContext,
): Opened {
  const record: EventRecord = {
    id: row.id,
    channel: context.channel,
    pos: row.pos,
    epoch: row.epoch,
    user: header?.user ?? null,
    device: header?.device ?? null,
    receivedAt: row.receivedAt,
    status: "refused",
    code,
    content: null,
    hash: null,
    n: 0,
    sentAt: row.receivedAt,
    late: false,
    sealed: null,
  };
  return { record, hole: false, prevs: [], conflict: null, mark: { ...mark, ...stretch(mark, row.pos) } };
}

/** The range held here, with a place at either end added. */
function stretch(mark: ChannelMark, pos: number): { low: number; high: number } {
  return { low: mark.low === 0 ? pos : Math.min(mark.low, pos), high: Math.max(mark.high, pos) };
}

/** What shows in a page and in none of its rows alone. */
export type PageHearing = {
  readonly fault: (code: FaultCode, record: EventRecord | null) => void;
  readonly conflict: (record: EventRecord, stated: OpenedEvent, row: RowJson) => void;
};

/** Opens the rows of a page in their order, behind or before what is `held`: `newer` ones follow it, `older` ones precede it. */
export function openAll(
  rows: readonly RowJson[],
  direction: "newer" | "older",
  context: InboxContext,
  held: ChannelMark,
  hear: PageHearing,
) {
  // Older pages are judged on their own: what follows them is known already and must not make them look late.
  let mark: ChannelMark = direction === "newer" ? held : { ...EMPTY_MARK, low: Number.MAX_SAFE_INTEGER, high: 0 };
  if (direction === "newer" && held.high === 0) mark = { ...mark, low: rows[0]?.pos ?? 0 };
  let ahead: number | null = null;
  const records: EventRecord[] = [];
  const stated: Opened[] = [];
  let again = 0;
  const batch = new Set<string>();
  for (const row of [...rows].sort((a, b) => a.pos - b.pos)) {
    if (direction === "newer" ? row.pos <= mark.high : row.pos >= held.low && held.low > 0) continue;
    const opened = batch.has(row.id) ? "event/duplicate" : openRow(row, mark, context);
    if (opened === "event/duplicate") {
      // After a restore all that was given back comes again, at a new place.
      const place = batch.has(row.id) ? undefined : context.place(row.id);
      const given = place !== undefined && isBeyondRestore(row.pos, place);
      again += Number(given);
      const code = given ? "event/equivocation" : "event/duplicate";
      if (!given || isReplaced(row, context)) hear.fault(code, null);
      mark = { ...mark, high: Math.max(mark.high, row.pos) };
      continue;
    }
    if ("ahead" in opened) {
      ahead = opened.ahead;
      break;
    }
    // Places are given without a gap: one that is missing was left out, or never was (MS-10).
    const gap = mark.high > 0 && !follows(row.pos, mark.high);
    if (opened.record.status !== "refused") batch.add(row.id);
    mark = opened.mark;
    records.push(opened.record);
    if (opened.prevs.length > 0) stated.push(opened);
    if (opened.conflict !== null) hear.conflict(opened.record, opened.conflict, row);
    if (opened.hole || gap) hear.fault("event/hole", opened.record);
    if (opened.record.code === "event/equivocation") hear.fault("event/equivocation", opened.record);
  }
  const last = records.at(-1);
  // An older page must reach up to what is held.
  if (direction === "older" && last !== undefined && held.low > 0 && !follows(held.low, mark.high))
    hear.fault("event/hole", last);
  return { records, stated, ahead, again, mark: direction === "newer" ? mark : joinOlder(held, mark) };
}
