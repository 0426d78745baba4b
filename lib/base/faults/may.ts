// Faults of the area may: permission and limits at the server.
import { type FaultEntry, row } from "./row.ts";

export const MAY = {
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
  "may/restored": row(
    "operator",
    "retry",
    "CONFLICT",
    "This server was restored from an older backup. Nothing new can be written until an owner or admin says that everything is back.",
  ),
  "may/removed": row(
    "person",
    "halt",
    "FORBIDDEN",
    "You are no longer a member of this workspace. What this device holds stays readable; nothing new comes or goes.",
  ),
  "may/retired": row(
    "person",
    "halt",
    "FORBIDDEN",
    "This device no longer belongs to your account. What it holds stays readable; nothing new comes or goes.",
  ),
  "may/waiting-full": row(
    "person",
    "ask",
    "TOO_MANY_REQUESTS",
    "As many people as this invite has room for are waiting already. Ask the person who sent it to decide on them first.",
  ),
  "may/bad-endpoint": row(
    "self",
    "refuse",
    "BAD_REQUEST",
    "The server takes no notifications to this address: it must be a public one, over https.",
  ),
  "may/archived": row("person", "ask", "FORBIDDEN", "This channel is archived."),
  "may/bad-body": row("self", "refuse", "BAD_REQUEST", "The server could not read this request."),
  "may/slow": row("network", "retry", "BAD_REQUEST", "The connection was too slow; trying again."),
  "may/no-mailbox": row(
    "person",
    "ask",
    "NOT_FOUND",
    "No device waits under this code. It holds for 10 minutes: show a new one on the new device, or look for a typing mistake.",
  ),
  "may/letter-exists": row("person", "ask", "CONFLICT", "This code has been used. Show a new one on the new device."),
} as const satisfies Record<string, FaultEntry>;
