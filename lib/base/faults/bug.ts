// Faults of the area bug.
import { type FaultEntry, row } from "./row.ts";

export const BUG = {
  "bug/unexpected": row(
    "bug",
    "retry",
    "INTERNAL_SERVER_ERROR",
    "Something went wrong inside Tacit. Nothing was lost; try again.",
  ),
} as const satisfies Record<string, FaultEntry>;
