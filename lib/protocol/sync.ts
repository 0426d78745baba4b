// What client and server say to each other over tRPC, HTTP and the socket: inputs as schemas, answers as types.
// Queries travel as POST too (tRPC's allowMethodOverride), so that no input stands in an address or a log.
import { z } from "zod";
import type { FaultCode } from "@/lib/base/faults.ts";
import type { BlobId, ChannelId, DeviceId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { CIRCLE_SLOTS } from "@/lib/protocol/mailbox/circle.ts";
import type { SealedEvent } from "./event.ts";
import { count, fromJson, jsonBytes, jsonId, toJson } from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { SignedLink, Stub } from "./link.ts";
import type { BoxRow, SealRow } from "./room.ts";
import { boxSchema, sealSchema } from "./room.ts";

const ws = jsonId<"workspace">(32);
const channel = jsonId<"channel">();
const scope = jsonId<"scope">();
const signature = jsonBytes(64, 64);

// ---------- JSON forms ----------
export const linkJson = z.strictObject({ b: jsonBytes(LIMITS.linkBytes, 1), s: signature, x: signature.nullable() });
export type LinkJson = z.output<typeof linkJson>;
export const eventJson = z.strictObject({
  h: jsonBytes(512, 1),
  n: jsonBytes(24, 24),
  c: jsonBytes(LIMITS.eventBytes, 1),
});
export type EventJson = z.output<typeof eventJson>;

export const toLinkJson = (link: SignedLink): LinkJson => ({
  b: toJson(link.bytes),
  s: toJson(link.sig),
  x: link.extra === null ? null : toJson(link.extra),
});
export const fromLinkJson = (json: LinkJson): SignedLink => ({
  bytes: fromJson(json.b),
  sig: fromJson(json.s),
  extra: json.x === null ? null : fromJson(json.x),
});
export const toEventJson = (event: SealedEvent): EventJson => ({
  h: toJson(event.header),
  n: toJson(event.nonce),
  c: toJson(event.ciphertext),
});
export const fromEventJson = (json: EventJson): SealedEvent => ({
  header: fromJson(json.h),
  nonce: fromJson(json.n),
  ciphertext: fromJson(json.c),
});

export const headJson = z.strictObject({ n: count, hash: jsonBytes(32, 32) });
/** Position and hash of the newest link. */
export type HeadJson = z.output<typeof headJson>;
export const stubJson = z.strictObject({
  k: z.enum(["W", "U", "C"]),
  c: jsonId<"chain">(),
  q: count,
  h: jsonBytes(32, 32),
});
/** A stub, with the link itself where the asker must or may see it (L2). */
export const entryJson = z.strictObject({ stub: stubJson, link: linkJson.nullable() });
export type EntryJson = z.output<typeof entryJson>;
export const toStubJson = (stub: Stub): EntryJson["stub"] => ({
  k: stub.kind,
  c: stub.chain,
  q: stub.seq,
  h: toJson(stub.hash),
});
export const fromStubJson = (json: EntryJson["stub"]): Stub => ({
  kind: json.k,
  chain: json.c,
  seq: json.q,
  hash: fromJson(json.h),
});

/** An event row as the server stores it; nothing else exists of it there (section 5). */
export const rowJson = z.strictObject({
  id: jsonId<"event">(),
  channel,
  pos: count,
  epoch: count,
  device: jsonId<"device">(),
  receivedAt: count,
  header: jsonBytes(512, 1),
  nonce: jsonBytes(24, 24),
  /** empty after a purge: the row stays, its content is gone (M8) */
  ciphertext: jsonBytes(LIMITS.eventBytes),
});
export type RowJson = z.output<typeof rowJson>;

// ---------- auth (A1) ----------
export const challengeInput = z.strictObject({ ws: ws.nullable() });
export type ChallengeAnswer = { challenge: string; expires: number };
/**
 * `as` device: signed by the device; invite: by the invite key; recovery: by the recovery auth key (`id` = its first 16
 * bytes). The signature is context `auth` over enc(as, origin, ws, id, challenge, nonce, expires) with raw bytes.
 */
export const loginInput = z.strictObject({
  as: z.enum(["device", "invite", "recovery"]),
  ws: ws.nullable(),
  id: jsonId<"login">(),
  challenge: jsonBytes(32, 32),
  nonce: jsonBytes(16, 16),
  expires: count,
  origin: z.string().max(300),
  sig: signature,
});
/** Opaque ids of this server's workspaces: a recovery code does not say to which it belongs (D3). */
export type WorkspacesAnswer = { workspaces: WorkspaceId[] };
export type LoginAnswer = { token: string; expires: number; ws: WorkspaceId };

/** The same, by a device that is out: it gets what it may still see of the ledger, up to the link that ended it. */
export const endingInput = z.strictObject({ login: loginInput, after: count });

// ---------- ledger (section 3) ----------
/** Links with all that lies beside them: whole or not at all (L4). */
export const batchJson = z.strictObject({
  links: z.array(linkJson).min(1).max(LIMITS.batchLinks),
  seals: z.array(sealSchema).max(LIMITS.sealsPerWrite),
  boxes: z.array(boxSchema).max(LIMITS.batchLinks * 2),
});
export type BatchJson = z.output<typeof batchJson>;
export const setupCreateInput = z.strictObject({ token: jsonBytes(32, 32), batch: batchJson });
export const readInput = z.strictObject({ after: count, limit: count.max(LIMITS.linksPerRead) });
export type LedgerPage = { entries: EntryJson[]; head: HeadJson };
export const chainInput = z.strictObject({ scope });
/** Every link of one C chain with its place, for a member (L2). */
export type ChainAnswer = { links: { n: number; link: LinkJson }[] };
export const appendInput = z.strictObject({ after: headJson, batch: batchJson });
/** A refusal by compare-and-set carries the missing entries (L3). */
export type AppendAnswer = { ok: true; head: HeadJson } | { ok: false; entries: EntryJson[]; head: HeadJson };

// ---------- keys (section 4) ----------
export const keysReadInput = z.strictObject({ scope, from: count, to: count });
/** The asker's own seals, and the boxes, of these epochs. */
export type KeysAnswer = { seals: SealRow[]; boxes: BoxRow[] };
export const keysWriteInput = z.strictObject({
  seals: z.array(sealSchema).max(LIMITS.sealsPerWrite),
  boxes: z.array(boxSchema).max(LIMITS.sealsPerWrite),
});
/** A plea for an epoch key, signed by the device (context `request`) over enc(ws, scope, epoch, user, device, at) (E7). */
export const keyRequestInput = z.strictObject({ scope, epoch: count, at: count, sig: signature });
export type KeyRequest = z.output<typeof keyRequestInput> & { user: UserId; device: DeviceId };
export type InviteOpenAnswer = { box: string };

// ---------- mailboxes (D1): letters between two devices that share a code; anyone may ask ----------
const letter = jsonBytes(LIMITS.letterBytes, LIMITS.letterBytes);
const slot = count.max(LIMITS.mailboxSlots - 1);
export const mailboxPutInput = z.strictObject({ mailbox: jsonId<"mailbox">(), slot, letter });
export const mailboxReadInput = z.strictObject({ mailbox: jsonId<"mailbox">(), slot });
/** `left`: ms until the mailbox goes; `letters`: how many lie in it. */
export type MailboxPutAnswer = { letters: number; left: number };
export type MailboxReadAnswer = MailboxPutAnswer & { letter: string | null };

// ---------- recovery circles (D6): letters of helpers, kept until one who lost everything comes for them ----------
const circleSlot = count.min(CIRCLE_SLOTS.word).max(CIRCLE_SLOTS.part);
export const circlePutInput = z.strictObject({
  mailbox: jsonId<"mailbox">(),
  slot: circleSlot,
  letter: jsonBytes(LIMITS.circleLetterBytes, LIMITS.circleLetterBytes),
});
export const circleReadInput = z.strictObject({ mailbox: jsonId<"mailbox">(), slot: circleSlot });
export const circleKeysInput = z.strictObject({ user: jsonId<"user">() });
export type CircleReadAnswer = { letter: string | null };

// ---------- events (section 5) ----------
export const eventsAppendInput = z.strictObject({
  channel,
  events: z.array(eventJson).min(1).max(LIMITS.eventsPerAppend),
});
/** Accepted from the front; the first refused one ends the batch, so order per session holds (M2). */
export type EventsAppendAnswer = {
  accepted: { id: EventId; pos: number; receivedAt: number }[];
  refused: { id: EventId; code: FaultCode } | null;
};
export const eventsReadInput = z.strictObject({
  channel,
  after: count.nullable(),
  before: count.nullable(),
  limit: count.max(LIMITS.eventsPerRead),
});
/** Rows in channel order; `last` is the newest position of the channel. */
export type EventsPage = { rows: RowJson[]; last: number };
export const rowInput = z.strictObject({ channel, id: jsonId<"event">() });
/** For the X-ray: the whole database row of one event as it lies there, column by column (bytes as base64url). */
export type StoredRow = { table: string; columns: Record<string, string | number | null> };
export const purgeInput = z.strictObject({
  channel,
  ids: z.array(jsonId<"event">()).min(1).max(100),
  blobs: z.array(jsonId<"blob">()).max(100),
});
export const pullInput = z.strictObject({
  cursors: z.array(z.strictObject({ channel, after: count })).max(2000),
  limit: count.max(LIMITS.eventsPerRead),
});
export type PullAnswer = { channels: { channel: ChannelId; rows: RowJson[]; last: number }[] };
/** Of each channel the newest events that the asker knows: whether they lie here still shows a server that fell back (L10). */
export const stateInput = z.strictObject({
  held: z.array(z.strictObject({ channel, ids: z.array(jsonId<"event">()).min(1).max(20) })).max(2000),
});
/** Newest position of every channel that the asker may read, the ledger's head, the server's clock, the last restore. */
export type StateAnswer = {
  head: HeadJson;
  channels: { channel: ChannelId; last: number }[];
  /** those of the channels asked about that lack any of these events */
  lacking: ChannelId[];
  now: number;
  restored: RestoredJson | null;
};

// ---------- a server restored from an older backup (L10) ----------
/** Which restore, when it was noticed, the head it fell back to, whether it still takes nothing new, and who gave back. */
export const restoredJson = z.strictObject({
  id: jsonBytes(16, 16),
  at: count,
  n: count,
  open: z.boolean(),
  /** devices that gave back all they hold, of all that are active */
  given: count,
  devices: count,
});
export type RestoredJson = z.output<typeof restoredJson>;
/** Links that follow on `after`, as they were once appended, by whoever holds them. */
export const giveLinksInput = z.strictObject({
  after: headJson,
  links: z.array(linkJson).min(1).max(LIMITS.batchLinks),
});
export type GiveLinksAnswer = { head: HeadJson; restored: RestoredJson | null };
export const missingInput = z.strictObject({
  channel,
  /** what a device holds, with the places it knows */
  held: z
    .array(z.strictObject({ id: jsonId<"event">(), pos: count }))
    .min(1)
    .max(LIMITS.eventsPerRead),
});
/** Those of them that the server lacks, and the newest place of the channel that was in the backup. */
export type MissingAnswer = { missing: EventId[]; base: number };
/** An event as it lay in the server, with its former place. */
export const givenRow = z.strictObject({
  pos: count,
  receivedAt: count,
  h: jsonBytes(512, 1),
  n: jsonBytes(24, 24),
  c: jsonBytes(LIMITS.eventBytes),
});
export const giveRowsInput = z.strictObject({ channel, rows: z.array(givenRow).min(1).max(LIMITS.eventsPerAppend) });
export const restoreInput = z.strictObject({ id: jsonBytes(16, 16) });

// ---------- files (section 6); bytes go over PUT and GET /blob/<ws>/<blob>/<segment> with the bearer token ----------
export const fileCreateInput = z.strictObject({ channel, segments: count.min(1).max(600), bytes: count });
export type FileCreateAnswer = { blob: BlobId };
export const fileFinishInput = z.strictObject({ blob: jsonId<"blob">() });
export const fileDropInput = z.strictObject({ blob: jsonId<"blob">() });
/** Names a further channel in which the blob may be read (F2). */
export const fileShareInput = z.strictObject({ blob: jsonId<"blob">(), channel });

// ---------- server facts ----------
export type ServerInfo = { version: string; origins: string[]; fileBytes: number; blobSegmentBytes: number };

// ---------- socket /live (A2): JSON text frames ----------
export const clientFrame = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("hello"), token: z.string().max(200) }),
  z.strictObject({ t: z.literal("ephemeral"), channel, event: eventJson }),
  z.strictObject({ t: z.literal("ping") }),
]);
export type ClientFrame = z.output<typeof clientFrame>;
export const serverFrame = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("ready"), head: headJson, now: count }),
  z.strictObject({ t: z.literal("event"), row: rowJson }),
  z.strictObject({ t: z.literal("ephemeral"), channel, event: eventJson }),
  z.strictObject({ t: z.literal("ledger"), head: headJson }),
  /** better seals or boxes lie ready for these epochs of a scope */
  z.strictObject({ t: z.literal("keys"), scope, epoch: count }),
  z.strictObject({
    t: z.literal("request"),
    request: keyRequestInput.extend({ user: jsonId<"user">(), device: jsonId<"device">() }),
  }),
  /** those who wait to be let in have changed; to admins alone (I4) */
  z.strictObject({ t: z.literal("joins") }),
  z.strictObject({ t: z.literal("purged"), channel, ids: z.array(jsonId<"event">()) }),
  /** the server was found to be restored, or goes on after it */
  z.strictObject({ t: z.literal("restored") }),
  z.strictObject({ t: z.literal("pong") }),
  z.strictObject({ t: z.literal("bye"), code: z.string().max(40) }),
]);
export type ServerFrame = z.output<typeof serverFrame>;
