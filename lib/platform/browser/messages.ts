// What tabs and the one engine of a browser profile say to each other, and the wires that carry it.
import { asFault, Fault, type FaultCode, isFaultCode } from "@/lib/base/errors.ts";
import type { CommandName, Topic } from "@/lib/client/api.ts";
import type { Change } from "./share.ts";

/** A named line on which everybody hears everybody else (a BroadcastChannel); values cross by structured clone. */
export interface Wire {
  post(message: unknown): void;
  close(): void;
}
export type OpenWire = (name: string, hear: (message: unknown) => void) => Wire;

/** Where engine and tabs meet: a tab says hello, the engine says that it is here. */
export const HALL = "tacit-hall";
/** The line between the engine and one tab. */
export const roomName = (tab: string): string => `tacit-room-${tab}`;
/** Held by a tab as long as it lives, so that the engine learns of its end. */
export const tabLock = (tab: string): string => `tacit-tab-${tab}`;
/** Held by the tab whose worker runs the engine. */
export const LEAD_LOCK = "tacit-engine";
/** Held by the worker itself: a dying worker may outlive its tab for a moment, and two engines must not. */
export const HOST_LOCK = "tacit-engine-worker";

/** A fault as it crosses. */
export type WireFault = { readonly code: FaultCode; readonly detail: string | null };

export type HallMessage =
  | { readonly t: "hello"; readonly tab: string }
  /** `term` is new with every start of an engine */
  | { readonly t: "here"; readonly term: string };

export type TabMessage =
  /** `id`: 16 random bytes in base64url; a repeated call carries the same one */
  | { readonly t: "call"; readonly id: string; readonly name: CommandName; readonly input: unknown }
  | { readonly t: "subscribe"; readonly topic: Topic }
  | { readonly t: "unsubscribe"; readonly topic: Topic }
  /** the network or the person is back: connect now */
  | { readonly t: "wake" }
  | { readonly t: "bye" };

export type HostMessage =
  | { readonly t: "welcome"; readonly term: string; readonly fault: WireFault | null }
  /** the call has begun; from here on it may have had its effect */
  | { readonly t: "received"; readonly id: string }
  | { readonly t: "answer"; readonly id: string; readonly ok: true; readonly value: unknown }
  | { readonly t: "answer"; readonly id: string; readonly ok: false; readonly fault: WireFault }
  /** `mark`: no other snapshot of this room and engine bears it */
  | { readonly t: "snapshot"; readonly topic: Topic; readonly mark: string; readonly snapshot: unknown }
  /** the snapshot that this makes of the one marked `from` */
  | {
      readonly t: "change";
      readonly topic: Topic;
      readonly mark: string;
      readonly from: string;
      readonly change: Change;
    };

/** Every command; the host takes no other name. */
export const COMMANDS: Readonly<Record<CommandName, true>> = {
  createWorkspace: true,
  addEmoji: true,
  saveLater: true,
  remind: true,
  changeLater: true,
  scheduleMessage: true,
  changeScheduled: true,
  cancelScheduled: true,
  sendScheduled: true,
  takeDue: true,
  setPreference: true,
  setStatus: true,
  markActivity: true,
  removeEmoji: true,
  inspectInvite: true,
  joinWorkspace: true,
  requestToJoin: true,
  dismissJoin: true,
  approveJoin: true,
  declineJoin: true,
  setRole: true,
  transferOwnership: true,
  restoreMember: true,
  setPolicy: true,
  leaveWorkspace: true,
  forgetWorkspace: true,
  foreignWords: true,
  inspectRecovery: true,
  recoverAccount: true,
  changeRecoveryCode: true,
  answerDrill: true,
  skipDrill: true,
  forgetProfile: true,
  setCircle: true,
  endCircle: true,
  stopAsks: true,
  inspectAsk: true,
  acceptAsk: true,
  refuseAsk: true,
  givePart: true,
  endHelp: true,
  startAsk: true,
  lookAsks: true,
  dropAsk: true,
  openCircle: true,
  endAsks: true,
  recoveryWords: true,
  confirmRecovery: true,
  signOut: true,
  forwardMessage: true,
  messageVersions: true,
  pinMessage: true,
  createPoll: true,
  votePoll: true,
  endPoll: true,
  sendMessage: true,
  react: true,
  followThread: true,
  markThreadRead: true,
  markThreadsRead: true,
  loadOlderReplies: true,
  editMessage: true,
  deleteMessage: true,
  retryMessage: true,
  discardMessage: true,
  pauseUpload: true,
  resumeUpload: true,
  cancelUpload: true,
  loadOlder: true,
  search: true,
  messageAt: true,
  loadAround: true,
  fetchHistory: true,
  markRead: true,
  saveDraft: true,
  downloadFile: true,
  readFile: true,
  findFiles: true,
  createChannel: true,
  renameChannel: true,
  archiveChannel: true,
  describeChannel: true,
  setBookmark: true,
  removeBookmark: true,
  setRetention: true,
  moveChannel: true,
  setSections: true,
  joinChannel: true,
  leaveChannel: true,
  addMember: true,
  removeMember: true,
  startDm: true,
  createInvite: true,
  closeInvite: true,
  removeFromWorkspace: true,
  setProfile: true,
  renameWorkspace: true,
  inspectEvent: true,
  serverRows: true,
  serverKeys: true,
  ledgerPage: true,
  ledgerEntry: true,
  ledgerFile: true,
  ledgerLooked: true,
  confirmRestore: true,
  alarmFile: true,
  pushKey: true,
  pushTo: true,
  chooseNotify: true,
  chooseChannelNotify: true,
  noteActivity: true,
  noteTyping: true,
  sharePresence: true,
  renewRoot: true,
  approveRoot: true,
  readmitMember: true,
  createReturnLink: true,
  startLink: true,
  confirmLink: true,
  cancelLink: true,
  inspectLink: true,
  approveLink: true,
  refuseLink: true,
  renameDevice: true,
  confirmDevice: true,
  retireDevice: true,
  leaveRetired: true,
  unlock: true,
  unlockByPasskey: true,
  lockNow: true,
  turnOnLock: true,
  changeLock: true,
  turnOffLock: true,
  setLockIdle: true,
  addLockPasskey: true,
  dropLockPasskey: true,
  verifyStart: true,
  safetyNumber: true,
  verifyTyped: true,
  verifyDiffers: true,
  verifyScan: true,
  takeHead: true,
  acceptKey: true,
  vouch: true,
  workspaceNumber: true,
};

/** Commands that make an event of an id of their own. */
export const MAKES_EVENT: ReadonlySet<CommandName> = new Set<CommandName>([
  "sendMessage",
  "forwardMessage",
  "createPoll",
]);

/** Commands that the engine runs once per id, so that they may be given again when nobody knows whether they ran. */
export const REPEATABLE: ReadonlySet<CommandName> = new Set<CommandName>([
  ...MAKES_EVENT,
  "messageVersions",
  "inspectInvite",
  "recoveryWords",
  "loadOlder",
  "loadOlderReplies",
  "markThreadRead",
  "markThreadsRead",
  "search",
  "messageAt",
  "loadAround",
  "fetchHistory",
  "markRead",
  "saveDraft",
  "pauseUpload",
  "resumeUpload",
  "cancelUpload",
  "readFile",
  "findFiles",
  "inspectEvent",
  "serverRows",
  "serverKeys",
  "ledgerPage",
  "verifyStart",
  "safetyNumber",
  "workspaceNumber",
  "ledgerEntry",
  "ledgerFile",
  "alarmFile",
  "ledgerLooked",
  "unlock",
  "unlockByPasskey",
  "lockNow",
]);

export function toWireFault(thrown: unknown): WireFault {
  const fault = asFault(thrown);
  return { code: fault.code, detail: fault.detail ?? null };
}

/** The fault that crossed; one without a known code is bug/unexpected. */
export function fromWireFault(fault: WireFault): Fault {
  const code = isFaultCode(fault.code) ? fault.code : "bug/unexpected";
  return new Fault(code, typeof fault.detail === "string" ? { detail: fault.detail } : {});
}
