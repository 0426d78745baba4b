// Digits of a new root key for two people on the telephone (PROTOCOL A3, D7).
import type { UserId } from "@/lib/base/ids.ts";
import { safetyNumber } from "@/lib/proof/hash.ts";
import type { LedgerState } from "@/lib/proof/state.ts";

const GROUPS = 4;

/** The first 20 digits of the safety number between a person's root key in force and the one to come. */
export function keyCheck({ ws }: Pick<LedgerState, "ws">, user: UserId, before: Uint8Array, after: Uint8Array): string {
  const number = safetyNumber(ws, { user, rik: before }, { user, rik: after });
  return number.split(" ").slice(0, GROUPS).join(" ");
}
