// Faults of the area recovery: getting back in with the recovery code.
import { type FaultEntry, row } from "./row.ts";

export const RECOVERY = {
  "recovery/no-account": row(
    "person",
    "ask",
    "NOT_FOUND",
    "These words are well formed, but open no account on this server. They may belong to another server, may have been replaced by a newer code, or the account was removed from its workspace. The server answers all three alike.",
  ),
  "recovery/not-in-force": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This is not the recovery code that is in force for this account.",
  ),
  "recovery/other-person": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This browser is signed in to that workspace as someone else. Use another browser profile, or sign out here first.",
  ),
  "recovery/bad-box": row(
    "server",
    "halt",
    "BAD_REQUEST",
    "The server handed out keys that don’t match your record: someone else’s, or older ones. Nothing was changed. Tell the operator, and try again.",
  ),
  "recovery/withheld": row(
    "server",
    "halt",
    "BAD_REQUEST",
    "The server didn’t hand out all keys that your code opens. Nothing was changed. Tell the operator, and try again.",
  ),
} as const satisfies Record<string, FaultEntry>;
