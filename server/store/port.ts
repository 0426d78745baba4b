// The store contract: what the server asks of any database, with each guarantee in words.

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
import type { ChainId, SignedLink, Stub } from "@/lib/protocol/link.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import type { PushStore } from "@/server/store/push/port.ts";

export type LinkRow = { readonly n: number; readonly stub: Stub; readonly link: SignedLink };
/** Seals and boxes as they lie, with bytes instead of text; `giver` is who brought them. */
export type SealEntry = Omit<SealRow, "ct"> & { readonly giver: UserId; readonly ct: Uint8Array };
export type BoxEntry = Omit<BoxRow, "ct"> & { readonly giver: UserId; readonly ct: Uint8Array };
export type KeyEntries = { readonly seals: readonly SealEntry[]; readonly boxes: readonly BoxEntry[] };

export type EventRow = {
  readonly id: EventId;
  readonly channel: ChannelId;
  readonly pos: number;
  readonly epoch: number;
  readonly device: DeviceId;
  readonly receivedAt: number;
  readonly header: Uint8Array;
  readonly nonce: Uint8Array;
  /** empty after a purge */
  readonly ciphertext: Uint8Array;
};
export type NewEvent = Pick<EventRow, "id" | "epoch" | "device" | "header" | "nonce" | "ciphertext"> & {
  readonly session: SessionId;
  readonly seq: number;
};
/** `fresh` is false for an event that had landed before with the same bytes. */
export type Landed = { readonly row: EventRow; readonly fresh: boolean };
export type EventsResult = {
  readonly landed: readonly Landed[];
  readonly refused: { readonly id: EventId; readonly code: "event/out-of-order" | "event/exists" } | null;
};
export type Page = { readonly rows: readonly EventRow[]; readonly last: number };
export type PageBounds = {
  readonly after: number | null;
  readonly before: number | null;
  readonly limit: number;
  /** stops after the row that passes this sum of ciphertext bytes; at least one row comes */
  readonly maxBytes: number;
};

export type RequestEntry = {
  readonly scope: ScopeId;
  readonly epoch: number;
  readonly user: UserId;
  readonly device: DeviceId;
  readonly at: number;
  readonly receivedAt: number;
  readonly sig: Uint8Array;
};

/** A request to be let in: exact bytes and signature, and when it came. */
export type JoinEntry = {
  readonly invite: InviteId;
  readonly user: UserId;
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
  readonly sig: Uint8Array;
};

export type BlobEntry = {
  readonly blob: BlobId;
  readonly user: UserId;
  readonly device: DeviceId;
  readonly segments: number;
  /** most bytes of ciphertext that its segments may have together */
  readonly bytes: number;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly channels: readonly ChannelId[];
};
export type BlobRef = { readonly ws: WorkspaceId; readonly blob: BlobId };

/**
 * Guarantees of every method:
 * - a write resolves after its commit is durable (power loss included), and never before; a read that starts after
 *   that sees it. A write is whole or absent, also across a crash.
 * - writes take effect in the order of their calls; several may share one commit.
 * - expected outcomes are values; a Fault (store/full, store/locked, store/corrupt, store/unwritable) means that this
 *   write changed nothing, and that the store goes on serving.
 * - workspaces never see each other: each key begins with the workspace.
 */
export interface Store {
  readonly ledger: LedgerStore;
  readonly keys: KeyStore;
  readonly events: EventStore;
  readonly blobs: BlobStore;
  readonly restores: RestoreStore;
  readonly joins: JoinStore;
  readonly letters: LetterStore;
  readonly retention: RetentionStore;
  readonly push: PushStore;
  readonly setup: SetupStore;
  /** Waits for the writes under way, then lets go of the database. Later calls reject. */
  close(): Promise<void>;
}

export interface LedgerStore {
  workspaces(): Promise<WorkspaceId[]>;
  /** Rows with n > after, ascending, at most `limit`. */
  links(ws: WorkspaceId, after: number, limit: number): Promise<LinkRow[]>;
  /** All links of one chain, ascending. */
  chainLinks(ws: WorkspaceId, chain: ChainId): Promise<LinkRow[]>;
  /** Whole rows of a scope's links, seals and boxes as they lie there, the newest of each first, at most `limit` of each. */
  storedRows(ws: WorkspaceId, scope: ScopeId, chain: ChainId, limit: number): Promise<StoredRow[]>;
  /** Consumes the setup token and stores the first links; "refused" when the token does not serve (any more). */
  createWorkspace(first: {
    ws: WorkspaceId;
    tokenHash: Uint8Array;
    now: number;
    links: readonly LinkRow[];
    keys: KeyEntries;
  }): Promise<"created" | "refused">;
  /** Compare-and-set: stores the links only if the newest stored position is `after` (L3); whole or not at all (L4). */
  appendLinks(
    ws: WorkspaceId,
    after: number,
    links: readonly LinkRow[],
    keys: KeyEntries,
  ): Promise<"appended" | "stale">;
}

export interface KeyStore {
  /** Adds or replaces, one entry for each key and giver; answers how many rows were written. */
  putKeys(ws: WorkspaceId, keys: KeyEntries): Promise<number>;
  /** Seals of epochs from..upTo (both included) to one recipient, or to all of a kind, ascending by epoch. */
  seals(
    ws: WorkspaceId,
    wanted: Pick<SealEntry, "purpose" | "scope" | "to"> & {
      recipient: SealEntry["recipient"] | null;
      from: number;
      upTo: number;
      limit: number;
    },
  ): Promise<SealEntry[]>;
  boxes(
    ws: WorkspaceId,
    wanted: Pick<BoxEntry, "purpose" | "scope"> & { from: number; upTo: number; limit: number },
  ): Promise<BoxEntry[]>;
  /** Keeps a plea; false when the same user asked for the same epoch after `notSince`. */
  putRequest(ws: WorkspaceId, request: RequestEntry, notSince: number): Promise<boolean>;
  /** Pleas received after `since`, newest last. */
  requests(ws: WorkspaceId, since: number): Promise<RequestEntry[]>;
  /** Forgets pleas that are answered, or older than `before`. */
  dropRequests(ws: WorkspaceId, answered: readonly Pick<RequestEntry, "scope" | "epoch" | "user">[]): Promise<void>;
  /** Forgets what lies of a person's recovery circles, but for the one of this number. */
  dropCircles(ws: WorkspaceId, user: UserId, but: number | null): Promise<void>;
}

export interface EventStore {
  /**
   * Stores events of one device in order, each at the channel's next position, which is allocated in the same commit.
   * An event that lies there with the same bytes lands again at its old position; the first that may not be stored
   * (an id with other bytes, or not the session's next sequence number) ends the list, and what came before it stays.
   */
  appendEvents(
    ws: WorkspaceId,
    channel: ChannelId,
    events: readonly NewEvent[],
    receivedAt: number,
  ): Promise<EventsResult>;
  /** Rows between the bounds in channel order: the oldest after `after`, or else the newest before `before`. */
  eventsPage(ws: WorkspaceId, channel: ChannelId, bounds: PageBounds): Promise<Page>;
  /** Newest position of every channel that was ever written in. */
  channelEnds(ws: WorkspaceId): Promise<{ channel: ChannelId; last: number }[]>;
  /** Who wrote these events; unknown ids are left out. */
  eventDevices(
    ws: WorkspaceId,
    channel: ChannelId,
    ids: readonly EventId[],
  ): Promise<{ id: EventId; device: DeviceId }[]>;
  /** Empties the ciphertext of these events; the rows stay (M8). Answers which were there. */
  purgeEvents(ws: WorkspaceId, channel: ChannelId, ids: readonly EventId[]): Promise<EventId[]>;
  /** The row as it lies in the database, column by column. */
  storedRow(ws: WorkspaceId, channel: ChannelId, id: EventId): Promise<StoredRow | undefined>;
  storedRows(ws: WorkspaceId, channel: ChannelId, before: number | null, limit: number): Promise<StoredRow[]>;
}

export type RestoreEntry = {
  /** 1 for the first restore of a workspace */
  readonly number: number;
  readonly id: Uint8Array;
  readonly at: number;
  readonly n: number;
  readonly closedAt: number | null;
  /** devices that gave back what they hold */
  readonly given: readonly DeviceId[];
};
/** An event given back: its former place, and whether its own author brings it. */
export type GivenEvent = NewEvent & { readonly pos: number; readonly receivedAt: number; readonly own: boolean };

export interface RestoreStore {
  /** The newest restore of a workspace. */
  newest(ws: WorkspaceId): Promise<RestoreEntry | undefined>;
  /** Notes a restore; with `closedAt` set it never stops anything. */
  begin(ws: WorkspaceId, restore: Omit<RestoreEntry, "number" | "given">): Promise<RestoreEntry>;
  noteGiven(ws: WorkspaceId, number: number, device: DeviceId): Promise<void>;
  /** Those of the ids that neither lie in the channel nor were given back. */
  missing(ws: WorkspaceId, channel: ChannelId, ids: readonly EventId[]): Promise<EventId[]>;
  /**
   * Moves events out of places older than this restore that are known to belong to others, and all after them, to the
   * end of the channel. Answers what was moved.
   */
  makeRoom(
    ws: WorkspaceId,
    channel: ChannelId,
    number: number,
    held: readonly { readonly id: EventId; readonly pos: number }[],
  ): Promise<EventRow[]>;
  /** Newest place in the channel that is older than this restore; 0 for none. */
  base(ws: WorkspaceId, channel: ChannelId, number: number): Promise<number>;
  /** Keeps events aside until `close`; what is there stays, unless the author brings his own. Answers how many were new. */
  putGiven(ws: WorkspaceId, channel: ChannelId, events: readonly GivenEvent[]): Promise<number>;
  /** Puts events at the end of a channel, in their order; ids that lie there are passed over. Answers what is new. */
  appendGiven(ws: WorkspaceId, channel: ChannelId, events: readonly GivenEvent[]): Promise<EventRow[]>;
  /**
   * Ends a restore: all that was given back gets places beyond `number` · LIMITS.restoreSpan, in the order it had, and so does
   * all that comes after, in these channels and in every other that is known: no place is ever given twice.
   */
  close(ws: WorkspaceId, number: number, closedAt: number, channels: readonly ChannelId[]): Promise<void>;
}

export interface JoinStore {
  /** Keeps a request, in the place of an earlier one of the same person by the same invite. */
  putJoin(ws: WorkspaceId, join: JoinEntry): Promise<void>;
  /** All that wait, oldest first. */
  joins(ws: WorkspaceId): Promise<JoinEntry[]>;
  /** Forgets these; answers how many were there. */
  dropJoins(ws: WorkspaceId, which: readonly Pick<JoinEntry, "invite" | "user">[]): Promise<number>;
}

/** A helper's letter to one who lost everything (D6). */
export type LetterEntry = {
  readonly mailbox: MailboxId;
  readonly slot: number;
  readonly user: UserId;
  readonly receivedAt: number;
  readonly letter: Uint8Array;
};

export interface LetterStore {
  /**
   * Keeps a letter for ever as it is: "exists" where another lies in its place, "full" where this person has laid
   * `most` already. The same bytes again are no error.
   */
  putLetter(ws: WorkspaceId, entry: LetterEntry, most: number): Promise<"kept" | "exists" | "full">;
  /** Whoever knows the mailbox's name reads it, in whichever workspace it lies. */
  letter(mailbox: MailboxId, slot: number): Promise<Uint8Array | undefined>;
  /** Forgets letters that came before this time; answers how many. */
  dropLetters(before: number): Promise<number>;
}

export interface BlobStore {
  createBlob(ws: WorkspaceId, blob: Omit<BlobEntry, "channels" | "finishedAt">, channel: ChannelId): Promise<void>;
  blob(ws: WorkspaceId, blob: BlobId): Promise<BlobEntry | undefined>;
  finishBlob(ws: WorkspaceId, blob: BlobId, bytes: number, finishedAt: number): Promise<void>;
  /** Adds a channel in which the blob may be read, from this time on; answers in how many it now may be. */
  shareBlob(ws: WorkspaceId, blob: BlobId, channel: ChannelId, sharedAt: number): Promise<number>;
  /** Takes blobs out of a channel; answers those that now are in none, whose rows are gone too. */
  unshareBlobs(ws: WorkspaceId, channel: ChannelId, blobs: readonly BlobId[]): Promise<BlobId[]>;
  /** Sums of the workspace (declared bytes, blobs) and of one person in it (declared bytes, uploads under way). */
  blobUsage(ws: WorkspaceId, user: UserId): Promise<{ bytes: number; blobs: number; own: number; open: number }>;
  /** Removes uploads begun before this time and never finished; answers them. */
  dropUnfinished(before: number): Promise<BlobRef[]>;
  /** Every blob there is. */
  allBlobs(): Promise<BlobRef[]>;
}

/** What channels no longer keep (E9). */
export interface RetentionStore {
  /** Empties the ciphertext of what came before this time, a page in each commit; the rows stay. Answers how many. */
  expireEvents(ws: WorkspaceId, channel: ChannelId, before: number): Promise<number>;
  /** Takes out of a channel the blobs that came into it before this time; answers those that now are in none. */
  expireBlobs(ws: WorkspaceId, channel: ChannelId, before: number): Promise<BlobId[]>;
  /** Leaves nothing of what was emptied in the log beside the database. */
  settle(): Promise<void>;
}

export interface SetupStore {
  /** Keeps the hash of a setup token. */
  putSetupToken(token: { hash: Uint8Array; first: boolean; expires: number }): Promise<void>;
  /** True for a token that still serves; only createWorkspace uses it up. */
  setupTokenServes(hash: Uint8Array, now: number): Promise<boolean>;
  /** Forgets the tokens of earlier starts, and all that expired. */
  dropSetupTokens(now: number): Promise<void>;
  readMeta(key: MetaKey): Promise<string | undefined>;
  writeMeta(key: MetaKey, value: string): Promise<void>;
}

/** publicUrl: what the last start was reached by. pushKey: the server's own key toward push services. */
export type MetaKey = "publicUrl" | "pushKey";
export type RecipientId = Id<"recipient">;
