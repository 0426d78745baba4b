// Faults of the area crypto: secrets and what they open.
import { type FaultEntry, row } from "./row.ts";

export const CRYPTO = {
  "crypto/missing-function": row(
    "bug",
    "halt",
    "INTERNAL_SERVER_ERROR",
    "A part of the encryption library is missing. Reload; if it stays, tell the operator.",
  ),
  "crypto/cannot-open": row("peer", "refuse", "BAD_REQUEST", "This was altered on its way, so it isn’t shown."),
  "crypto/bad-padding": row("peer", "refuse", "BAD_REQUEST", "This was altered on its way, so it isn’t shown."),
  "crypto/bad-commitment": row(
    "peer",
    "refuse",
    "BAD_REQUEST",
    "A key does not match the one in the record, so it isn’t used.",
  ),
  "crypto/bad-seal": row(
    "peer",
    "ignore",
    "BAD_REQUEST",
    "Whoever changed the keys left some that don’t open. Others are asked for good ones, or these are mended from here.",
  ),
  "crypto/bad-kem-key": row(
    "peer",
    "refuse",
    "BAD_REQUEST",
    "A member’s key is malformed; nothing can be sealed to it.",
  ),
  "crypto/no-key": row(
    "peer",
    "retry",
    "PRECONDITION_FAILED",
    "The key isn’t here yet. It opens by itself when someone who has it is next online.",
  ),
  "crypto/weak-parameters": row(
    "server",
    "refuse",
    "BAD_REQUEST",
    "The settings that protect a key are too weak, so they aren’t used.",
  ),
  "crypto/file-truncated": row("server", "refuse", "BAD_REQUEST", "This file is incomplete: its end is missing."),
  "crypto/file-altered": row(
    "server",
    "refuse",
    "BAD_REQUEST",
    "This file was altered on the server, so it isn’t opened.",
  ),
  "crypto/file-size": row("peer", "refuse", "BAD_REQUEST", "This file has another size than its sender said."),
  "crypto/bad-words": row("person", "ask", "BAD_REQUEST", "This recovery code has a word that is not in the list."),
  "crypto/bad-checksum": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "These words don’t fit together. Check their order and spelling.",
  ),
} as const satisfies Record<string, FaultEntry>;
