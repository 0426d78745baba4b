// What screens see of one's devices, and of one device that links another (PROTOCOL D1, D2).
import type { FaultCode } from "@/lib/base/faults.ts";
import type { DeviceId, WorkspaceId } from "@/lib/base/ids.ts";

/** 32 hex digits in 8 groups: the hash of the device's keys. */
export type Fingerprint = string;

export type DeviceItem = {
  readonly id: DeviceId;
  /** as its owner named it; empty: no name has come yet */
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly here: boolean;
  /** claimed time of the link that added it, ms since 1970 */
  readonly addedAt: number;
  /** the device that added it; null: it came with the account itself, or with a reset by recovery code */
  readonly addedBy: DeviceId | null;
  readonly how: "founded" | "joined" | "linked" | "reset";
  /** when it last said that it was in use, at most a day exact; null: it never did */
  readonly seenAt: number | null;
  readonly retiredAt: number | null;
  /** linked by another device, and nobody has said here that it is his (A4) */
  readonly unconfirmed: boolean;
};

/** `refused`: the server takes no sign-in from this device any more. Only its word, as long as no ledger here says so. */
export type Standing = "active" | "retired" | "refused";
export type DevicesView = {
  readonly devices: readonly DeviceItem[];
  readonly retired: readonly DeviceItem[];
  readonly standing: Standing;
};

/** The device that wants to be linked. */
export type JoiningView = {
  readonly phase: "showing" | "asked" | "waiting" | "done" | "failed";
  /** six groups of four */
  readonly code: string;
  /** the text of the QR, with the origin */
  readonly qr: string;
  readonly fingerprint: Fingerprint;
  readonly name: string;
  /** ms since 1970, by this device's own clock */
  readonly expires: number;
  /** whose account it joins; null before the other device has said so */
  readonly account: { readonly ws: WorkspaceId; readonly workspace: string; readonly person: string } | null;
  readonly fault: FaultCode | null;
};

/** The device that links another. */
export type AddingView = {
  readonly phase: "found" | "offered" | "adding" | "done" | "failed";
  readonly ws: WorkspaceId;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly fault: FaultCode | null;
};
export type LinkView = { readonly joining: JoiningView | null; readonly adding: AddingView | null };

export interface DeviceCommands {
  /** on the new device: makes keys and a code, and shows it in the topic `link` */
  startLink(input: { name: string }): Promise<void>;
  /** on the new device: yes, this is my account */
  confirmLink(input: Record<string, never>): Promise<void>;
  /** on the new device: forgets keys and code; the other device is told */
  cancelLink(input: Record<string, never>): Promise<void>;
  /** on the old device: fetches what waits under a typed or scanned code, and checks that the code is made of it */
  inspectLink(input: { ws: WorkspaceId; code: string }): Promise<void>;
  /** on the old device: offers the account; the device is added once its holder has said yes there */
  approveLink(input: { ws: WorkspaceId }): Promise<void>;
  /** on the old device: not mine; or put away what has ended */
  refuseLink(input: { ws: WorkspaceId }): Promise<void>;

  renameDevice(input: { ws: WorkspaceId; device: DeviceId; name: string }): Promise<void>;
  /** a device that came unasked is one's own after all: known here */
  confirmDevice(input: { ws: WorkspaceId; device: DeviceId }): Promise<void>;
  retireDevice(input: { ws: WorkspaceId; device: DeviceId }): Promise<void>;
  /** wipes this device, which can't sign in any more; refused while it can */
  leaveRetired(input: { ws: WorkspaceId }): Promise<void>;
}
