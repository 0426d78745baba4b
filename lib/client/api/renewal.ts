// Lost and leaked codes as screens see them: a new root key asked for, keys that changed, people to let back in (PROTOCOL D7, A4).
import type { ChannelId, DeviceId, InviteId, UserId, WorkspaceId } from "@/lib/base/ids.ts";

/** Somebody's root key changed: by an admin's new card for all that was lost, or renewed from a device. */
export type KeyChange = {
  readonly user: UserId;
  /** ledger position */
  readonly n: number;
  /** claimed time of the link, ms since 1970 */
  readonly at: number;
  readonly by: UserId;
  readonly why: "rekey" | "root-renew";
};

/** A person asks for a new root key with a device of his; an admin, of an owner another owner, puts it in force. */
export type RootRequest = {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly at: number;
  /** the key asked for: what is approved is exactly this one */
  readonly root: string;
  /** 20 digits in groups of 5 of that key, the same on the asking device: read out when the admin calls */
  readonly check: string;
  readonly mayApprove: boolean;
};

/** One's own new root key, as long as it waits for an admin. */
export type OwnRenewal = {
  readonly device: DeviceId;
  /** asked for on this device */
  readonly here: boolean;
  readonly at: number;
  readonly check: string;
};

/** Somebody whom a private channel or DM names, and who is out until another member lets him back in. */
export type ReadmitWait = {
  readonly channel: ChannelId;
  readonly user: UserId;
  readonly at: number;
  readonly by: UserId;
  readonly why: "rekey" | "restored";
};

export type RenewalView = {
  readonly mine: OwnRenewal | null;
  /** the requests of others, newest first; empty for those who may approve none */
  readonly requests: readonly RootRequest[];
  /** newest first */
  readonly changes: readonly KeyChange[];
  readonly waiting: readonly ReadmitWait[];
  /** nobody else could get this person back in: a second owner is urged */
  readonly soleOwner: boolean;
  /** whether others are here who could be made owner */
  readonly others: boolean;
};

export interface RenewalCommands {
  /** asks for a new root key, without a code or with one that leaked; a sole owner's is in force at once */
  renewRoot(input: { ws: WorkspaceId; leaked: boolean }): Promise<void>;
  /** puts in force the root key that was shown. Throws app/request-changed when it is not what waits now */
  approveRoot(input: { ws: WorkspaceId; user: UserId; root: string }): Promise<void>;
  /** a link for a member who lost everything, to ask with for his own place; `approveJoin` gives it to him */
  createReturnLink(input: { ws: WorkspaceId; user: UserId }): Promise<{ invite: InviteId; link: string }>;
  /** lets somebody back into a private channel or DM, after a person has made sure of him */
  readmitMember(input: { ws: WorkspaceId; channel: ChannelId; user: UserId }): Promise<void>;
}
