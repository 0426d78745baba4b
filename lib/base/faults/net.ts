// Faults of the area net: the way to the server.
import { type FaultEntry, row } from "./row.ts";

export const NET = {
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
  "net/clock": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This device’s clock is more than a week behind the server’s, so it can’t sign in. Set the date and time.",
  ),
  "net/redirected": row("server", "halt", "FORBIDDEN", "The server points to another address. Nothing was sent there."),
  "net/insecure": row(
    "operator",
    "halt",
    "FORBIDDEN",
    "This address is not safe to use: it needs https. Nothing was sent there.",
  ),
  "net/closed": row("network", "retry", "SERVICE_UNAVAILABLE", "The server is restarting; trying again."),
} as const satisfies Record<string, FaultEntry>;
