// A recovery circle: a random part for each helper, and the code boxed for every few of them who suffice (PROTOCOL D6).
import { concat, equal } from "@/lib/base/bytes.ts";
import { enc, toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { MailboxId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { pukScope } from "@/lib/crypto/identity.ts";
import {
  type CircleShare,
  exposeSecret,
  type PukSeed,
  type RecoveryCode,
  SECRET_BYTES,
  type Secret,
  secretFrom,
} from "@/lib/crypto/keys.ts";
import { box, openBox, openSeal, seal } from "@/lib/crypto/seal.ts";
import { type CircleName, circleId, circleNumber, H } from "@/lib/proof/hash.ts";
import { BOX_BYTES, type BoxRow, type SealRow } from "@/lib/protocol/room.ts";

/** One helper whose part it is: his PUK of this generation. */
export type Helper = { readonly user: UserId; readonly gen: number };

/** What the ledger says of a helper's part; nobody who lacks the part can make another that fits (C6). */
export function shareHash(ws: WorkspaceId, owner: UserId, helper: UserId, share: CircleShare): Uint8Array {
  return H("circle-share", idBytes(ws), idBytes(owner), idBytes(helper), exposeSecret(share));
}

/** Every choice of `count` places out of `of`, each ascending, in lexicographic order. */
export function choices(of: number, count: number, from = 0): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  const all: (readonly number[])[] = [];
  for (let first = from; first <= of - count; first += 1)
    for (const rest of choices(of, count - 1, first + 1)) all.push([first, ...rest]);
  return all;
}

function maskOf(places: readonly number[]): number {
  return places.reduce((sum, place) => sum + 2 ** place, 0);
}

function boxKey({ ws, user }: CircleName, shares: readonly CircleShare[]): Uint8Array {
  return H("circle-box", idBytes(ws), idBytes(user), ...shares.map(exposeSecret));
}

function boxAd(circle: CircleName, places: readonly number[]): Uint8Array {
  return enc("box/circle", idBytes(circle.ws), idBytes(circle.user), circleId(circle), maskOf(places));
}

/** The code, boxed for every `threshold` of the helpers; `shares` in the order of the circle's helpers. */
export function boxCode(circle: CircleName, shares: readonly CircleShare[], code: RecoveryCode): BoxRow {
  const boxes = choices(circle.helpers.length, circle.threshold).map((places) => {
    const chosen = places.flatMap((place) => shares[place] ?? []);
    return box(boxKey(circle, chosen), boxAd(circle, places), exposeSecret(code));
  });
  const ct = toBase64url(concat(...boxes));
  return { purpose: "circle", scope: pukScope(circle.user), epoch: circleNumber(circle), ct };
}

/**
 * Every code that these parts open, once. The boxes come from people who could have made others: a code counts only when
 * it is the one in force in the ledger (C6).
 */
export function openCode(
  circle: CircleName,
  shares: ReadonlyMap<UserId, CircleShare>,
  boxes: Uint8Array,
): RecoveryCode[] {
  const found: RecoveryCode[] = [];
  for (const [i, places] of choices(circle.helpers.length, circle.threshold).entries()) {
    const chosen = places.flatMap((place) => shares.get(circle.helpers[place]?.user as UserId) ?? []);
    if (chosen.length < circle.threshold) continue;
    const ct = boxes.subarray(i * BOX_BYTES, (i + 1) * BOX_BYTES);
    const bytes = openBox(boxKey(circle, chosen), boxAd(circle, places), ct);
    if (bytes?.length !== SECRET_BYTES) continue;
    if (!found.some((one) => equal(exposeSecret(one), bytes))) found.push(secretFrom("recovery", bytes));
  }
  return found;
}

function sealCtx(circle: CircleName, { user, gen }: Helper): Uint8Array {
  return enc("seal/circle", idBytes(circle.ws), idBytes(circle.user), circleId(circle), "user", idBytes(user), gen);
}

/** Seals a part to its helper. Throws crypto/bad-kem-key. */
export function sealShare(circle: CircleName, to: Helper & { readonly pk: Uint8Array }, share: CircleShare): SealRow {
  return {
    purpose: "circle",
    scope: pukScope(circle.user),
    epoch: circleNumber(circle),
    to: "user",
    recipient: mintId<"recipient">(idBytes(to.user)),
    gen: to.gen,
    ct: toBase64url(seal(to.pk, sealCtx(circle, to), exposeSecret(share))),
  };
}

/** The helper's part out of its seal, if it is the one that the ledger names (C6). */
export function openShare(
  circle: CircleName,
  mine: Helper & { readonly seed: PukSeed },
  ct: Uint8Array,
): CircleShare | FaultCode {
  return accept(circle, mine.user, openSeal(mine.seed, sealCtx(circle, mine), ct));
}

function handCtx(circle: CircleName, helper: UserId, mailbox: MailboxId): Uint8Array {
  const { ws, user } = circle;
  return enc("seal/circle-part", idBytes(ws), idBytes(user), circleId(circle), idBytes(helper), idBytes(mailbox));
}

/** A part, sealed to the asker's fresh key. Throws crypto/bad-kem-key. */
export function handShare(
  circle: CircleName,
  helper: UserId,
  to: { readonly mailbox: MailboxId; readonly kem: Uint8Array },
  share: CircleShare,
): Uint8Array {
  return seal(to.kem, handCtx(circle, helper, to.mailbox), exposeSecret(share));
}

/** A part as it was handed over: crypto/bad-commitment for one that is not what the circle names. */
export function takeShare(
  circle: CircleName,
  helper: UserId,
  mine: { readonly mailbox: MailboxId; readonly seed: Secret<"circle-kem"> },
  ct: Uint8Array,
): CircleShare | FaultCode {
  return accept(circle, helper, openSeal(mine.seed, handCtx(circle, helper, mine.mailbox), ct));
}

function accept(circle: CircleName, helper: UserId, bytes: Uint8Array | null): CircleShare | FaultCode {
  if (bytes === null) return "crypto/cannot-open";
  const named = circle.helpers.find((one) => one.user === helper);
  if (named === undefined || bytes.length !== SECRET_BYTES) return "crypto/bad-commitment";
  const share = secretFrom("circle-share", bytes);
  return equal(shareHash(circle.ws, circle.user, helper, share), named.hash) ? share : "crypto/bad-commitment";
}
