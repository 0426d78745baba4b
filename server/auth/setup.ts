// Setup tokens: a permission to make one workspace, known to the server by its hash alone.
import { createHash } from "node:crypto";
import { formatSetupFragment } from "@/lib/protocol/invite.ts";
import { type Random, systemRandom } from "@/server/random.ts";
import type { SetupStore } from "@/server/store/port.ts";

const DAYS = 7;

export function hashSetupToken(token: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

/** The link that a person opens; the token lies in its fragment, which no browser sends. */
export function setupLink(publicUrl: string, token: Uint8Array): string {
  return `${publicUrl}/setup${formatSetupFragment(token)}`;
}

/** Mints a token and keeps its hash. `first`: void as soon as there is a workspace, or the server starts anew. */
export async function mintSetupToken(
  store: SetupStore,
  first: boolean,
  now: number,
  random: Random = systemRandom,
): Promise<Uint8Array> {
  const token = random(32);
  await store.putSetupToken({ hash: hashSetupToken(token), first, expires: now + DAYS * 24 * 3600 * 1000 });
  return token;
}
