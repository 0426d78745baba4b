// The new root key of a person who renews it, in the vault until the new recovery code holds it (PROTOCOL D3, D7).
import { equal } from "@/lib/base/bytes.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import { exposeSecret, type RecoveryCode, type RikSeed, secretFrom } from "@/lib/crypto/keys.ts";
import { signPublic } from "@/lib/crypto/sign.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";

const TABLE = "renewal";
const KEY = "root";

type Stored = { rik: Uint8Array; leaked: boolean; code: Uint8Array | null };

/** `leaked`: the old code is known to others, so that the per-user key goes with it. `code`: the new one, once it is made. */
export type Held = { readonly rik: RikSeed; readonly leaked: boolean; readonly code: RecoveryCode | null };

export async function readHeld({ vault }: Parts): Promise<Held | undefined> {
  const stored = await vault.get<Stored & Cbor>(TABLE, KEY);
  if (stored === undefined) return undefined;
  const code = stored.code === null ? null : secretFrom("recovery", stored.code);
  return { rik: secretFrom("rik", stored.rik), leaked: stored.leaked, code };
}

/** Kept before anything that needs it goes out: a lost answer must not lose the key. */
export async function keepHeld({ vault }: Parts, { rik, leaked, code }: Held): Promise<void> {
  const stored: Stored = { rik: exposeSecret(rik), leaked, code: code === null ? null : exposeSecret(code) };
  await vault.put(TABLE, KEY, stored);
}

export async function dropHeld({ vault }: Parts): Promise<void> {
  await vault.write([{ op: "delete", table: TABLE, key: KEY }]);
}

/** True when this seed makes that root key. */
export function makesRoot(rik: RikSeed, root: Uint8Array | null | undefined): boolean {
  return root !== null && root !== undefined && equal(signPublic(rik), root);
}
