// What screens see of recovery: what a code opens, what was done meanwhile, the drill, a new code (PROTOCOL D2 to D5).
import type { DeviceId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { LinkType } from "@/lib/protocol/link.ts";

/** One thing that the ledger shows was done in a person's name; `device` null: with the recovery code itself. */
export type Deed = {
  readonly n: number;
  /** as its device claimed */
  readonly at: number;
  readonly device: DeviceId | null;
  readonly type: LinkType;
  /** the person whom it is about, where it is about one */
  readonly subject: UserId | null;
};

export type RecoveryDevice = { readonly id: DeviceId; readonly addedAt: number; readonly here: boolean };

/** What a code opens, before anything is changed. */
export type RecoveryPreview = {
  readonly ws: WorkspaceId;
  readonly user: UserId;
  /** claimed time of the newest link: an old one means that the server shows an old state (D5) */
  readonly ledgerAt: number;
  readonly devices: readonly RecoveryDevice[];
  readonly deeds: readonly Deed[];
};

export type RecoveryView = {
  /** false until the code in force was confirmed on one of this person's devices */
  readonly confirmed: boolean;
  /** generation of the code in force; null: there is none */
  readonly generation: number | null;
  /** claimed time at which that code came into force */
  readonly setAt: number;
  /** places, from 0, of the words that the reminder asks for now; null: nothing is due, or nothing is kept to check by */
  readonly drill: readonly number[] | null;
  /** true where answers can be checked on this device at all */
  readonly drillable: boolean;
  /** the last reset by the code, and what had been done in this person's name before it */
  readonly reset: {
    readonly at: number;
    readonly signedOut: readonly DeviceId[];
    readonly deeds: readonly Deed[];
  } | null;
};

/** `wrong`: indexes that do not fit; `foreign`: those of them whose word is not in the list at all. */
export type DrillResult = {
  readonly right: boolean;
  readonly wrong: readonly number[];
  readonly foreign: readonly number[];
};

export interface RecoveryCommands {
  /** places, from 0, of words that are not in the list; empty ones are left out */
  foreignWords(input: { words: readonly string[] }): Promise<readonly number[]>;
  /** looks what the words open; changes nothing. Throws crypto/bad-words (detail: numbers), crypto/bad-checksum, recovery/… */
  inspectRecovery(input: { words: string }): Promise<readonly RecoveryPreview[]>;
  /** gets back in, here; `signOutOthers` ends every other device. Works where this browser's keys are gone, too */
  recoverAccount(input: {
    words: string;
    ws: WorkspaceId | null;
    signOutOthers: boolean;
    /** the words are on no paper: they came out of a circle, and stay here until they are confirmed, as at first */
    unwritten?: boolean;
  }): Promise<{ ws: WorkspaceId }>;
  /** replaces the code in force, given the old one; the new words are then shown and confirmed as at first (D4) */
  changeRecoveryCode(input: { ws: WorkspaceId; words: string }): Promise<void>;
  answerDrill(input: { ws: WorkspaceId; answers: readonly { index: number; word: string }[] }): Promise<DrillResult>;
  skipDrill(input: { ws: WorkspaceId }): Promise<void>;
  /** clears a profile whose keys are gone, or locked; refused where they are not */
  forgetProfile(input: Record<string, never>): Promise<void>;
}
