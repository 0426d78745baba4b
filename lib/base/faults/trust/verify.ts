// Faults of the area verify: comparing keys in person (PROTOCOL A3, A4).
import { type FaultEntry, row } from "@/lib/base/faults/row.ts";

export const VERIFY = {
  "verify/not-a-code": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This is not a code for verifying. Let the other person open Verify on your profile and show the code there.",
  ),
  "verify/newer": row("peer", "ask", "BAD_REQUEST", "This code comes from a newer version of Tacit. Update the app."),
  "verify/other-workspace": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This code belongs to another workspace. Both of you open the same one and try again.",
  ),
  "verify/own-code": row("person", "ask", "BAD_REQUEST", "This is your own code. Scan the one on the other screen."),
  "verify/other-person": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This code is somebody else’s, not of the person you are verifying. Nothing was changed.",
  ),
  "verify/not-for-me": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This code was made for verifying somebody else. Let the other person open Verify on your profile.",
  ),
  "verify/keys-differ": row(
    "server",
    "ask",
    "CONFLICT",
    "The keys do not match: the server or somebody with its help may have swapped one between you. Send nothing private, and tell the other person and an owner.",
  ),
  "verify/behind": row(
    "server",
    "ask",
    "CONFLICT",
    "The other person has seen more of this workspace’s record than the server shows here. Nothing was verified; try again in a moment.",
  ),
  "verify/old-code": row(
    "person",
    "ask",
    "CONFLICT",
    "This code is from before a key was renewed. Let the other device connect, show a new code and try again.",
  ),
  "verify/fork": row(
    "server",
    "ask",
    "CONFLICT",
    "The two of you are shown different histories of this workspace, so nothing was verified. Find out in person which one is right.",
  ),
  "verify/not-shown": row(
    "server",
    "ask",
    "CONFLICT",
    "The server does not show the history that this code names, so this device stays where it is.",
  ),
  "verify/no-person": row("person", "ask", "BAD_REQUEST", "This person is not in the workspace any more."),
  "verify/not-started": row("self", "ask", "BAD_REQUEST", "The number changed meanwhile. Compare it again."),
  "verify/not-verified": row(
    "person",
    "ask",
    "PRECONDITION_FAILED",
    "You can vouch only for somebody whom you verified in person.",
  ),
} as const satisfies Record<string, FaultEntry>;
