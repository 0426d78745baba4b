// Members as screens see them: roles, those who wait to be let in, leaving, and being out (PROTOCOL L7, I2 to I4).
import type { FaultCode } from "@/lib/base/faults.ts";
import type { ChannelId, InviteId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Role } from "@/lib/protocol/link.ts";

export type InviteMode = "instant" | "approval";

/** Why nothing new comes or goes here any more; what is stored stays readable. */
export type Ended = {
  readonly why: "removed" | "left" | "retired";
  /** claimed time of the link that did it, ms since 1970 */
  readonly at: number;
  readonly by: UserId;
};

/** What the workspace view says about members and about this person's rights among them. */
export type MembersPart = {
  readonly ended: Ended | null;
  readonly policy: { readonly invites: "admins" | "members"; readonly channels: "members" | "admins" };
  /** which invites this person may make; empty: none */
  readonly inviteModes: readonly InviteMode[];
  /** owners and admins let people in who ask */
  readonly mayDecide: boolean;
  /** people who wait for that; 0 for those who may not decide */
  readonly asking: number;
  readonly lastOwner: boolean;
};

/** One who asks to be let in by an invite that wants approval. Everything but the name is verified. */
export type JoinAsk = {
  readonly user: UserId;
  /** what the person calls himself; null: it was sealed before this person became an admin */
  readonly name: string | null;
  readonly role: "member" | "guest";
  readonly invite: InviteId;
  readonly label: string;
  readonly invitedBy: UserId;
  readonly at: number;
  /** past its time by this device's clock: can't be let in any more (I3) */
  readonly expired: boolean;
  /** a member who lost everything and comes back with new keys: make sure of him, by voice or in person (D7) */
  readonly returning: boolean;
  /** 20 digits of the new root key, the same on the device that asks; null for newcomers */
  readonly check: string | null;
  /** guests: the channels that the inviter had in mind, of those this person may add to */
  readonly channels: readonly ChannelId[];
};
/** `addable`: private channels to which this person may add a guest. */
export type AskingView = { readonly asks: readonly JoinAsk[]; readonly addable: readonly ChannelId[] };

/** A workspace whose admins have yet to let this person in. */
export type JoinWait = {
  readonly ws: WorkspaceId;
  readonly workspace: string;
  readonly inviter: string;
  readonly name: string;
  readonly role: "member" | "guest";
  readonly since: number;
  /** digits to read out to the admin who calls; null for newcomers */
  readonly check: string | null;
  /** closed: the invite ended first, and `fault` says how */
  readonly state: "waiting" | "declined" | "closed";
  readonly fault: FaultCode | null;
};
export type JoiningView = { readonly waits: readonly JoinWait[] };

export type Decided =
  | { readonly outcome: "let-in" }
  /** somebody else was first */
  | { readonly outcome: "already"; readonly by: UserId };

export interface MemberCommands {
  /** asks to be let in by an invite with approval; the topic `joining` says what becomes of it */
  requestToJoin(input: { fragment: string; name: string }): Promise<{ ws: WorkspaceId }>;
  /** forgets a request that was declined, came to nothing, or is given up */
  dismissJoin(input: { ws: WorkspaceId }): Promise<void>;
  approveJoin(input: { ws: WorkspaceId; user: UserId; channels: readonly ChannelId[] }): Promise<Decided>;
  /** `already`: somebody let the person in first; `gone`: there was nothing to decline any more */
  declineJoin(input: { ws: WorkspaceId; user: UserId }): Promise<{ outcome: "declined" | "gone" | "already" }>;
  setRole(input: { ws: WorkspaceId; user: UserId; role: Role }): Promise<void>;
  /** makes somebody owner and steps down to admin, in one */
  transferOwnership(input: { ws: WorkspaceId; user: UserId }): Promise<void>;
  removeFromWorkspace(input: { ws: WorkspaceId; user: UserId }): Promise<void>;
  /** takes a former member back, with the keys he had; private channels wait for their members (L8) */
  restoreMember(input: { ws: WorkspaceId; user: UserId }): Promise<void>;
  setPolicy(input: { ws: WorkspaceId; invites: "admins" | "members"; channels: "members" | "admins" }): Promise<void>;
  /** ends the membership and then wipes what this device holds of the workspace */
  leaveWorkspace(input: { ws: WorkspaceId }): Promise<void>;
  /** wipes a workspace that one is out of */
  forgetWorkspace(input: { ws: WorkspaceId }): Promise<void>;
}
