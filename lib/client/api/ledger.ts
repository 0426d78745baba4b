// What screens see of the ledger: every entry as a plain deed, what it holds to the byte, and who can read what (UX 4).
import type { FaultCode } from "@/lib/base/faults.ts";
import type { ChannelId, DeviceId, EventId, InviteId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { LinkType, Role } from "@/lib/protocol/link.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";

/** What the entries are about, for choosing among them. */
export type LedgerTheme = "people" | "devices" | "channels" | "keys" | "workspace";

/** Why a key had to be changed: the entry that asked for it, and whom it was about. */
export type KeyCause = { readonly n: number; readonly type: LinkType; readonly subject: UserId | null };

/** Where a deed took place. `id` is the channel people talk in; null: the workspace as a whole. */
export type DeedPlace = {
  readonly kind: "workspace" | "public" | "private" | "dm";
  readonly id: ChannelId | null;
  readonly name: string;
  readonly people: readonly UserId[];
};

/** What an entry says, without words; fields that its type does not have are null or empty. */
export type Deed = {
  readonly type: LinkType;
  readonly subject: UserId | null;
  /** who else is named: the first members of a channel, the helpers of a circle, an invite's maker */
  readonly people: readonly UserId[];
  readonly place: DeedPlace | null;
  readonly devices: readonly DeviceId[];
  readonly invite: {
    readonly id: InviteId;
    readonly by: UserId;
    readonly mode: "instant" | "approval";
    readonly maxUses: number;
  } | null;
  readonly role: Role | "manager" | null;
  readonly before: Role | "manager" | null;
  readonly epoch: number | null;
  /** of an `epoch`: what asked for the new key; empty for the first key and for a plain renewal */
  readonly causes: readonly KeyCause[];
  /** settings as they stand after it */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
};

/** One line of the record. `hidden`: entries of private places that this person is not in, folded into one line. */
export type LedgerLine =
  | {
      readonly t: "entry";
      readonly n: number;
      /** the signer's claim, ms since 1970 */
      readonly at: number;
      readonly theme: LedgerTheme;
      readonly actor: UserId;
      /** null: signed with the recovery code, by no device */
      readonly device: DeviceId | null;
      readonly deed: Deed;
      /** why it changed nothing; null: it counts, and its signature was checked here */
      readonly void: FaultCode | null;
      readonly hash: string;
    }
  | {
      readonly t: "hidden";
      readonly n: number;
      /** the oldest of them; all from there to `n` are hidden */
      readonly from: number;
      readonly count: number;
      readonly places: number;
    };

/** The record as a whole; its lines come in pages. */
export type LedgerView = {
  readonly position: number;
  /** hash over everything up to `position` */
  readonly head: string;
  /** the position one stood at when last looking; 0: never looked */
  readonly seen: number;
  readonly hidden: number;
  readonly voids: number;
  /** where the server keeps rows that no timeline shows: names and profiles of each place, and one's own self scope */
  readonly quiet: readonly {
    readonly channel: ChannelId;
    /** null: one's own: read marks, settings, notes of invites */
    readonly place: DeedPlace | null;
  }[];
};

export type LedgerFilter = { readonly theme: LedgerTheme | null; readonly user: UserId | null };

/** One entry to the byte. */
export type LedgerEntry = {
  readonly n: number;
  readonly kind: string;
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  /** hash over everything up to and with this entry */
  readonly head: string;
  /** null where its content is not for this person */
  readonly line: Extract<LedgerLine, { t: "entry" }> | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** hex */
  readonly bytes: string;
  readonly sig: string;
  readonly extra: string;
};

/** A person who holds the key. `entry`: the ledger position that let them in, signed by `by`. */
export type Reader = {
  readonly user: UserId;
  readonly devices: readonly { readonly id: DeviceId; readonly addedAt: number; readonly entry: number }[];
  /** devices that held the key and were taken away since */
  readonly removedDevices: number;
  readonly since: number;
  readonly entry: number;
  readonly by: UserId;
  /** true: came after the message was sealed and reads it through the history */
  readonly later: boolean;
};

/** Who can read a channel, or one message of it. */
export type ReadersView = {
  readonly channel: ChannelId;
  /** null: the channel as it stands now */
  readonly message: EventId | null;
  readonly history: "full" | "since-join";
  readonly people: readonly Reader[];
  /** held the key of this message and are not in any more: what they kept, they can still read */
  readonly gone: readonly { readonly user: UserId; readonly since: number }[];
  /** open links whose holder can read it before even joining (I2) */
  readonly invites: readonly {
    readonly id: InviteId;
    readonly by: UserId;
    readonly expires: number;
    readonly entry: number;
  }[];
  /** links that could open it and are closed now */
  readonly closedInvites: number;
  /** the key it is sealed under: number, who made it, in which entry */
  readonly key: { readonly epoch: number; readonly by: UserId; readonly at: number; readonly entry: number } | null;
  /** the newest entry that changed who can read here */
  readonly lastChange: Extract<LedgerLine, { t: "entry" }> | null;
};

export interface LedgerCommands {
  /** whole rows of the links, seals and boxes of this channel's scope as the server has them, the newest of each (UX 4) */
  serverKeys(input: { ws: WorkspaceId; channel: ChannelId }): Promise<readonly StoredRow[]>;
  /** lines before position `before` (null: the newest), newest first; `next` continues, null at the beginning */
  ledgerPage(input: {
    ws: WorkspaceId;
    filter: LedgerFilter;
    before: number | null;
    limit: number;
  }): Promise<{ lines: readonly LedgerLine[]; next: number | null }>;
  /** rejects with may/not-found for a position beyond the newest */
  ledgerEntry(input: { ws: WorkspaceId; n: number }): Promise<LedgerEntry>;
  /** the whole ledger as this device holds it, as a file that can be checked elsewhere */
  ledgerFile(input: { ws: WorkspaceId }): Promise<{ name: string; text: string }>;
  /** remembers, on all own devices, up to where one has looked */
  ledgerLooked(input: { ws: WorkspaceId; n: number }): Promise<void>;
}
