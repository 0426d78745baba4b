// One try at comparing numbers: two groups left out, picked at random, typed back as they are heard (PROTOCOL A3).
import type { UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { safetyNumber } from "@/lib/proof/hash.ts";

const GROUPS = 12;

export type Try = { readonly number: string; readonly asked: readonly [number, number] };

/** The twelve groups of two people's number; the same from both sides. */
export function groupsOf(
  ws: WorkspaceId,
  me: UserId,
  other: UserId,
  keys: { readonly own: Uint8Array; readonly theirs: Uint8Array },
): string[] {
  return safetyNumber(ws, { user: me, rik: keys.own }, { user: other, rik: keys.theirs }).split(" ");
}

/** Two different groups, each pair as likely as any other. */
export function pickTwo(): readonly [number, number] {
  const picked = new Set<number>();
  while (picked.size < 2) {
    const byte = randomBytes(1)[0] ?? 255;
    // 252 is the largest multiple of twelve in a byte: what lies above would favour some groups
    if (byte < 252) picked.add(byte % GROUPS);
  }
  const [one = 0, two = 1] = [...picked].sort((a, b) => a - b);
  return [one, two];
}

/** Digits alone count: people type blanks and hyphens. */
export function sameGroups(groups: readonly string[], asked: readonly number[], typed: readonly string[]): boolean {
  return asked.every((group, i) => typed[i]?.replace(/[\s-]/g, "") === groups[group]);
}
