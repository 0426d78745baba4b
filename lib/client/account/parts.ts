// What the parts of an account need of each other, as one interface, so that no file has to know the whole.

import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Notice } from "@/lib/client/api.ts";
import type { Log } from "@/lib/client/events/log.ts";
import type { Outbox } from "@/lib/client/events/outbox.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { Registers } from "@/lib/client/events/registers.ts";
import type { KeyAudit } from "@/lib/client/keys/audit.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import type { Pleas } from "@/lib/client/keys/pleas.ts";
import type { Rooms } from "@/lib/client/keys/rooms.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Ports } from "@/lib/client/ports.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import type { LiveLink } from "@/lib/client/wire/live.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import type { LedgerState, ScopeState } from "@/lib/proof/state.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Content } from "@/lib/protocol/event.ts";
import type { EventJson, StateAnswer } from "@/lib/protocol/sync.ts";
import type { Notices } from "./notices.ts";
import type { Retries } from "./retries.ts";
import type { UnreadBook } from "./unread.ts";

/** What changed, for whoever draws it. */
export type Change =
  | "workspace"
  | { readonly channel: ChannelId }
  | { readonly topic: "presence" | "typing" | "search" | "files" | "notify" | "alerts" | "keeps" | "activity" };

/** The end of a channel as this device knows it: its place, and the newest events that are known to lie there. */
export type End = { readonly high: number; readonly ids: readonly EventId[] };
export type Ends = ReadonlyMap<ChannelId, End>;

/** Notices a server that fell back, and makes it whole (L10). */
export interface Healer {
  /** gives back links that the server lacks */
  links(): Promise<void>;
  /** where channels stand now */
  ends(): Ends;
  /** what the server says of everything, asked about these ends */
  ask(before: Ends): Promise<StateAnswer>;
  /** gives back the rest; `before`: where channels stood before the server was asked */
  run(state: StateAnswer, before: Ends): Promise<void>;
}

/** Who follows what comes into an account, beside its own parts. */
export interface Follower {
  /** as `LogOptions.arrived`: more writes may ride along with the records */
  arrived(channel: ChannelId, records: readonly EventRecord[]): VaultOp[];
  /** as `LogOptions.shown` */
  shown(channel: ChannelId, records: readonly EventRecord[]): void;
  start(): void;
  stop(): void;
}

/** One account, seen from inside. */
export interface Parts {
  readonly ws: WorkspaceId;
  readonly me: UserId;
  readonly ports: Ports;
  readonly vault: Vault;
  readonly keyring: Keyring;
  readonly session: Session;
  readonly book: Book;
  readonly rooms: Rooms;
  readonly log: Log;
  readonly outbox: Outbox;
  readonly registers: Registers;
  readonly pleas: Pleas;
  readonly audit: KeyAudit;
  readonly healing: Healer;
  readonly unread: UnreadBook;
  /** says who one is where a guest could not have heard it */
  readonly profiles: { spread(): Promise<void> };
  readonly live: Pick<LiveLink, "connection" | "say">;
  /** who is there, and who types */
  readonly here: { heard(channel: ChannelId, event: EventJson): Promise<void> };
  /** those who ask to be let in */
  readonly desk: { refresh(): Promise<void> };
  /** requests to this person as a helper of somebody's circle */
  readonly circle: { refresh(): Promise<void> };
  readonly notices: readonly Notice[];
  readonly warnings: Notices;
  readonly state: LedgerState;
  readonly workspaceScope: ScopeId;
  readonly selfChannel: ChannelId;
  /** the scope whose keys a channel uses, the self scope included; undefined for channels the ledger does not know */
  scopeOf(channel: ChannelId): ScopeId | undefined;
  scopeState(channel: ChannelId): ScopeState | undefined;
  /** the channels people talk in that this person may read */
  channels(): ChannelId[];
  /** where names, profiles and one's own settings live (M13) */
  stateChannels(): ChannelId[];
  readMark(channel: ChannelId): number;
  memberSince(channel: ChannelId): number;
  /** stores an event to send, and sends it when it can */
  send(channel: ChannelId, content: Content, id?: EventId, more?: readonly VaultOp[]): Promise<void>;
  /** tries to send what waits in a channel */
  kick(channel: ChannelId): void;
  readonly retries: Retries;
  /** single messages, and what deletes them */
  readonly originals: { takeDeletions(channel: ChannelId): EventRecord[] };
  /** tells the person something that no single message shows; the same thing once */
  note(code: FaultCode, severity: Notice["severity"], detail: string, evidence?: Cbor): void;
  /** what was told is over: alarms of this kind end, or the one with this detail */
  settled(code: FaultCode, detail?: string): void;
  changed(change: Change): void;
}
