// Faults of the area store: what lies on this device or on the server's disk.
import { type FaultEntry, row } from "./row.ts";

export const STORE = {
  "store/full": row(
    "operator",
    "retry",
    "SERVICE_UNAVAILABLE",
    "The disk is full. Make room; nothing that was acknowledged is lost.",
  ),
  "store/corrupt": row(
    "operator",
    "halt",
    "INTERNAL_SERVER_ERROR",
    "The database is damaged. Restore a backup with: npx tacit restore",
  ),
  "store/locked": row(
    "operator",
    "halt",
    "SERVICE_UNAVAILABLE",
    "Another process has the database open. Stop it first.",
  ),
  "store/unwritable": row(
    "operator",
    "halt",
    "INTERNAL_SERVER_ERROR",
    "The data folder can’t be written. Give this user the right to, or choose another folder with --data.",
  ),
  "store/newer-schema": row(
    "operator",
    "halt",
    "INTERNAL_SERVER_ERROR",
    "This database was written by a newer version of Tacit. Start that version instead.",
  ),
  "store/vault-gone": row(
    "self",
    "ask",
    "NOT_FOUND",
    "This browser no longer has your keys. Use your recovery code to get back in.",
  ),
  "store/vault-locked": row("self", "ask", "UNAUTHORIZED", "This device’s keys are locked."),
  "store/unavailable": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "This browser does not let Tacit keep anything. Leave private browsing, or allow storage for this address.",
  ),
  "store/damaged": row(
    "self",
    "ignore",
    "INTERNAL_SERVER_ERROR",
    "Something that was kept on this device was damaged or altered. It isn’t used, and is fetched again where that can be done.",
  ),
  "store/bad-index": row(
    "self",
    "ignore",
    "BAD_REQUEST",
    "What another of your devices left of its search index can’t be used here. This device makes its own.",
  ),
  "store/bad-backup": row("operator", "ask", "BAD_REQUEST", "This is not a complete backup, so nothing was restored."),
} as const satisfies Record<string, FaultEntry>;
