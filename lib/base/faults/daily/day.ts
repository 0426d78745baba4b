// Faults of the area app: what is kept, timed or typed as a command in a working day.
import { type FaultEntry, row } from "@/lib/base/faults/row.ts";

export const DAILY = {
  "app/bad-emoji-name": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "A name has 1 to 32 of these: a to z without accents, digits, - and _, and begins with a letter or digit.",
  ),
  "app/emoji-taken": row(
    "person",
    "ask",
    "CONFLICT",
    "There is an emoji of this name. Remove it first, or take another name.",
  ),
  "app/list-full": row("person", "ask", "CONFLICT", "There are as many of these as are shown. Remove one first."),
  "app/time-past": row("person", "ask", "BAD_REQUEST", "This time is over already. Choose one that is still to come."),
  "app/already-sent": row(
    "person",
    "ask",
    "CONFLICT",
    "This message has been sent already, so it can’t be changed here.",
  ),
} as const satisfies Record<string, FaultEntry>;
