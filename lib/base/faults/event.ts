// Faults of the area event: what a single message may do.
import { type FaultEntry, row } from "./row.ts";

export const EVENT = {
  "event/duplicate": row("server", "ignore", "CONFLICT", "This message came twice; it is shown once."),
  "event/out-of-order": row("self", "retry", "CONFLICT", "An earlier message has to go out first."),
  "event/wrong-place": row(
    "server",
    "refuse",
    "BAD_REQUEST",
    "This message was moved here from elsewhere, so it isn’t shown.",
  ),
  "event/wrong-author": row(
    "peer",
    "refuse",
    "FORBIDDEN",
    "Someone else than its author tried to change this message.",
  ),
  "event/unknown-target": row("peer", "refuse", "BAD_REQUEST", "This changes a message that isn’t here."),
  "event/no-emoji": row("peer", "refuse", "BAD_REQUEST", "This reaction isn’t an emoji."),
  "event/bad-vote": row("peer", "refuse", "BAD_REQUEST", "This vote chooses answers that the poll doesn’t have."),
  "event/late": row("peer", "ignore", "CONFLICT", "This message arrived late."),
  "event/exists": row("self", "ignore", "CONFLICT", "This message has landed already."),
  "event/newer": row(
    "peer",
    "refuse",
    "BAD_REQUEST",
    "This comes from a newer version of Tacit. Update the app to read it.",
  ),
  "event/hole": row("server", "ask", "BAD_REQUEST", "The server leaves out a message here."),
  "event/equivocation": row(
    "peer",
    "refuse",
    "CONFLICT",
    "Two different messages claim the same place: their sender or the server shows different things to different people.",
  ),
} as const satisfies Record<string, FaultEntry>;
