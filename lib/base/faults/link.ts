// Faults of the area link: one device of a person links or retires another.
import { type FaultEntry, row } from "./row.ts";

export const LINK = {
  "link/swapped": row(
    "server",
    "ask",
    "BAD_REQUEST",
    "The keys that came with this code are not the ones it was made from. Somebody stands in between, so nothing was added. Start again with a new code.",
  ),
  "link/other-server": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This code belongs to another server. Open this workspace’s own address on the new device.",
  ),
  "link/expired": row("person", "ask", "BAD_REQUEST", "This code has expired. Show a new one."),
  "link/refused": row("person", "ask", "FORBIDDEN", "The other device said no. Nothing was added."),
  "link/already-here": row(
    "person",
    "ask",
    "CONFLICT",
    "This account’s workspace is on this device already. Nothing was added.",
  ),
  "link/not-added": row(
    "peer",
    "ask",
    "BAD_REQUEST",
    "The workspace’s record does not name this device, so it was not linked. Start again with a new code.",
  ),
  "link/other-account": row(
    "server",
    "halt",
    "CONFLICT",
    "The workspace’s record says something else than the other device did. Nothing was kept here; ask the workspace’s owner.",
  ),
  "link/nothing-waits": row("person", "ask", "BAD_REQUEST", "No device is being linked right now. Start again."),
  "link/own-device": row(
    "person",
    "ask",
    "BAD_REQUEST",
    "This is the device in use. Sign out here instead, then retire it from another device.",
  ),
  "link/device-gone": row(
    "person",
    "ask",
    "FORBIDDEN",
    "This device can’t sign in any more: it was retired, or the server refuses it. Nothing was changed.",
  ),
  "link/still-active": row("person", "ask", "BAD_REQUEST", "This device is still in use. Sign out instead."),
} as const satisfies Record<string, FaultEntry>;
