// Faults of the area proof: what anyone can check with public keys.
import { type FaultEntry, row } from "./row.ts";

export const PROOF = {
  "proof/bad-signature": row("peer", "refuse", "FORBIDDEN", "It carries no valid signature, so it isn’t shown."),
  "proof/bad-key": row("peer", "refuse", "BAD_REQUEST", "A public key in this data is not valid."),
  "proof/bad-hash": row(
    "server",
    "halt",
    "BAD_REQUEST",
    "The server’s record of this workspace does not add up. Reading goes on; writing stops until it does.",
  ),
  "proof/gap": row(
    "server",
    "halt",
    "BAD_REQUEST",
    "The server leaves out part of this workspace’s record. Reading goes on; writing stops.",
  ),
  "proof/rollback": row(
    "server",
    "halt",
    "CONFLICT",
    "The server shows an older state of this workspace than this device has seen. Writing stops until it catches up.",
  ),
  "proof/fork": row(
    "server",
    "halt",
    "CONFLICT",
    "This server shows different histories to different people, or someone’s device lies. Compare with a colleague in person.",
  ),
  "proof/withheld-body": row(
    "server",
    "halt",
    "BAD_REQUEST",
    "The server withholds an entry of this workspace’s record that this device must see.",
  ),
  "proof/wrong-workspace": row(
    "server",
    "refuse",
    "BAD_REQUEST",
    "This belongs to another workspace, so it isn’t used.",
  ),
  "proof/not-active": row(
    "peer",
    "refuse",
    "FORBIDDEN",
    "It comes from a device that was not active at that time, so it isn’t shown.",
  ),
  "proof/not-member": row(
    "peer",
    "refuse",
    "FORBIDDEN",
    "It comes from someone who was not a member at that time, so it isn’t shown.",
  ),
  "proof/no-right": row("peer", "refuse", "FORBIDDEN", "Whoever made this had no right to."),
  "proof/bad-card": row("peer", "refuse", "BAD_REQUEST", "The card of a new member or device does not check out."),
  "proof/bad-epoch": row(
    "peer",
    "refuse",
    "BAD_REQUEST",
    "A change of keys does not match the list of members, so it isn’t used.",
  ),
  "proof/bad-invite": row("peer", "refuse", "FORBIDDEN", "This invite does not check out."),
  "proof/invite-closed": row("person", "ask", "FORBIDDEN", "This invite has been closed. Ask for a new link."),
  "proof/invite-used": row("person", "ask", "FORBIDDEN", "This invite has been used up. Ask for a new link."),
  "proof/invite-expired": row("person", "ask", "FORBIDDEN", "This invite has expired. Ask for a new link."),
  "proof/invite-swapped": row(
    "server",
    "ask",
    "FORBIDDEN",
    "This link leads to another inviter than the one who made it. Don’t join; tell the person who sent it.",
  ),
  "proof/last-owner": row(
    "person",
    "ask",
    "FORBIDDEN",
    "A workspace needs an owner. Make someone else an owner first.",
  ),
  "proof/bad-policy": row("peer", "refuse", "BAD_REQUEST", "A rule of the workspace can’t be changed this way."),
  "proof/duplicate": row("peer", "refuse", "CONFLICT", "This exists already."),
  "proof/unknown-target": row("peer", "refuse", "BAD_REQUEST", "This refers to something that does not exist."),
  "proof/revoked-between": row(
    "peer",
    "refuse",
    "FORBIDDEN",
    "It was sealed with a key that was no longer to be used, so it isn’t shown.",
  ),
  "proof/stale-epoch": row("self", "retry", "CONFLICT", "The keys changed meanwhile; it is sealed again."),
} as const satisfies Record<string, FaultEntry>;
