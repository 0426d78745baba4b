// A new per-user key in a batch of links: sealed to every device that stays, and all scopes rotated (PROTOCOL D2, E10).
import { Fault } from "@/lib/base/errors.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { boxPreviousPuk, mintPuk, sealPuk } from "@/lib/crypto/identity.ts";
import { recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { activeDevices, currentEpoch, currentPuk, scopesOf } from "@/lib/proof/queries.ts";
import type { PukPublic } from "@/lib/protocol/device.ts";
import type { Keyring } from "./keyring.ts";
import type { Rooms } from "./rooms.ts";

export type RenewParts = { readonly keyring: Keyring; readonly rooms: Rooms };

/**
 * Renews this person's PUK inside a draft. `act` gets the public half of generation g+1 and adds the link that brings
 * it (device_revoke, user_reset). What follows from the ledger after that link lies in the same batch: seals of the new
 * seed to every active device and to the recovery key in force, seed g boxed under seed g+1, and the next epoch of
 * every scope this person is in and may write in, as far as the batch has room (the next writer rotates the rest).
 *
 * Call it inside `book.append`, which may run it again on a newer ledger. Each seed is kept in the vault before the
 * batch goes out, as a candidate: `rooms.fetchPuks()`, to be called after the append, takes the one that the ledger
 * names. Throws crypto/no-key when seed g is not here (fetch first), and what `act` throws.
 */
export async function renewPuk(
  { keyring, rooms }: RenewParts,
  draft: Draft,
  act: (puk: PukPublic) => void,
): Promise<void> {
  const gen = currentPuk(draft.state, keyring.user)?.gen ?? 0;
  const before = keyring.puk(gen);
  if (before === undefined) throw new Fault("crypto/no-key", { detail: `puk ${gen}` });
  // Whoever rotates hands the earlier key on in the chain: it must be here (E2).
  for (const scope of scopesOf(draft.state, keyring.user)) {
    const epoch = currentEpoch(draft.state, scope.id);
    if (epoch !== null) await rooms.find(scope.id, epoch.epoch);
  }
  const next = mintPuk(gen + 1);
  act(next.public);
  sealToOwn(draft, keyring, next);
  draft.boxes.push(boxPreviousPuk({ ws: keyring.ws, user: keyring.user, gen: gen + 1 }, next.seed, before));
  await keyring.offerPuk(gen + 1, next.seed);
  await rooms.rotateAllInto(draft);
}

/** Seals of a PUK seed to every device that acts for this person after the draft, and to the recovery key then in force. */
function sealToOwn(draft: Draft, { ws, user }: Keyring, puk: ReturnType<typeof mintPuk>): void {
  const name = { ws, user, gen: puk.public.gen };
  for (const { id, keys } of activeDevices(draft.state, user))
    draft.seals.push(sealPuk(name, puk.seed, { to: "device", id, gen: 0, pk: keys.kem }));
  const recovery = draft.state.users.get(user)?.recovery ?? null;
  if (recovery === null) return;
  const to = { to: "recovery", id: recoveryLoginId(recovery.auth), gen: recovery.gen, pk: recovery.kem } as const;
  draft.seals.push(sealPuk(name, puk.seed, to));
}
