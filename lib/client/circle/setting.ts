// One's own recovery circle: chosen with the recovery code at hand, said again to stop helpers, ended (PROTOCOL D6).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { readWords } from "@/lib/client/recovery/open.ts";
import { boxCode, sealShare, shareHash } from "@/lib/crypto/circle/shares.ts";
import { mintSecret, type RecoveryCode } from "@/lib/crypto/keys.ts";
import { recoveryKeys } from "@/lib/crypto/recovery.ts";
import type { CircleName } from "@/lib/proof/hash.ts";
import { currentPuk, isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { candidatesFor } from "./standing.ts";

type Choice = { readonly helpers: readonly UserId[]; readonly threshold: number };

/** Sets or changes the circle: new parts for all, whoever had one before. */
export async function setCircle(account: Parts, { words, ...choice }: Choice & { words: string }): Promise<void> {
  const code = readWords(words);
  await account.book.sync();
  await account.book.append((draft) => {
    const { state } = draft;
    const inForce = state.users.get(account.me)?.recovery ?? null;
    if (inForce === null || !equal(recoveryKeys(code, account.ws, 1).public.auth, inForce.auth))
      throw new Fault("recovery/not-in-force");
    const free = new Set(candidatesFor(state, account.me));
    const { helpers, threshold } = choice;
    const fits = threshold >= LIMITS.circleThreshold && threshold <= helpers.length;
    const once = new Set(helpers).size === helpers.length && helpers.length <= LIMITS.circleHelpers;
    const inside = isInsideRole(roleAt(state, account.me));
    if (!inside || !fits || !once || !helpers.every((user) => free.has(user))) throw new Fault("circle/bad-helpers");
    circleInto(account, draft, code, choice);
  });
}

/** The circle with fresh parts, their seals, and the boxes of this code. */
function circleInto({ ws, me }: Parts, draft: Draft, code: RecoveryCode, { helpers, threshold }: Choice): void {
  const shares = helpers.map(() => mintSecret("circle-share"));
  const named = helpers.map((user, i) => {
    const share = shares[i] ?? mintSecret("circle-share");
    return { user, hash: shareHash(ws, me, user, share), share };
  });
  const body = { threshold, helpers: named.map(({ user, hash }) => ({ user, hash })) };
  const circle: CircleName = { ws, user: me, ...body };
  draft.add({ kind: "U", type: "circle_set", body }, me);
  for (const { user, share } of named) {
    const puk = currentPuk(draft.state, user);
    if (puk === null) throw new Fault("circle/bad-helpers");
    draft.seals.push(sealShare(circle, { user, ...puk }, share));
  }
  draft.boxes.push(boxCode(circle, shares, code));
}

/** A new code makes the circle's boxes worthless: in the same batch it gets new ones, with those helpers who are left. */
export function renewCircleInto(account: Parts, draft: Draft, code: RecoveryCode): void {
  const circle = draft.state.users.get(account.me)?.circle ?? null;
  if (circle === null) return;
  const free = new Set(candidatesFor(draft.state, account.me));
  const helpers = circle.helpers.map(({ user }) => user).filter((user) => free.has(user));
  if (helpers.length >= circle.threshold) circleInto(account, draft, code, { helpers, threshold: circle.threshold });
  else draft.add({ kind: "U", type: "circle_set", body: { threshold: 0, helpers: [] } }, account.me);
}

export async function endCircle(account: Parts): Promise<void> {
  await account.book.append((draft) => {
    if ((draft.state.users.get(account.me)?.circle ?? null) === null) return;
    draft.add({ kind: "U", type: "circle_set", body: { threshold: 0, helpers: [] } }, account.me);
  });
}

/**
 * The veto: the circle is said again as it is, and every request from before that is over for the helpers' clients. It
 * stands in the ledger, so that a server can't keep it from one helper alone. A circle that names somebody who is out
 * can't be said again, and ends.
 */
export async function stopAsks(account: Parts): Promise<void> {
  await account.book.append((draft) => {
    const circle = draft.state.users.get(account.me)?.circle ?? null;
    if (circle === null) throw new Fault("circle/none");
    const whole = circle.helpers.every(({ user }) => roleAt(draft.state, user) !== null);
    const body = whole ? { ...circle, helpers: [...circle.helpers] } : { threshold: 0, helpers: [] };
    draft.add({ kind: "U", type: "circle_set", body }, account.me);
  });
}
