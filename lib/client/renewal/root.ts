// A new root key for one who has a device and no recovery code: announced, put in force by an admin, given a code (PROTOCOL D7).
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import { ID_BYTES, mintId, type UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import { renewCircleInto } from "@/lib/client/circle/setting.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import { renewPuk } from "@/lib/client/keys/renew.ts";
import type { Actor, Draft } from "@/lib/client/ledger/draft.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import { sealPuk, signPop } from "@/lib/crypto/identity.ts";
import { mintSecret, type RecoveryCode, type RikSeed } from "@/lib/crypto/keys.ts";
import { boxRoot, mintRecoveryCode, recoveryKeys, recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { signPublic, signRootLink, signRootRenewal } from "@/lib/crypto/sign.ts";
import { activeDevices, currentPuk, owners } from "@/lib/proof/queries.ts";
import { type LedgerState, latest } from "@/lib/proof/state.ts";
import type { RecoveryPublic } from "@/lib/protocol/device.ts";
import type { Link } from "@/lib/protocol/link.ts";
import { dropHeld, type Held, keepHeld, makesRoot, readHeld } from "./held.ts";

/** Two at once would both hold the code out, the second perhaps after it was confirmed. */
const settling = new WeakMap<Keyring, Mutex>();
const NO_DEVICE = mintId<"device">(new Uint8Array(ID_BYTES));

/** True for the one owner there is: nobody else could put a root key of his in force, so he does (D7). */
export function isSoleOwner(state: LedgerState, user: UserId): boolean {
  const found = owners(state);
  return found.length === 1 && found[0] === user;
}

/**
 * Announces a new root key, signed by this device and by the key itself. A sole owner's comes into force with the same
 * batch; everybody else's waits for an admin. Repeating it while one of this device's waits changes nothing.
 */
export async function announceRoot(account: Parts, leaked: boolean): Promise<void> {
  const { me, keyring, book, rooms } = account;
  const { device } = keyring;
  const rik = await nextRoot(account, leaked);
  const root = signPublic(rik);
  const sign = (link: Link) =>
    link.type === "root_renew" ? signRootRenewal(link, device.secrets.sign, rik) : refuse(link);
  await book.append(async (draft) => {
    const pending = draft.state.users.get(me)?.pendingRoot ?? null;
    if (!makesRoot(rik, pending?.rik))
      draft.add({ kind: "U", type: "root_renew", body: { rik: root } }, me, { user: me, device: device.id, sign });
    if (!isSoleOwner(draft.state, me)) return;
    draft.add({ kind: "W", type: "rekey", body: { user: me, card: null, root } });
    await rooms.rotateAllInto(draft);
  });
  await settleRoot(account);
}

/** The key to announce: the one that waits already, as long as it was never announced and replaced, or a fresh one. */
async function nextRoot(account: Parts, leaked: boolean): Promise<RikSeed> {
  const held = await readHeld(account);
  const pending = account.state.users.get(account.me)?.pendingRoot ?? null;
  const free = held !== undefined && !account.state.taken.has(toBase64url(signPublic(held.rik)));
  const rik = held !== undefined && (free || makesRoot(held.rik, pending?.rik)) ? held.rik : mintSecret("rik");
  await keepHeld(account, { rik, leaked, code: null });
  return rik;
}

function refuse(link: Link): never {
  throw new Fault("proof/bad-signature", { detail: link.type });
}

/** Puts in force the root key that an admin has seen and asked about; another one than that is refused by the fold (D7). */
export async function approveRoot(account: Parts, user: UserId, root: string): Promise<void> {
  await account.book.append(async (draft) => {
    const person = draft.state.users.get(user);
    const pending = person?.pendingRoot ?? null;
    // What was shown was settled, or replaced by another, while the admin made up his mind.
    if (pending === null || toBase64url(pending.rik) !== root) throw new Fault("app/request-changed");
    draft.add({ kind: "W", type: "rekey", body: { user, card: null, root: pending.rik } });
    await account.rooms.rotateAllInto(draft);
  });
}

/**
 * Once this person's new root key is in force: makes the new recovery code, states it in the ledger, and hands key and
 * code to the keyring, where they stay until the code is confirmed (D3). Where the old code leaked, the per-user key
 * goes too, since whoever has the code may hold its seeds. Does nothing otherwise; may be called at any time.
 */
export async function settleRoot(account: Parts): Promise<void> {
  const mutex = settling.get(account.keyring) ?? new Mutex();
  settling.set(account.keyring, mutex);
  await mutex.run(() => settle(account));
}

async function settle(account: Parts): Promise<void> {
  const held = await readHeld(account);
  if (held === undefined || !makesRoot(held.rik, latest(account.state.users.get(account.me)?.rik ?? []))) return;
  const code = held.code ?? mintRecoveryCode();
  await keepHeld(account, { ...held, code });
  await account.rooms.fetchPuks();
  await account.book.append((draft) => stateCode(account, draft, held, code));
  await account.rooms.fetchPuks();
  await account.keyring.holdCode(held.rik, code);
  await dropHeld(account);
  account.changed("workspace");
}

async function stateCode(account: Parts, draft: Draft, { rik, leaked }: Held, code: RecoveryCode): Promise<void> {
  const { ws, me } = account;
  const before = draft.state.users.get(me)?.recovery ?? null;
  const keys = recoveryKeys(code, ws, (before?.gen ?? 0) + 1);
  // The batch had landed before, and its answer was lost (L3).
  if (before !== null && equal(before.auth, keys.public.auth)) return;
  const root = { user: me, device: NO_DEVICE, sign: (link: Link) => signRootLink(link, rik) };
  const recovery = keys.public;
  if (leaked) await resetKeys(account, draft, root, recovery);
  else {
    draft.add({ kind: "U", type: "recovery_set", body: { recovery } }, me, root);
    sealToCode(account, draft, recovery);
  }
  draft.boxes.push(boxRoot({ ws, user: me, gen: recovery.gen }, keys, rik));
  renewCircleInto(account, draft, code);
}

/** Seals of the present per-user key to the new code; older generations hang on it by their boxes. */
function sealToCode({ ws, me, keyring }: Parts, draft: Draft, recovery: RecoveryPublic): void {
  const gen = currentPuk(draft.state, me)?.gen ?? 0;
  const seed = keyring.puk(gen);
  if (seed === undefined) throw new Fault("crypto/no-key", { detail: `puk ${gen}` });
  const to = { to: "recovery", id: recoveryLoginId(recovery.auth), gen: recovery.gen, pk: recovery.kem } as const;
  draft.seals.push(sealPuk({ ws, user: me, gen }, seed, to));
}

/** Restates this person's devices with new recovery keys and the next per-user key: what a leaked code opened ends here. */
async function resetKeys(account: Parts, draft: Draft, root: Actor, recovery: RecoveryPublic): Promise<void> {
  const { ws, me, keyring } = account;
  const here = { device: keyring.device.public, pop: signPop(ws, me, keyring.device) };
  const others = activeDevices(draft.state, me).filter(({ id }) => id !== keyring.device.id);
  const devices = [here, ...others.map(({ keys }) => ({ device: keys, pop: null }))];
  await renewPuk(account, draft, (puk) =>
    draft.add({ kind: "U", type: "user_reset", body: { devices, puk, recovery } }, me, root),
  );
}
