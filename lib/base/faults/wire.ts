// Faults of the area wire: what came is not what the protocol allows.
import { type FaultEntry, row } from "./row.ts";

export const WIRE = {
  "wire/bad-integer": row("bug", "refuse", "BAD_REQUEST", "A number in this data is out of range."),
  "wire/bad-id": row("peer", "refuse", "BAD_REQUEST", "An identifier in this data is malformed."),
  "wire/bad-cbor": row("peer", "refuse", "BAD_REQUEST", "This data is malformed, so it isn’t used."),
  "wire/bad-shape": row("peer", "refuse", "BAD_REQUEST", "This data does not have the shape the protocol asks for."),
  "wire/unknown-version": row(
    "peer",
    "halt",
    "BAD_REQUEST",
    "This comes from a newer version of Tacit. Update the app to read it.",
  ),
  "wire/unknown-type": row(
    "peer",
    "halt",
    "BAD_REQUEST",
    "This comes from a newer version of Tacit. Update the app to read it.",
  ),
  "wire/too-large": row("self", "refuse", "PAYLOAD_TOO_LARGE", "This is larger than the server takes."),
  "wire/bad-padding": row(
    "self",
    "refuse",
    "BAD_REQUEST",
    "The server takes files in padded sizes only, and this one has another.",
  ),
  "wire/bad-invite-link": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This invite link is incomplete. Copy the whole link, with everything after the #, and open it again.",
  ),
  "wire/wrong-invite-secret": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This invite exists, but the secret at the end of this link does not open it. Open the link exactly as it was sent, or ask for a new one.",
  ),
  "wire/bad-setup-link": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This setup link is incomplete. Copy the whole line that the server printed and open it again.",
  ),
  "wire/bad-code": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This is no link code. A link code has 24 letters and digits, in six groups of four. Compare it with the other screen.",
  ),
} as const satisfies Record<string, FaultEntry>;
