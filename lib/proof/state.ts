// What the ledger says: the folded state, with histories, since events are judged at their sender's position (M4).

import type { FaultCode } from "@/lib/base/faults.ts";
import type { ChannelId, DeviceId, InviteId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { DevicePublic, RecoveryPublic } from "@/lib/protocol/device.ts";
import type {
  ChainId,
  EpochBody,
  LinkType,
  Role,
  ScopePolicy,
  SignedLink,
  Stub,
  WorkspacePolicy,
} from "@/lib/protocol/link.ts";

/** A value from ledger position `n` on, until the next entry's. Sorted by n. */
export type Since<T> = readonly { readonly n: number; readonly value: T }[];

export type DeviceState = {
  readonly id: DeviceId;
  readonly user: UserId;
  readonly keys: DevicePublic;
  readonly addedAt: number;
  readonly addedBy: DeviceId | null;
  readonly revokedAt: number | null;
};

export type UserState = {
  readonly id: UserId;
  /** root key in force since; root_renew waits in `pendingRoot` until an admin's rekey (D7) */
  readonly rik: Since<Uint8Array>;
  /** announced at n by this device; gone once that device is retired */
  readonly pendingRoot: { readonly n: number; readonly device: DeviceId; readonly rik: Uint8Array } | null;
  /** null: not a member from there on */
  readonly role: Since<Role | null>;
  readonly devices: ReadonlyMap<DeviceId, DeviceState>;
  /** generation from 1, and the position from which it is the current one */
  readonly puks: Since<{ readonly gen: number; readonly pk: Uint8Array }>;
  readonly recovery: RecoveryPublic | null;
  readonly circle: {
    readonly threshold: number;
    readonly helpers: readonly { readonly user: UserId; readonly hash: Uint8Array }[];
  } | null;
  /** how this person came: by which invite, added by whom; null for the founder */
  readonly via: { readonly invite: InviteId; readonly by: UserId; readonly singleUse: boolean } | null;
  readonly joinedAt: number;
  /** positions of user_reset and of rekey to a new card: scopes must readmit after the latter (L8) */
  readonly resetAt: readonly number[];
  readonly rekeyedAt: readonly number[];
};

export type InviteState = {
  readonly id: InviteId;
  readonly by: UserId;
  readonly sign: Uint8Array;
  readonly box: Uint8Array;
  readonly kem: Uint8Array | null;
  readonly mode: "instant" | "approval";
  readonly role: "member" | "guest";
  readonly maxUses: number;
  readonly expires: number;
  readonly createdAt: number;
  readonly usedBy: readonly UserId[];
  /** closed by a link, by use or by a removal; null while open */
  readonly closedAt: number | null;
};

export type EpochState = EpochBody & {
  readonly n: number;
  readonly by: UserId;
  readonly device: DeviceId;
  readonly ts: number;
};

/** One scope's member over time. `null` since: not named there. Effective membership also asks W (L8). */
export type ScopeState = {
  readonly id: ScopeId;
  readonly kind: "workspace" | "private" | "dm";
  readonly creator: UserId;
  readonly createdAt: number;
  readonly history: "full" | "since-join";
  readonly named: ReadonlyMap<UserId, Since<"manager" | "member" | null>>;
  readonly readmitted: ReadonlyMap<UserId, readonly number[]>;
  readonly policy: Since<ScopePolicy>;
  readonly archivedAt: number | null;
  /** positions at which somebody came in after creation: in since-join scopes the next epoch is cut (E8) */
  readonly addedAt: readonly number[];
  /** epochs in order; index 0 is epoch 1 */
  readonly epochs: readonly EpochState[];
  /** positions of revoking changes, ascending (E4) */
  readonly revoking: readonly number[];
};

export type PublicChannelState = {
  readonly id: ChannelId;
  readonly creator: UserId;
  readonly createdAt: number;
  readonly archivedAt: number | null;
  readonly post: Since<"all" | "admins">;
  readonly retentionDays: number | null;
};

/** A link that keeps its place and changes nothing (L5). */
type VoidLink = { readonly n: number; readonly type: LinkType; readonly user: UserId; readonly code: FaultCode };

/** Why the entry at `n` could not be folded: reading stays, writing ends until entries come that add up (L2). */
export type Stop = { readonly n: number; readonly code: FaultCode };

export type LedgerState = {
  readonly ws: WorkspaceId;
  readonly n: number;
  readonly head: Uint8Array;
  /** L_1..L_n; index 0 is L_1 */
  readonly heads: readonly Uint8Array[];
  readonly chains: ReadonlyMap<ChainId, number>;
  readonly users: ReadonlyMap<UserId, UserState>;
  readonly deviceOwner: ReadonlyMap<DeviceId, UserId>;
  readonly invites: ReadonlyMap<InviteId, InviteState>;
  readonly policy: Since<WorkspacePolicy>;
  readonly channels: ReadonlyMap<ChannelId, PublicChannelState>;
  /** the workspace scope and every C scope whose chain was seen */
  readonly scopes: ReadonlyMap<ScopeId, ScopeState>;
  /** main channel of every C chain, seen or not: its id follows from the chain's */
  readonly mains: ReadonlyMap<ChannelId, ScopeId>;
  /** every 16-byte id that something has: persons, chains, channels, their main and self channels. None is given twice. */
  readonly taken: ReadonlySet<string>;
  /** C chains whose bodies were folded without a gap: up to this seq (L2) */
  readonly seen: ReadonlyMap<ScopeId, number>;
  /** C chains of which a body came without those before it: fetch them from the start and fold anew (L2) */
  readonly incomplete: ReadonlySet<ScopeId>;
  readonly releases: readonly { readonly version: string; readonly fingerprint: Uint8Array; readonly n: number }[];
  readonly voids: readonly VoidLink[];
  readonly stop: Stop | null;
};

/** One place of the ledger as it came: the stub always, the link where it may be seen. */
export type Entry = { readonly stub: Stub; readonly link: SignedLink | null };

/** Whose eyes fold: `all` (the server, audits) must see every body; a person W, U and the C chains he is named in. */
export type Viewer = { readonly kind: "all" } | { readonly kind: "user"; readonly user: UserId | null };

/** The value in force at position n, or undefined before the first. */
export function at<T>(since: Since<T>, n: number): T | undefined {
  for (let i = since.length - 1; i >= 0; i -= 1) {
    const entry = since[i];
    if (entry !== undefined && entry.n <= n) return entry.value;
  }
  return undefined;
}

/** The newest value. */
export function latest<T>(since: Since<T>): T | undefined {
  return since.at(-1)?.value;
}
