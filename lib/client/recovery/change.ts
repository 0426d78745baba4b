// A new recovery code for the old: the old one opens the root key once more, and nothing after (PROTOCOL D4).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import { renewCircleInto } from "@/lib/client/circle/setting.ts";
import { mintDevice, sealPuk } from "@/lib/crypto/identity.ts";
import type { RecoveryCode, RikSeed } from "@/lib/crypto/keys.ts";
import { boxRoot, mintRecoveryCode, recoveryKeys, recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { currentPuk } from "@/lib/proof/queries.ts";
import { openAccount, readWords, rootActor, signInByCode } from "./open.ts";

/** Replaces the code in force. The new one is kept here, unconfirmed, before the ledger hears of it. */
export async function changeRecoveryCode(account: Parts, words: string): Promise<void> {
  const old = readWords(words);
  const { ws } = account;
  await account.book.sync();
  const inForce = account.state.users.get(account.me)?.recovery ?? null;
  if (inForce === null || !equal(recoveryKeys(old, ws, 1).public.auth, inForce.auth))
    throw new Fault("recovery/not-in-force");
  const claim = await signInByCode(account.ports, old, ws);
  if (claim === undefined) throw new Fault("recovery/not-in-force");
  const { user, rik } = await openAccount(account.ports, null, { ...claim, ws }, mintDevice());
  if (user !== account.me) throw new Fault("recovery/bad-box", { detail: "person" });
  await setCode(account, rik, mintRecoveryCode());
}

/** Puts a code in force by the root key: its box of the root key and the newest PUK lie in the same batch (D3). */
async function setCode(account: Parts, rik: RikSeed, code: RecoveryCode): Promise<void> {
  const { book, keyring, rooms, ws, me } = account;
  await rooms.fetchPuks();
  await keyring.offerCode(code);
  await book.append((draft) => {
    const gen = (draft.state.users.get(me)?.recovery?.gen ?? 0) + 1;
    const keys = recoveryKeys(code, ws, gen);
    const puk = currentPuk(draft.state, me);
    const seed = puk === null ? undefined : keyring.puk(puk.gen);
    if (puk === null || seed === undefined) throw new Fault("crypto/no-key", { detail: "puk" });
    draft.add({ kind: "U", type: "recovery_set", body: { recovery: keys.public } }, me, rootActor(me, rik));
    draft.boxes.push(boxRoot({ ws, user: me, gen }, keys, rik));
    const to = { to: "recovery", id: recoveryLoginId(keys.public.auth), gen, pk: keys.public.kem } as const;
    draft.seals.push(sealPuk({ ws, user: me, gen: puk.gen }, seed, to));
    renewCircleInto(account, draft, code);
  });
  await settleCode(account);
}

/** Takes the code offered here once the ledger has it: a lost answer or a crash must not lose the words. */
export async function settleCode(account: Parts): Promise<void> {
  const inForce = account.state.users.get(account.me)?.recovery ?? null;
  const { offeredCode } = account.keyring;
  if (offeredCode === null || inForce === null) return;
  if (!equal(recoveryKeys(offeredCode, account.ws, inForce.gen).public.auth, inForce.auth)) return;
  await account.keyring.takeCode();
  account.changed("workspace");
}
