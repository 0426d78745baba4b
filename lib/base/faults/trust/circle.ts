// Faults of the area circle: helpers who together can get a person back in.
import { type FaultEntry, row } from "@/lib/base/faults/row.ts";

export const CIRCLE = {
  "circle/bad-helpers": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "Choose two to seven other members of this workspace, and how many of them have to help: two at least, and no more than you chose. Guests can’t be helpers.",
  ),
  "circle/none": row("person", "ask", "NOT_FOUND", "You have no recovery circle that this could be done with."),
  "circle/code-gone": row(
    "person",
    "ask",
    "NOT_FOUND",
    "Nobody waits under this code. It holds for 10 minutes: have a new one shown and read to you, or look for a typing mistake.",
  ),
  "circle/code-used": row(
    "person",
    "ask",
    "CONFLICT",
    "This code has been used. Have a new one shown and read to you.",
  ),
  "circle/swapped": row(
    "server",
    "ask",
    "BAD_REQUEST",
    "The key that came with this code is not the one it was made from. Somebody stands in between, so nobody is helped. Have a new code shown and read to you.",
  ),
  "circle/not-helper": row("person", "ask", "FORBIDDEN", "You are not in this person’s recovery circle."),
  "circle/withheld": row(
    "server",
    "ask",
    "BAD_REQUEST",
    "The server doesn’t hand out your part of this circle, or hands out one that doesn’t fit. The others can help still; tell the operator.",
  ),
  "circle/not-told": row(
    "network",
    "retry",
    "PRECONDITION_FAILED",
    "The person’s own devices haven’t been told yet. The 24 hours begin when they can be: stay online for a moment.",
  ),
  "circle/too-early": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "The 24 hours aren’t over yet. They count by this device’s clock and by the server’s, whichever takes longer: a clock that was set wrong shortens nothing.",
  ),
  "circle/stopped": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "A device of this person stopped this, or they are back in already. Your part is not given.",
  ),
  "circle/no-request": row("person", "ask", "NOT_FOUND", "This request is no longer here."),
  "circle/forged": row(
    "peer",
    "refuse",
    "BAD_REQUEST",
    "The part that came is not the one from your circle, so it isn’t used. Ask another helper.",
  ),
  "circle/differs": row(
    "peer",
    "refuse",
    "CONFLICT",
    "This helper says something else of your circle than the others. One of them is out of date, or not honest.",
  ),
  "circle/too-few": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "These parts don’t open your recovery code yet. Ask a further helper.",
  ),
  "circle/expired": row("person", "ask", "BAD_REQUEST", "Nobody typed this code in its 10 minutes. Show a new one."),
} as const satisfies Record<string, FaultEntry>;
