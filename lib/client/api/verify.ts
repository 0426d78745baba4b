// What screens see of verifying people: states, numbers, codes, and what a changed key stops (PROTOCOL A3, A4).
import type { UserId, WorkspaceId } from "@/lib/base/ids.ts";

/** `invite`: verified by a single-use invite; `link`: joined by a link with several uses (I7). */
export type Trust = "self" | "invite" | "link" | "vouched" | "person" | "changed";

/** A root key that was replaced: when, where in the ledger, by whose signature. */
export type ChangedKey = {
  readonly at: number;
  readonly n: number;
  readonly by: UserId;
  /** `root-renew`: the person's own device announced it, an admin put it in force; `rekey`: an admin took a new card */
  readonly why: "rekey" | "root-renew";
  /** what the former key was to me; null: no more than what came with joining */
  readonly after: "person" | "vouched" | null;
  /** what I write to this person waits until I decide */
  readonly waits: boolean;
};

/** How a person is known; part of Person. */
export type TrustInfo = {
  readonly trust: Trust;
  /** people whom I verified in person and who vouch for the present key */
  readonly vouchedBy: readonly UserId[];
  /** when I verified this person in person, the former key too; null: never */
  readonly verifiedAt: number | null;
  readonly change: ChangedKey | null;
  /** I vouch for the present key */
  readonly vouching: boolean;
};

/** One try at comparing numbers. */
export type VerifyView = {
  /** what my code says, for the other's camera */
  readonly code: string;
  /** twelve groups of five digits; null for the two that are to be typed as they are heard */
  readonly groups: readonly (string | null)[];
  /** which two, from 0 */
  readonly asked: readonly [number, number];
};

export interface VerifyCommands {
  /** picks two groups at random; the answer is good for this try alone */
  verifyStart(input: { ws: WorkspaceId; user: UserId }): Promise<VerifyView>;
  /** the whole number, to read aloud */
  safetyNumber(input: { ws: WorkspaceId; user: UserId }): Promise<{ groups: readonly string[] }>;
  /** true when both groups are right: the person is verified. Rejects when the number changed meanwhile. */
  verifyTyped(input: { ws: WorkspaceId; user: UserId; typed: readonly [string, string] }): Promise<boolean>;
  /** the person says that the numbers differ: a lasting warning */
  verifyDiffers(input: { ws: WorkspaceId; user: UserId }): Promise<void>;
  /** the other's code, as a camera read it. `freed`: writing had stopped over a fork, and goes on */
  verifyScan(input: { ws: WorkspaceId; user: UserId; text: string }): Promise<{ freed: boolean }>;
  /** leaves this device's history for the one whose head this code holds (L10) */
  takeHead(input: { ws: WorkspaceId; user: UserId; text: string }): Promise<void>;
  /** goes on writing to somebody whose key changed, without verifying */
  acceptKey(input: { ws: WorkspaceId; user: UserId }): Promise<void>;
  /** tells the workspace that I verified this person in person, or takes it back */
  vouch(input: { ws: WorkspaceId; user: UserId; on: boolean }): Promise<void>;
  /** over the workspace and the root key of the owner of longest standing */
  workspaceNumber(input: { ws: WorkspaceId }): Promise<{ groups: readonly string[]; owner: UserId }>;
}
