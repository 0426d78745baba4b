// Faults of the area lock: the passphrase and passkey that open this browser.
import { type FaultEntry, row } from "@/lib/base/faults/row.ts";

export const LOCK = {
  "lock/wrong": row(
    "person",
    "ask",
    "UNAUTHORIZED",
    "That isn’t the passphrase. Nothing is lost; try again as often as you like.",
  ),
  "lock/wrong-passkey": row(
    "person",
    "ask",
    "UNAUTHORIZED",
    "That passkey doesn’t open this browser. Use the one you added here, or your passphrase.",
  ),
  "lock/short": row("person", "ask", "BAD_REQUEST", "Take at least 8 characters; four or five random words are good."),
  "lock/weak": row(
    "self",
    "ask",
    "PRECONDITION_FAILED",
    "What this browser keeps of the lock was altered, so it isn’t used. Use your recovery code to get back in.",
  ),
  "lock/no-passkey": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "This browser or passkey can’t give a secret, so it can’t open the lock. The passphrase does.",
  ),
  "lock/passkey-declined": row("person", "ask", "BAD_REQUEST", "The passkey wasn’t used. Nothing has changed."),
  "lock/not-loaded": row(
    "network",
    "retry",
    "SERVICE_UNAVAILABLE",
    "A part of the app that the lock needs didn’t arrive. Nothing is lost; try again when you’re online.",
  ),
  "lock/off": row("person", "ignore", "PRECONDITION_FAILED", "There is no lock on this browser."),
} as const satisfies Record<string, FaultEntry>;
