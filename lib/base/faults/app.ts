// Faults of the area app: what a person asked for and can't have.
import { type FaultEntry, row } from "./row.ts";

export const APP = {
  "app/blocked": row(
    "self",
    "halt",
    "PRECONDITION_FAILED",
    "Writing in this workspace has stopped because its record does not add up.",
  ),
  "app/no-way-back": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "Confirm your recovery code first: without it nobody could get you back in.",
  ),
  "app/request-gone": row(
    "person",
    "ask",
    "NOT_FOUND",
    "This request is no longer there: somebody declined it, or its invite has closed.",
  ),
  "app/first-channel": row(
    "person",
    "ask",
    "FORBIDDEN",
    "The first channel is where everyone hears what concerns all. It can’t be left or archived.",
  ),
  "app/empty": row("person", "ask", "BAD_REQUEST", "There is nothing to send yet."),
  "app/too-long": row("person", "ask", "PAYLOAD_TOO_LARGE", "This is too long for one message."),
  "app/interrupted": row(
    "self",
    "ask",
    "BAD_REQUEST",
    "The tab that was doing this was closed before it could say how it ended. Look whether it is done, else try again.",
  ),
  "app/file-changed": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This file changed or went away while it was read. Attach it again.",
  ),
  "app/file-lost": row(
    "person",
    "ask",
    "NOT_FOUND",
    "Tacit was closed before all of this file was kept here, so it can’t go on. Attach it again.",
  ),
  "app/bad-picture": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This can’t be used as a picture. Choose a PNG, JPEG, GIF, WebP or AVIF image.",
  ),
  "app/bad-address": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This is no address of the web. It begins with https:// or http://.",
  ),
  "app/waits-for-readmission": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "You have a conversation with these people from before you were out of this workspace. One of them has to let you back into it; if nobody is left who could, make a private channel instead.",
  ),
  "app/request-changed": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "This request was settled or replaced while you looked at it. Look at it again.",
  ),
  "app/cancelled": row("person", "ignore", "BAD_REQUEST", "Cancelled."),
} as const satisfies Record<string, FaultEntry>;
