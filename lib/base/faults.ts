// The table of fault codes: blame, what the engine does, the sentence for people, the transport code.

export type Blame = "server" | "peer" | "self" | "person" | "network" | "operator" | "bug";
/** ignore: drop and go on. retry: later, by itself. refuse: this item only. halt: writing in the workspace ends. ask: a person decides. */
export type Policy = "ignore" | "retry" | "refuse" | "halt" | "ask";
export type Wire =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PAYLOAD_TOO_LARGE"
  | "TOO_MANY_REQUESTS"
  | "PRECONDITION_FAILED"
  | "INTERNAL_SERVER_ERROR"
  | "SERVICE_UNAVAILABLE";

export type FaultEntry = { readonly blame: Blame; readonly policy: Policy; readonly wire: Wire; readonly says: string };

function row(blame: Blame, policy: Policy, wire: Wire, says: string): FaultEntry {
  return { blame, policy, wire, says };
}

/** Every fault that can happen, by area. A test checks that the table is whole and that nothing else is thrown. */
export const FAULTS = {
  // wire: what came is not what the protocol allows
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
  "wire/bad-invite-link": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This invite link is incomplete. Copy the whole link, with everything after the #, and open it again.",
  ),
  "wire/bad-setup-link": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This setup link is incomplete. Copy the whole line that the server printed and open it again.",
  ),

  // proof: what anyone can check with public keys
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

  // crypto: secrets and what they open
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

  // event: what a single message may do
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

  // may: permission and limits at the server
  "may/not-signed-in": row("self", "retry", "UNAUTHORIZED", "Signing in again."),
  "may/wrong-origin": row(
    "operator",
    "halt",
    "FORBIDDEN",
    "This workspace belongs to another address than the one in the address bar.",
  ),
  "may/bad-challenge": row("self", "retry", "UNAUTHORIZED", "Signing in again."),
  "may/forbidden": row("self", "refuse", "FORBIDDEN", "You may not do this here."),
  "may/not-found": row("self", "refuse", "NOT_FOUND", "This does not exist, or you may not see it."),
  "may/stale-head": row("self", "retry", "CONFLICT", "Someone else changed the workspace first; trying again."),
  "may/too-many": row(
    "self",
    "retry",
    "TOO_MANY_REQUESTS",
    "Too many requests at once. It goes on by itself in a moment.",
  ),
  "may/quota": row(
    "person",
    "ask",
    "TOO_MANY_REQUESTS",
    "This would go over the limit that the operator of this server has set.",
  ),
  "may/setup-used": row(
    "person",
    "ask",
    "FORBIDDEN",
    "This setup link has been used. The operator can make another one with: npx tacit setup",
  ),
  "may/archived": row("person", "ask", "FORBIDDEN", "This channel is archived."),
  "may/bad-body": row("self", "refuse", "BAD_REQUEST", "The server could not read this request."),
  "may/slow": row("network", "retry", "BAD_REQUEST", "The connection was too slow; trying again."),

  // net: the way to the server
  "net/offline": row(
    "network",
    "retry",
    "SERVICE_UNAVAILABLE",
    "You’re offline. You can read and write; what you send is sealed here and goes out when you’re back.",
  ),
  "net/timeout": row("network", "retry", "SERVICE_UNAVAILABLE", "The server takes long to answer; trying again."),
  "net/bad-answer": row(
    "server",
    "retry",
    "SERVICE_UNAVAILABLE",
    "The server gave an answer that makes no sense; trying again.",
  ),
  "net/redirected": row("server", "halt", "FORBIDDEN", "The server points to another address. Nothing was sent there."),
  "net/insecure": row(
    "operator",
    "halt",
    "FORBIDDEN",
    "This address is not safe to use: it needs https. Nothing was sent there.",
  ),
  "net/closed": row("network", "retry", "SERVICE_UNAVAILABLE", "The server is restarting; trying again."),

  // store: what lies on this device or on the server's disk
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
  "store/bad-backup": row("operator", "ask", "BAD_REQUEST", "This is not a complete backup, so nothing was restored."),

  // start: what an operator reads when the server can't run
  "start/node-version": row("operator", "halt", "INTERNAL_SERVER_ERROR", "Tacit needs Node 20.20 or later, below 27."),
  "start/port-in-use": row(
    "operator",
    "halt",
    "INTERNAL_SERVER_ERROR",
    "The port is taken. Choose another with --port.",
  ),
  "start/bad-setting": row("operator", "halt", "INTERNAL_SERVER_ERROR", "A setting is not valid."),
  "start/not-built": row("operator", "halt", "INTERNAL_SERVER_ERROR", "The client is not built. Run: npm run build"),

  // app: what a person asked for and can't have
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
  "app/bad-picture": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This can’t be used as a picture. Choose a PNG, JPEG, GIF, WebP or AVIF image.",
  ),
  "app/cancelled": row("person", "ignore", "BAD_REQUEST", "Cancelled."),

  "bug/unexpected": row(
    "bug",
    "retry",
    "INTERNAL_SERVER_ERROR",
    "Something went wrong inside Tacit. Nothing was lost; try again.",
  ),
} as const satisfies Record<string, FaultEntry>;

/** `area/what`. */
export type FaultCode = keyof typeof FAULTS;
