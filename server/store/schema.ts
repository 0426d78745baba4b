// Every table and column of the database. After a change: npx drizzle-kit generate --dialect sqlite --schema server/store/schema.ts --out drizzle
import { customType, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type {
  BlobId,
  ChannelId,
  DeviceId,
  EventId,
  Id,
  InviteId,
  MailboxId,
  ScopeId,
  SessionId,
  UserId,
  WorkspaceId,
} from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import type { ChainId, LinkKind } from "@/lib/protocol/link.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";

/** Bytes as they are. */
const bytes = customType<{ data: Uint8Array; driverData: Buffer | null }>({
  dataType: () => "blob",
  // A prepared statement maps its placeholders here even where they hold null.
  toDriver: (value: Uint8Array | null) =>
    value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) =>
    new Uint8Array(value?.buffer ?? new ArrayBuffer(0), value?.byteOffset ?? 0, value?.byteLength ?? 0),
});

/** An id: text in memory, raw bytes on disk. */
const id = <Kind extends Id<string>>(name: string) =>
  customType<{ data: Kind; driverData: Buffer | null }>({
    dataType: () => "blob",
    toDriver: (value: Kind | null) => (value === null ? null : Buffer.from(idBytes(value))),
    fromDriver: (value) => mintId<string>(value ?? new Uint8Array()) as Kind,
  })(name);

/** The server's own facts: its public address, the version that wrote last. */
export const meta = sqliteTable("meta", { key: text("key").primaryKey(), value: text("value").notNull() });

/** `w` stands for the 32 bytes of `ws` in every other table, and comes first in every key there. */
export const workspaces = sqliteTable(
  "workspaces",
  {
    w: integer("w").primaryKey({ autoIncrement: true }),
    ws: id<WorkspaceId>("ws").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [uniqueIndex("workspaces_ws").on(t.ws)],
);

export const links = sqliteTable(
  "links",
  {
    w: integer("w").notNull(),
    n: integer("n").notNull(),
    kind: text("kind").$type<LinkKind>().notNull(),
    chain: id<ChainId>("chain").notNull(),
    seq: integer("seq").notNull(),
    hash: bytes("hash").notNull(),
    bytes: bytes("bytes").notNull(),
    sig: bytes("sig").notNull(),
    extra: bytes("extra"),
  },
  (t) => [primaryKey({ columns: [t.w, t.n] }), uniqueIndex("links_chain").on(t.w, t.chain, t.seq)],
);

/** One seal for each epoch, recipient and giver, so that nobody can push another's good seal out. */
export const seals = sqliteTable(
  "seals",
  {
    w: integer("w").notNull(),
    purpose: text("purpose").$type<SealRow["purpose"]>().notNull(),
    scope: id<ScopeId>("scope").notNull(),
    epoch: integer("epoch").notNull(),
    to: text("to").$type<SealRow["to"]>().notNull(),
    recipient: id<Id<"recipient">>("recipient").notNull(),
    gen: integer("gen").notNull(),
    giver: id<UserId>("giver").notNull(),
    ct: bytes("ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.purpose, t.scope, t.to, t.recipient, t.epoch, t.gen, t.giver] })],
);

export const boxes = sqliteTable(
  "boxes",
  {
    w: integer("w").notNull(),
    purpose: text("purpose").$type<BoxRow["purpose"]>().notNull(),
    scope: id<ScopeId>("scope").notNull(),
    epoch: integer("epoch").notNull(),
    giver: id<UserId>("giver").notNull(),
    ct: bytes("ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.purpose, t.scope, t.epoch, t.giver] })],
);

/** Newest position of each channel that was ever written in. */
export const channels = sqliteTable(
  "channels",
  {
    w: integer("w").notNull(),
    channel: id<ChannelId>("channel").notNull(),
    last: integer("last").notNull(),
    /** new events get places beyond this: those below it may have been given before a restore */
    floor: integer("floor").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.w, t.channel] })],
);

/** The uniform event row: no type column, nothing a reader could tell one kind of event from another by. */
export const events = sqliteTable(
  "events",
  {
    w: integer("w").notNull(),
    channel: id<ChannelId>("channel").notNull(),
    pos: integer("pos").notNull(),
    id: id<EventId>("id").notNull(),
    epoch: integer("epoch").notNull(),
    device: id<DeviceId>("device").notNull(),
    receivedAt: integer("received_at").notNull(),
    header: bytes("header").notNull(),
    nonce: bytes("nonce").notNull(),
    ciphertext: bytes("ciphertext").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.channel, t.pos] }), uniqueIndex("events_id").on(t.w, t.channel, t.id)],
);

/** The next sequence number of each engine session in each channel (M2). */
export const cursors = sqliteTable(
  "cursors",
  {
    w: integer("w").notNull(),
    device: id<DeviceId>("device").notNull(),
    session: id<SessionId>("session").notNull(),
    channel: id<ChannelId>("channel").notNull(),
    next: integer("next").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.device, t.session, t.channel] })],
);

export const blobs = sqliteTable(
  "blobs",
  {
    w: integer("w").notNull(),
    blob: id<BlobId>("blob").notNull(),
    user: id<UserId>("user").notNull(),
    device: id<DeviceId>("device").notNull(),
    segments: integer("segments").notNull(),
    bytes: integer("bytes").notNull(),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (t) => [primaryKey({ columns: [t.w, t.blob] })],
);

/** In which channels a blob may be read (F2). */
export const blobChannels = sqliteTable(
  "blob_channels",
  {
    w: integer("w").notNull(),
    blob: id<BlobId>("blob").notNull(),
    channel: id<ChannelId>("channel").notNull(),
    /** since when; 0 where it was not noted: then since the blob was begun */
    sharedAt: integer("shared_at").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.w, t.blob, t.channel] })],
);

/** Open pleas for epoch keys (E7). */
export const requests = sqliteTable(
  "requests",
  {
    w: integer("w").notNull(),
    scope: id<ScopeId>("scope").notNull(),
    epoch: integer("epoch").notNull(),
    user: id<UserId>("user").notNull(),
    device: id<DeviceId>("device").notNull(),
    at: integer("at").notNull(),
    receivedAt: integer("received_at").notNull(),
    sig: bytes("sig").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.scope, t.epoch, t.user, t.device] })],
);

/** Each time a workspace was found to lie here in an older state (L10). While `closed_at` is empty nothing new is taken. */
export const restores = sqliteTable(
  "restores",
  {
    w: integer("w").notNull(),
    number: integer("number").notNull(),
    id: bytes("id").notNull(),
    at: integer("at").notNull(),
    /** the ledger's head at that time */
    n: integer("n").notNull(),
    closedAt: integer("closed_at"),
  },
  (t) => [primaryKey({ columns: [t.w, t.number] })],
);

/** Devices that said they have given back all they hold. */
export const restoreDevices = sqliteTable(
  "restore_devices",
  { w: integer("w").notNull(), number: integer("number").notNull(), device: id<DeviceId>("device").notNull() },
  (t) => [primaryKey({ columns: [t.w, t.number, t.device] })],
);

/** Events given back after a restore, until they get their new places all at once. */
export const given = sqliteTable(
  "given",
  {
    w: integer("w").notNull(),
    channel: id<ChannelId>("channel").notNull(),
    id: id<EventId>("id").notNull(),
    /** the place it had before */
    pos: integer("pos").notNull(),
    epoch: integer("epoch").notNull(),
    device: id<DeviceId>("device").notNull(),
    session: id<SessionId>("session").notNull(),
    seq: integer("seq").notNull(),
    receivedAt: integer("received_at").notNull(),
    /** brought by the device that wrote it */
    own: integer("own", { mode: "boolean" }).notNull(),
    header: bytes("header").notNull(),
    nonce: bytes("nonce").notNull(),
    ciphertext: bytes("ciphertext").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.channel, t.id] })],
);

/** Requests of people who wait for an admin to let them in, until they are decided or the invite closes (I4). */
export const joins = sqliteTable(
  "joins",
  {
    w: integer("w").notNull(),
    invite: id<InviteId>("invite").notNull(),
    user: id<UserId>("user").notNull(),
    receivedAt: integer("received_at").notNull(),
    bytes: bytes("bytes").notNull(),
    sig: bytes("sig").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.invite, t.user] })],
);

/** Letters of helpers of a recovery circle, until the asker came for them or their time is over (D6). */
export const letters = sqliteTable(
  "letters",
  {
    w: integer("w").notNull(),
    mailbox: id<MailboxId>("mailbox").notNull(),
    slot: integer("slot").notNull(),
    user: id<UserId>("user").notNull(),
    receivedAt: integer("received_at").notNull(),
    letter: bytes("letter").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.mailbox, t.slot] }), uniqueIndex("letters_mailbox").on(t.mailbox, t.slot)],
);

/** Where devices without a socket are woken, and the browser's keys for that; nothing of what they are woken for (S2). */
export const pushSubscriptions = sqliteTable(
  "push_subscriptions",
  {
    w: integer("w").notNull(),
    device: id<DeviceId>("device").notNull(),
    user: id<UserId>("user").notNull(),
    endpoint: text("endpoint").notNull(),
    p256dh: bytes("p256dh").notNull(),
    auth: bytes("auth").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.w, t.device] })],
);

/** Hashes of setup tokens that still serve. `first`: made at a start without any workspace. */
export const setupTokens = sqliteTable(
  "setup_tokens",
  {
    hash: bytes("hash").primaryKey(),
    first: integer("first", { mode: "boolean" }).notNull(),
    expires: integer("expires").notNull(),
  },
  (t) => [index("setup_tokens_expires").on(t.expires)],
);
