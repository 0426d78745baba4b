// The engine's ports: everything it needs from a platform, each with its guarantee in words.

import type { BlobId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type * as invites from "@/lib/protocol/invite.ts";
import type * as push from "@/lib/protocol/setting/push.ts";
import type * as sync from "@/lib/protocol/sync.ts";
import type { MarkupNode } from "./markup.ts";

export type StorageOp =
  | { readonly op: "put"; readonly table: string; readonly key: string; readonly value: Uint8Array }
  | { readonly op: "delete"; readonly table: string; readonly key: string };

/**
 * A durable map (table, key) → bytes, keys in UTF-16 code unit order within a table.
 * Guarantees: `write` is atomic (all or nothing, also across a crash) and durable once resolved; a read that starts
 * after a write resolved sees it; values come back byte for byte. Values are sealed already: adapters add no crypto.
 * Rejects with store/full or store/corrupt.
 */
export interface Storage {
  get(table: string, key: string): Promise<Uint8Array | undefined>;
  /** keys k with prefix, `after` < k < `before` (both optional), ascending, or descending when reverse; at most limit */
  scan(
    table: string,
    range: { prefix?: string; after?: string; before?: string; limit: number; reverse?: boolean },
  ): Promise<{ key: string; value: Uint8Array }[]>;
  write(ops: readonly StorageOp[]): Promise<void>;
  /** every table that holds a row, in any order; used to seal all rows anew */
  tables(): Promise<readonly string[]>;
  /** removes every table; used by sign-out */
  wipe(): Promise<void>;
}

/**
 * Keeps the one key of the local store, or what a lock made of it, under a key that cannot be exported (browser) or in
 * a file of mode 0600 (Node).
 * `load` resolves to undefined when nothing was ever stored, and rejects with store/vault-gone when something was and
 * no longer can be opened (A5).
 */
export interface Keystore {
  load(): Promise<Uint8Array | undefined>;
  save(secret: Uint8Array): Promise<void>;
  wipe(): Promise<void>;
}

/** What a schema takes, before it has checked it. */
type In<S extends { readonly _zod: { readonly input: unknown } }> = S["_zod"]["input"];
/** Every procedure: its kind, input and answer. The tRPC router must match; the adapter checks that by types. */
export type Api = {
  "auth.challenge": { kind: "mutation"; input: In<typeof sync.challengeInput>; output: sync.ChallengeAnswer };
  "auth.login": { kind: "mutation"; input: In<typeof sync.loginInput>; output: sync.LoginAnswer };
  "auth.ending": { kind: "mutation"; input: In<typeof sync.endingInput>; output: sync.LedgerPage };
  "auth.workspaces": { kind: "query"; input: Record<string, never>; output: sync.WorkspacesAnswer };
  "setup.info": { kind: "query"; input: Record<string, never>; output: sync.ServerInfo };
  "setup.create": { kind: "mutation"; input: In<typeof sync.setupCreateInput>; output: { ws: WorkspaceId } };
  "invites.open": { kind: "query"; input: { invite: string }; output: sync.InviteOpenAnswer };
  "invites.request": { kind: "mutation"; input: In<typeof invites.joinRequestInput>; output: { stored: number } };
  "invites.waiting": { kind: "query"; input: { user: string }; output: { waiting: boolean } };
  "invites.requests": { kind: "query"; input: Record<string, never>; output: { requests: invites.JoinRow[] } };
  "invites.decline": { kind: "mutation"; input: In<typeof invites.joinDeclineInput>; output: { stored: number } };
  "ledger.head": { kind: "query"; input: Record<string, never>; output: sync.HeadJson };
  "ledger.read": { kind: "query"; input: In<typeof sync.readInput>; output: sync.LedgerPage };
  "ledger.chain": { kind: "query"; input: In<typeof sync.chainInput>; output: sync.ChainAnswer };
  "ledger.stored": { kind: "query"; input: In<typeof sync.chainInput>; output: { rows: sync.StoredRow[] } };
  "ledger.append": { kind: "mutation"; input: In<typeof sync.appendInput>; output: sync.AppendAnswer };
  "keys.read": { kind: "query"; input: In<typeof sync.keysReadInput>; output: sync.KeysAnswer };
  "keys.puk": { kind: "query"; input: Record<string, never>; output: sync.KeysAnswer };
  "keys.recovery": { kind: "query"; input: Record<string, never>; output: sync.KeysAnswer & { user: UserId } };
  "keys.write": { kind: "mutation"; input: In<typeof sync.keysWriteInput>; output: { stored: number } };
  "keys.request": { kind: "mutation"; input: In<typeof sync.keyRequestInput>; output: { stored: number } };
  "keys.requests": { kind: "query"; input: Record<string, never>; output: { requests: sync.KeyRequest[] } };
  "events.append": { kind: "mutation"; input: In<typeof sync.eventsAppendInput>; output: sync.EventsAppendAnswer };
  "mailbox.put": { kind: "mutation"; input: In<typeof sync.mailboxPutInput>; output: sync.MailboxPutAnswer };
  "mailbox.read": { kind: "query"; input: In<typeof sync.mailboxReadInput>; output: sync.MailboxReadAnswer };
  "circle.put": { kind: "mutation"; input: In<typeof sync.circlePutInput>; output: { stored: number } };
  "circle.read": { kind: "query"; input: In<typeof sync.circleReadInput>; output: sync.CircleReadAnswer };
  "circle.keys": { kind: "query"; input: In<typeof sync.circleKeysInput>; output: sync.KeysAnswer };
  "events.read": { kind: "query"; input: In<typeof sync.eventsReadInput>; output: sync.EventsPage };
  "events.row": { kind: "query"; input: In<typeof sync.rowInput>; output: sync.StoredRow };
  "events.rows": {
    kind: "query";
    input: { channel: string; before: number | null; limit: number };
    output: { rows: sync.StoredRow[] };
  };
  "events.purge": { kind: "mutation"; input: In<typeof sync.purgeInput>; output: { purged: number } };
  "sync.state": { kind: "query"; input: Partial<In<typeof sync.stateInput>>; output: sync.StateAnswer };
  "sync.pull": { kind: "query"; input: In<typeof sync.pullInput>; output: sync.PullAnswer };
  "restore.begin": { kind: "mutation"; input: Record<string, never>; output: sync.RestoredJson };
  "restore.links": { kind: "mutation"; input: In<typeof sync.giveLinksInput>; output: sync.GiveLinksAnswer };
  "restore.missing": { kind: "mutation"; input: In<typeof sync.missingInput>; output: sync.MissingAnswer };
  "restore.rows": { kind: "mutation"; input: In<typeof sync.giveRowsInput>; output: { stored: number } };
  "restore.done": { kind: "mutation"; input: In<typeof sync.restoreInput>; output: sync.RestoredJson };
  "restore.confirm": { kind: "mutation"; input: In<typeof sync.restoreInput>; output: sync.RestoredJson };
  "push.key": { kind: "query"; input: Record<string, never>; output: push.PushKeyAnswer };
  "push.subscribe": { kind: "mutation"; input: In<typeof push.pushSubscribeInput>; output: { stored: number } };
  "push.unsubscribe": { kind: "mutation"; input: Record<string, never>; output: { stored: number } };
  "files.create": { kind: "mutation"; input: In<typeof sync.fileCreateInput>; output: sync.FileCreateAnswer };
  "files.finish": { kind: "mutation"; input: In<typeof sync.fileFinishInput>; output: { bytes: number } };
  "files.drop": { kind: "mutation"; input: In<typeof sync.fileDropInput>; output: { dropped: number } };
  "files.share": { kind: "mutation"; input: In<typeof sync.fileShareInput>; output: { channels: number } };
};
export type Procedure = keyof Api;

export type LiveHandlers = { readonly frame: (frame: unknown) => void; readonly closed: (reason: string) => void };
export interface LiveSocket {
  send(frame: sync.ClientFrame): void;
  close(): void;
}

/**
 * The way to one server. Ciphertext only: nothing here ever takes a key or a plaintext.
 * Guarantees: a call resolves with what the server answered (unchecked: the engine parses), or rejects with a Fault:
 * the server's own code, or net/offline, net/timeout, net/bad-answer, net/redirected. A rejected mutation may have landed.
 * Redirects are never followed; no cookies; no referrer.
 */
export interface Transport {
  /** the origin that logins are bound to (A1), e.g. https://chat.example.org */
  readonly origin: string;
  call<P extends Procedure>(
    procedure: P,
    input: Api[P]["input"],
    token: string | null,
    signal?: AbortSignal,
  ): Promise<Api[P]["output"]>;
  live(handlers: LiveHandlers): LiveSocket;
  /** sends one segment of ciphertext; `progress` gets bytes sent so far */
  putSegment(
    at: { ws: WorkspaceId; blob: BlobId; segment: number },
    bytes: Uint8Array,
    token: string,
    options: { signal?: AbortSignal; progress?: (sent: number) => void },
  ): Promise<void>;
  /** one segment, in `into` when that is large enough */
  getSegment(
    at: { ws: WorkspaceId; blob: BlobId; segment: number },
    token: string,
    options: { signal?: AbortSignal; maxBytes: number; into?: Uint8Array | undefined },
  ): Promise<Uint8Array>;
}

/** Time. `now` is wall time in ms (a claim, never trusted); `after` runs once later and returns its cancel. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): () => void;
  /** minute of the day and weekday (0: Sunday) where this device is; without it, UTC's */
  local?(ms: number): { readonly minute: number; readonly weekday: number };
}

/** Mutual exclusion among engines of one profile. Resolves when held; the returned function lets go. */
export interface Locks {
  hold(name: string): Promise<() => void>;
}

/** Bytes a person chose, read in pieces; rejects when they changed or went away meanwhile. */
export interface ByteSource {
  readonly size: number;
  /** `into`: room that may be used for them, when it is large enough */
  read(start: number, end: number, into?: Uint8Array): Promise<Uint8Array>;
}

/**
 * Keeps the bytes of files that are on their way up until they have arrived, over reloads and crashes, sealed at rest
 * under `secret`: 32 bytes, made for one keeping alone and kept elsewhere. Names are the engine's.
 * Guarantees: `keep` resolves once all of it is there after a crash, and rejects with app/file-changed, store/full,
 * store/unavailable or app/cancelled, of which nothing stays; `open` gives undefined for what was not kept whole.
 */
export interface Spool {
  keep(name: string, secret: Uint8Array, given: unknown, signal: AbortSignal): Promise<void>;
  open(name: string, secret: Uint8Array): Promise<ByteSource | undefined>;
  drop(name: string): Promise<void>;
  /** drops everything but these */
  sweep(names: ReadonlySet<string>): Promise<void>;
}

/** Where a download goes, in order; `done` yields what the platform hands to people (a Blob, a path). */
export interface ByteSink {
  /** resolves when the bytes are no longer needed: their room may be used again */
  write(bytes: Uint8Array): Promise<void>;
  done(): Promise<unknown>;
  abort(): Promise<void>;
}

/** Text as people write it → a tree of nodes without any HTML; never throws. */
export interface Markup {
  parse(text: string): readonly MarkupNode[];
}

/**
 * The platform's own Ed25519, several signatures at once and faster than the engine's. It may say yes and nothing more:
 * `true` only for a signature that holds over exactly these bytes; what it cannot judge is `false`, and the engine's own
 * judges it then (PROTOCOL C4). Never rejects.
 */
export interface Verifier {
  verify(jobs: readonly SignatureJob[]): Promise<readonly boolean[]>;
}
/** A public key of 32 bytes, the exact bytes under the signature, and its 64 bytes. */
export type SignatureJob = { readonly pk: Uint8Array; readonly message: Uint8Array; readonly sig: Uint8Array };

export type Ports = {
  readonly storage: Storage;
  readonly keystore: Keystore;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly markup: Markup;
  /** resolves in the next turn of the loop, so that long work lets sockets and people have theirs */
  readonly breathe: () => Promise<void>;
  /** absent: the engine verifies alone */
  readonly verifier?: Verifier;
  /** bytes out of what a person gave: a File or Blob in browsers, bytes or a path elsewhere */
  readonly source: (given: unknown) => ByteSource;
  readonly spool: Spool;
  /** a sink for a download of this name and type */
  readonly sink: (name: string, type: string) => ByteSink;
};
