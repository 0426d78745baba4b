// Faults of the area start: what an operator reads when the server can't run.
import { type FaultEntry, row } from "./row.ts";

export const START = {
  "start/node-version": row("operator", "halt", "INTERNAL_SERVER_ERROR", "Tacit needs Node 20.20 or later, below 27."),
  "start/port-in-use": row(
    "operator",
    "halt",
    "INTERNAL_SERVER_ERROR",
    "The port is taken. Choose another with --port.",
  ),
  "start/bad-setting": row("operator", "halt", "INTERNAL_SERVER_ERROR", "A setting is not valid."),
  "start/not-built": row("operator", "halt", "INTERNAL_SERVER_ERROR", "The client is not built. Run: npm run build"),
} as const satisfies Record<string, FaultEntry>;
