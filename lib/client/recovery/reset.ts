// Getting back in: the code's root key restates devices and PUK, and every scope rotates in the same batch (PROTOCOL D2, E10).
import { Fault } from "@/lib/base/errors.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { RecoveryCommands, RecoveryPreview } from "@/lib/client/api/recovery.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { Keyring } from "@/lib/client/keys/keyring.ts";
import { renewPuk } from "@/lib/client/keys/renew.ts";
import { Rooms } from "@/lib/client/keys/rooms.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { type Device, mintDevice, signPop } from "@/lib/crypto/identity.ts";
import type { RecoveryCode, RikSeed } from "@/lib/crypto/keys.ts";
import { wordsOf, wordTags } from "@/lib/crypto/recovery.ts";
import { activeDevices, deviceActiveAt } from "@/lib/proof/queries.ts";
import type { PukPublic } from "@/lib/protocol/device.ts";
import { deedsOf } from "./deeds.ts";
import { claimsOf, openAccount, readWords, rootActor } from "./open.ts";
import { Staging } from "./staging.ts";

/** What the words open, in each workspace of this server; nothing changes. */
export async function inspectRecovery(host: Host, words: string): Promise<RecoveryPreview[]> {
  const claims = await claimsOf(host.ports, readWords(words));
  const previews: RecoveryPreview[] = [];
  for (const claim of claims) {
    const { user, book } = await openAccount(host.ports, null, claim, mintDevice());
    const here = host.accounts.get(claim.ws)?.keyring.device.id;
    const devices = activeDevices(book.state, user).map(({ id, addedAt }) => ({
      id,
      addedAt: book.timeOf(addedAt),
      here: id === here,
    }));
    const ledgerAt = book.timeOf(book.valid().at(-1)?.n ?? 0);
    previews.push({ ws: claim.ws, user, ledgerAt, devices, deeds: deedsOf(book, user) });
  }
  return previews;
}

/** Recovers into this profile. All that is new lies in memory until the ledger has it; then it replaces what was here. */
export async function recoverAccount(
  host: Host,
  input: Parameters<RecoveryCommands["recoverAccount"]>[0],
): Promise<Account> {
  const code = readWords(input.words);
  const claims = await claimsOf(host.ports, code);
  const claim = claims.find(({ ws }) => input.ws === null || ws === input.ws);
  if (claim === undefined) throw new Fault("recovery/no-account");
  const staging = await Staging.open();
  const device = mintDevice();
  const { user, book, rik, puks } = await openAccount(host.ports, staging.vault, claim, device);
  const former = host.accounts.get(claim.ws);
  if (former !== undefined && former.me !== user) throw new Fault("recovery/other-person");
  if (former !== undefined && deviceActiveAt(book.state, former.keyring.device.id))
    return await resetFromHere(former, { rik, code, signOutOthers: input.signOutOthers });
  const keyring = await Keyring.create(staging.vault, {
    ws: claim.ws,
    user,
    device,
    puks,
    ...(input.unwritten === true ? { rik, code, tags: [] } : { rik: null, code: null, tags: wordTags(wordsOf(code)) }),
    founder: false,
  });
  const rooms = new Rooms({
    vault: staging.vault,
    session: claim.session,
    book,
    keyring,
    clock: host.ports.clock,
    skipped: () => undefined,
    plead: () => undefined,
    written: () => 0,
  });
  const act = { keyring, rooms, book, rik, device, signOutOthers: input.signOutOthers };
  await resetBy(act);
  await rooms.fetchPuks();
  await keyring.remindFrom(host.ports.clock.now(), book.state.users.get(user)?.recovery?.gen ?? 1);
  const part = await host.makeRoom(claim.ws);
  await staging.moveTo(part);
  const fresh = host.adopt(await Keyring.load(part), part);
  await fresh.load();
  await host.enlist(fresh);
  return fresh;
}

/** This device is in still: it keeps all it holds, and the others go where that is asked (D2, a stolen device). */
async function resetFromHere(
  account: Account,
  { rik, code, signOutOthers }: { rik: RikSeed; code: RecoveryCode; signOutOthers: boolean },
): Promise<Account> {
  const { keyring, rooms, book, me } = account;
  await book.sync();
  await rooms.fetchPuks();
  await resetBy({ keyring, rooms, book, rik, device: keyring.device, signOutOthers });
  await rooms.fetchPuks();
  await keyring.confirmCode(wordTags(wordsOf(code)));
  await keyring.remindFrom(account.ports.clock.now(), book.state.users.get(me)?.recovery?.gen ?? 1);
  account.changed("workspace");
  return account;
}

type Act = {
  readonly keyring: Keyring;
  readonly rooms: Rooms;
  readonly book: Book;
  readonly rik: RikSeed;
  readonly device: Device;
  readonly signOutOthers: boolean;
};

async function resetBy({ keyring, rooms, book, rik, device, signOutOthers }: Act): Promise<void> {
  const by = rootActor(keyring.user, rik);
  await book.append(async (draft) => {
    const devices = restated(draft, keyring, device, signOutOthers);
    const act = (puk: PukPublic) =>
      draft.add({ kind: "U", type: "user_reset", body: { devices, puk, recovery: null } }, keyring.user, by);
    await renewPuk({ keyring, rooms }, draft, act);
  });
}

/** This device first, with its proof; of the others those that stay. */
function restated(draft: Draft, { ws, user }: Keyring, device: Device, signOutOthers: boolean) {
  const here = { device: device.public, pop: signPop(ws, user, device) };
  const others = signOutOthers ? [] : activeDevices(draft.state, user).filter(({ id }) => id !== device.id);
  return [here, ...others.map(({ keys }) => ({ device: keys, pop: null }))];
}
