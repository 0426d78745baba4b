// What screens see of the engine: commands in, snapshots out. Everything here survives structuredClone.
import type { FaultCode } from "@/lib/base/faults.ts";
import type { ChannelId, DeviceId, EventId, InviteId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { InvitePreview, InvitesView } from "@/lib/client/api/access/invites.ts";
import type { AlarmCommands } from "@/lib/client/api/alarms.ts";
import type { CircleCommands, CircleView, RegainingView } from "@/lib/client/api/circle.ts";
import type { ConversationCommands, MessageView, PinsView } from "@/lib/client/api/conversation/commands.ts";
import type { ActivityCommands, ActivityView } from "@/lib/client/api/daily/activity.ts";
import type { EmojiCommands, EmojiView } from "@/lib/client/api/daily/emoji.ts";
import type { FileCommands, FileInput, Picture, SentFile } from "@/lib/client/api/daily/files.ts";
import type { KeepCommands, KeepsView } from "@/lib/client/api/daily/keeping.ts";
import type { Status, StatusCommands } from "@/lib/client/api/daily/people.ts";
import type { ChannelTerms, PlaceCommands, Section } from "@/lib/client/api/daily/places.ts";
import type { DeviceCommands, DevicesView, LinkView, Standing } from "@/lib/client/api/devices.ts";
import type { FilesView, FindFilesCommands } from "@/lib/client/api/finding/files.ts";
import type { SearchCommands, SearchView } from "@/lib/client/api/finding/search.ts";
import type { LedgerCommands, LedgerView, ReadersView } from "@/lib/client/api/ledger.ts";
import type { AlertsView, NotifyCommands, NotifyView } from "@/lib/client/api/live/notify.ts";
import type { PresenceCommands, PresenceView, TypingView } from "@/lib/client/api/live/presence.ts";
import type { LockCommands, LockView } from "@/lib/client/api/lock.ts";
import type { AskingView, InviteMode, JoiningView, MemberCommands, MembersPart } from "@/lib/client/api/members.ts";
import type { RecoveryCommands, RecoveryView } from "@/lib/client/api/recovery.ts";
import type { RenewalCommands, RenewalView } from "@/lib/client/api/renewal.ts";
import type { RestoreCommands, RestoredView } from "@/lib/client/api/restore.ts";
import type { ReactionCommands } from "@/lib/client/api/talk/reactions.ts";
import type { ThreadCommands, ThreadCounts, ThreadsView, ThreadView } from "@/lib/client/api/talk/threads.ts";
import type { TimelineView } from "@/lib/client/api/timeline.ts";
import type { TrustInfo, VerifyCommands } from "@/lib/client/api/verify.ts";
import type { Role } from "@/lib/protocol/link.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";

export type { FileInput, FileItem, Picture } from "@/lib/client/api/daily/files.ts";
export type {
  MessageItem,
  RefusedItem,
  SystemItem,
  SystemWhat,
  TimelineItem,
  TimelineView,
  WaitingItem,
} from "@/lib/client/api/timeline.ts";

export type Person = TrustInfo & {
  readonly id: UserId;
  readonly name: string;
  readonly title: string;
  readonly pronouns: string;
  /** an IANA time zone; empty: not said */
  readonly zone: string;
  readonly status: Status | null;
  readonly avatar: Picture | null;
  readonly role: Role;
  readonly active: boolean;
  readonly me: boolean;
  readonly joinedAt: number;
  readonly devices: number;
};

export type ChannelKind = "public" | "private" | "dm";
export type ChannelItem = {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  /** for DMs: empty; screens show the people */
  readonly name: string;
  readonly topic: string;
  /** DMs: the others (empty for notes to self) */
  readonly people: readonly UserId[];
  readonly unread: number;
  readonly mentions: number;
  /** its messages call nobody for now; mentions still count */
  readonly muted: boolean;
  readonly archived: boolean;
  /** false: a public channel this person has left; listed in browse only */
  readonly joined: boolean;
  readonly draft: boolean;
  readonly lastAt: number;
  /** of one's own list: STARRED, a section, or null */
  readonly section: string | null;
};

export type Connection = "online" | "connecting" | "offline";
export type Notice = {
  readonly id: string;
  readonly code: FaultCode;
  readonly severity: "alarm" | "note";
  readonly at: number;
  readonly detail: string;
};

export type SessionView = {
  readonly phase: "starting" | "signed-out" | "ready" | "keys-gone" | "locked";
  readonly accounts: readonly {
    readonly ws: WorkspaceId;
    readonly name: string;
    readonly unread: number;
    readonly mentions: number;
  }[];
};

export type WorkspaceView = {
  readonly ws: WorkspaceId;
  readonly name: string;
  readonly me: Person;
  readonly connection: Connection;
  /** whether this device may still sign in */
  readonly standing: Standing;
  /** writing has ended, and why (L2, L9) */
  readonly stopped: FaultCode | null;
  /** the server fell back to an older backup and is not whole yet (L10) */
  readonly restored: RestoredView | null;
  readonly notices: readonly Notice[];
  /** false until the person has confirmed the recovery code, on any device (D3) */
  readonly recoveryConfirmed: boolean;
  readonly founder: boolean;
  readonly channels: readonly ChannelItem[];
  readonly sections: readonly Section[];
  readonly people: readonly Person[];
  readonly mayCreateChannels: boolean;
  readonly mayInvite: boolean;
  readonly threads: ThreadCounts;
  /** entries sealed here and not yet delivered */
  readonly outbox: number;
  /** ledger position that this device has verified */
  readonly position: number;
} & MembersPart;

export type ChannelView = ChannelTerms & {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly topic: string;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly creator: UserId;
  readonly history: "full" | "since-join";
  readonly members: readonly { readonly user: UserId; readonly manager: boolean }[];
  readonly mayPost: boolean;
  readonly mayAdd: boolean;
  readonly mayRemove: boolean;
  readonly mayLeave: boolean;
  readonly mayRename: boolean;
  readonly mayArchive: boolean;
  /** every current reader's device, and open instant invites, for "who can read this" */
  readonly readers: readonly {
    readonly user: UserId;
    readonly devices: readonly { readonly id: DeviceId; readonly addedAt: number }[];
    readonly since: number;
    readonly by: UserId;
  }[];
  readonly openInvites: number;
  /** a DM: people whose key changed after it was compared; what is written here waits (A4) */
  readonly held: readonly UserId[];
};

export type XrayView = {
  readonly stored: StoredRow;
  /** what became of it here; unknown: this device does not hold it */
  readonly state: "opened" | "waiting" | "refused" | "gone" | "unknown";
  /** why, for a refused one */
  readonly code: FaultCode | null;
  readonly opened: {
    readonly author: UserId;
    readonly device: DeviceId;
    readonly kind: string;
    readonly sentAt: number;
    readonly position: number;
    readonly fields: readonly { readonly name: string; readonly value: string }[];
  } | null;
};

/** What can be subscribed to; ids follow the name after colons. */
export type Topic =
  | "session"
  | "link"
  | "lock"
  | `devices:${WorkspaceId}`
  | `workspace:${WorkspaceId}`
  | `timeline:${WorkspaceId}:${ChannelId}`
  /** around an old message, while it is looked at; the newest stretch where there is no such message */
  | `timeline:${WorkspaceId}:${ChannelId}:${EventId}`
  | `channel:${WorkspaceId}:${ChannelId}`
  | `pins:${WorkspaceId}:${ChannelId}`
  | `message:${WorkspaceId}:${ChannelId}:${EventId}`
  | `thread:${WorkspaceId}:${ChannelId}:${EventId}`
  | `threads:${WorkspaceId}`
  | `invites:${WorkspaceId}`
  | `emoji:${WorkspaceId}`
  | `keeps:${WorkspaceId}`
  | `activity:${WorkspaceId}`
  | `ledger:${WorkspaceId}`
  /** a channel as a whole, or one message of it */
  | `readers:${WorkspaceId}:${ChannelId}`
  | `readers:${WorkspaceId}:${ChannelId}:${EventId}`
  | `renewals:${WorkspaceId}`
  | `asking:${WorkspaceId}`
  | `recovery:${WorkspaceId}`
  | `circle:${WorkspaceId}`
  | `notify:${WorkspaceId}`
  | `alerts:${WorkspaceId}`
  | `presence:${WorkspaceId}`
  | `typing:${WorkspaceId}:${ChannelId}`
  | `search:${WorkspaceId}`
  | `files:${WorkspaceId}`
  | "regaining"
  | "joining";

/** What each topic shows, by its first word. */
type Snapshots = {
  session: SessionView;
  link: LinkView;
  lock: LockView;
  devices: DevicesView;
  workspace: WorkspaceView;
  timeline: TimelineView;
  channel: ChannelView;
  pins: PinsView;
  message: MessageView;
  thread: ThreadView;
  threads: ThreadsView;
  ledger: LedgerView;
  readers: ReadersView;
  invites: InvitesView;
  emoji: EmojiView;
  keeps: KeepsView;
  activity: ActivityView;
  renewals: RenewalView;
  asking: AskingView;
  recovery: RecoveryView;
  joining: JoiningView;
  circle: CircleView;
  notify: NotifyView;
  alerts: AlertsView;
  presence: PresenceView;
  typing: TypingView;
  search: SearchView;
  files: FilesView;
  regaining: RegainingView;
};
export type SnapshotOf<T extends Topic> = T extends `${infer Word extends keyof Snapshots}:${string}`
  ? Snapshots[Word]
  : T extends keyof Snapshots
    ? Snapshots[T]
    : never;

/** Everything a person can ask for. Each rejects with a Fault whose sentence can be shown. */
export interface Commands
  extends ActivityCommands,
    AlarmCommands,
    CircleCommands,
    ConversationCommands,
    DeviceCommands,
    EmojiCommands,
    FileCommands,
    KeepCommands,
    StatusCommands,
    FindFilesCommands,
    LedgerCommands,
    LockCommands,
    MemberCommands,
    PlaceCommands,
    ReactionCommands,
    NotifyCommands,
    PresenceCommands,
    RecoveryCommands,
    RenewalCommands,
    RestoreCommands,
    SearchCommands,
    ThreadCommands,
    VerifyCommands {
  createWorkspace(input: { fragment: string; workspace: string; name: string }): Promise<{ ws: WorkspaceId }>;
  inspectInvite(input: { fragment: string }): Promise<InvitePreview>;
  joinWorkspace(input: { fragment: string; name: string; avatar: Picture | null }): Promise<{ ws: WorkspaceId }>;
  /** the 24 words while they are unconfirmed, else null */
  recoveryWords(input: { ws: WorkspaceId }): Promise<readonly string[] | null>;
  /** resolves false when a word is wrong; true confirms and forgets the code (D3) */
  confirmRecovery(input: { ws: WorkspaceId; answers: readonly { index: number; word: string }[] }): Promise<boolean>;
  signOut(input: { ws: WorkspaceId }): Promise<void>;
  sendMessage(input: {
    ws: WorkspaceId;
    channel: ChannelId;
    text: string;
    files: readonly (FileInput | SentFile)[];
    /** a message that one reads, to stand in this one */
    quote?: { readonly channel: ChannelId; readonly id: EventId };
    /** a reply in this thread; `also`: in the channel too */
    thread?: EventId;
    also?: boolean;
  }): Promise<{ id: EventId }>;
  editMessage(input: { ws: WorkspaceId; channel: ChannelId; id: EventId; text: string }): Promise<void>;
  deleteMessage(input: { ws: WorkspaceId; channel: ChannelId; id: EventId }): Promise<void>;
  retryMessage(input: { ws: WorkspaceId; channel: ChannelId; id: EventId }): Promise<void>;
  discardMessage(input: { ws: WorkspaceId; channel: ChannelId; id: EventId }): Promise<void>;
  loadOlder(input: { ws: WorkspaceId; channel: ChannelId }): Promise<void>;
  markRead(input: { ws: WorkspaceId; channel: ChannelId }): Promise<void>;
  /** `thread`: of an answer there */
  saveDraft(input: { ws: WorkspaceId; channel: ChannelId; thread?: EventId; text: string }): Promise<void>;
  createChannel(input: {
    ws: WorkspaceId;
    kind: "public" | "private";
    name: string;
    topic: string;
    history: "full" | "since-join";
    members: readonly UserId[];
  }): Promise<{ channel: ChannelId }>;
  renameChannel(input: { ws: WorkspaceId; channel: ChannelId; name: string; topic: string }): Promise<void>;
  archiveChannel(input: { ws: WorkspaceId; channel: ChannelId }): Promise<void>;
  joinChannel(input: { ws: WorkspaceId; channel: ChannelId }): Promise<void>;
  leaveChannel(input: { ws: WorkspaceId; channel: ChannelId }): Promise<void>;
  addMember(input: { ws: WorkspaceId; channel: ChannelId; user: UserId }): Promise<void>;
  removeMember(input: { ws: WorkspaceId; channel: ChannelId; user: UserId }): Promise<void>;
  startDm(input: { ws: WorkspaceId; users: readonly UserId[] }): Promise<{ channel: ChannelId }>;
  createInvite(input: {
    ws: WorkspaceId;
    label: string;
    maxUses: number;
    hours: number;
    /** left out: instant, for a member */
    mode?: InviteMode;
    role?: "member" | "guest";
    /** guests: where the inviter would have them */
    channels?: readonly ChannelId[];
  }): Promise<{ invite: InviteId; link: string }>;
  closeInvite(input: { ws: WorkspaceId; invite: InviteId }): Promise<void>;
  /** What is left out stays as it is. */
  setProfile(input: {
    ws: WorkspaceId;
    name: string;
    title: string;
    avatar: Picture | null;
    pronouns?: string;
    zone?: string;
  }): Promise<void>;
  renameWorkspace(input: { ws: WorkspaceId; name: string }): Promise<void>;

  /** the real stored row, fetched now, beside what this device opened (UX 4) */
  inspectEvent(input: { ws: WorkspaceId; channel: ChannelId; id: EventId }): Promise<XrayView>;
  serverRows(input: {
    ws: WorkspaceId;
    channel: ChannelId;
    before: number | null;
    limit: number;
  }): Promise<readonly StoredRow[]>;
}
export type CommandName = keyof Commands;

/** The engine as any holder of it sees it: the worker's proxy in tabs, the engine itself in Node. */
export interface EngineHandle extends Commands {
  /** calls `changed` at once if a snapshot is there, and on every change; returns the end of it */
  subscribe<T extends Topic>(topic: T, changed: (snapshot: SnapshotOf<T>) => void): () => void;
}
