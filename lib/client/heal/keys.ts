// Giving keys back to a server that lost them: seals and boxes made again from what this device holds, for those entitled now (PROTOCOL L10, E5).
import { isFault } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import { isEntitled } from "@/lib/client/keys/pleas.ts";
import { keptBeside } from "@/lib/client/ledger/beside.ts";
import { boxPreviousEpoch } from "@/lib/crypto/epoch.ts";
import { boxPreviousPuk, sealPuk } from "@/lib/crypto/identity.ts";
import type { EpochKey } from "@/lib/crypto/keys.ts";
import { recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { activeDevices, isAdminRole, isScopeMember, recipients, roleAt } from "@/lib/proof/queries.ts";
import type { EpochState, LedgerState, ScopeState } from "@/lib/proof/state.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";

type Rows = { seals: SealRow[]; boxes: BoxRow[] };

/** Who gives, and the ledger as the server knows it: that says who is entitled. */
type Giver = Pick<Parts, "ws" | "me" | "keyring" | "book" | "rooms" | "session" | "vault"> & {
  readonly state: LedgerState;
};

/** Lays beside the ledger what was lost there with the links after position `fell`. Net faults reject. */
export async function giveKeys(account: Giver, fell: number): Promise<void> {
  const rows: Rows = { seals: [], boxes: [] };
  for (const scope of account.state.scopes.values())
    if (isScopeMember(account.state, scope, account.me)) await addScope(account, scope, fell, rows);
  addOwn(account, rows);
  for (let i = 0; i < Math.max(rows.seals.length, rows.boxes.length); i += LIMITS.sealsPerWrite) {
    const part = { from: i, to: i + LIMITS.sealsPerWrite };
    const seals = rows.seals.slice(part.from, part.to);
    await account.session.call("keys.write", { seals, boxes: rows.boxes.slice(part.from, part.to) });
  }
  const { seals, boxes } = await keptBeside(account.vault);
  await giveSingly(account, [...seals, ...(await ofLeft(account, fell))], boxes);
}

/** For those who stayed in scopes that one left: seals of epochs that this device made there, which nobody else lays anew. */
async function ofLeft(account: Giver, fell: number): Promise<SealRow[]> {
  const found: SealRow[] = [];
  for (const scope of account.state.scopes.values()) {
    if (isScopeMember(account.state, scope, account.me)) continue;
    for (const epoch of scope.epochs.filter(({ n, device }) => n > fell && device === account.keyring.device.id)) {
      const key = await account.rooms.known(scope.id, epoch.epoch);
      if (key !== undefined) found.push(...sealsOf(account, scope, epoch, key, fell));
    }
  }
  return found;
}

async function addScope(account: Giver, scope: ScopeState, fell: number, rows: Rows): Promise<void> {
  for (const epoch of scope.epochs) {
    const newest = epoch.epoch === scope.epochs.length;
    if (epoch.n <= fell && !newest) continue;
    const key = await account.rooms.known(scope.id, epoch.epoch);
    if (key === undefined) continue;
    rows.seals.push(...sealsOf(account, scope, epoch, key, fell));
    const previous = epoch.hist === "chain" ? await account.rooms.known(scope.id, epoch.epoch - 1) : undefined;
    const name = { ws: account.ws, scope: scope.id, epoch: epoch.epoch };
    if (epoch.n > fell && previous !== undefined) rows.boxes.push(boxPreviousEpoch(name, key, previous));
  }
}

/**
 * Seals by whoever made them before: the rotator's device for all, who added somebody for him, everyone for himself.
 * Whoever is left out so asks for the key (E7).
 */
function sealsOf(account: Giver, scope: ScopeState, epoch: EpochState, key: EpochKey, fell: number): SealRow[] {
  const { state, me, keyring, book } = account;
  const name = { ws: account.ws, scope: scope.id, epoch: epoch.epoch };
  const rotated = epoch.device === keyring.device.id;
  const lost = (since: number) => epoch.n > fell || since > fell;
  const wanted = recipients(state, scope.id).filter((reader) => {
    if (reader.kind === "invite") {
      const by = [...state.invites.values()].find((one) => one.id === reader.id)?.by;
      const mine = by === me || isAdminRole(roleAt(state, me));
      return mine && epoch.epoch === scope.epochs.length;
    }
    const user = reader.id as string as UserId;
    if (!isEntitled(state, { scope: scope.id, epoch: epoch.epoch, user })) return false;
    const since = memberSince(account, scope, user);
    return lost(since) && (user === me || rotated || book.actorOf(since) === me);
  });
  return account.rooms.sealAll(name, key, wanted);
}

function memberSince(account: Giver, scope: ScopeState, user: UserId): number {
  const joined = account.state.users.get(user)?.joinedAt ?? 0;
  return scope.kind === "workspace" ? joined : (scope.named.get(user)?.at(-1)?.n ?? joined);
}

/** Seeds of one's own keys, for one's devices and the recovery key. */
function addOwn(account: Giver, rows: Rows): void {
  const { ws, me: user, keyring, state } = account;
  const recovery = state.users.get(user)?.recovery ?? null;
  const known = new Set(state.users.get(user)?.puks.map(({ value }) => value.gen));
  for (const gen of keyring.generations) {
    const seed = keyring.puk(gen);
    const before = keyring.puk(gen - 1);
    if (seed === undefined || !known.has(gen)) continue;
    const name = { ws, user, gen };
    for (const { id, keys } of activeDevices(state, user))
      rows.seals.push(sealPuk(name, seed, { to: "device", id, gen: 0, pk: keys.kem }));
    if (recovery !== null)
      rows.seals.push(
        sealPuk(name, seed, {
          to: "recovery",
          id: recoveryLoginId(recovery.auth),
          gen: recovery.gen,
          pk: recovery.kem,
        }),
      );
    if (before !== undefined) rows.boxes.push(boxPreviousPuk(name, seed, before));
  }
}

/** Each by itself: what the ledger no longer vouches for is passed over. */
async function giveSingly(account: Giver, seals: readonly SealRow[], boxes: readonly BoxRow[]): Promise<void> {
  const each: Rows[] = [
    ...seals.map((seal) => ({ seals: [seal], boxes: [] })),
    ...boxes.map((box) => ({ seals: [], boxes: [box] })),
  ];
  for (const one of each) {
    try {
      await account.session.call("keys.write", one);
    } catch (thrown) {
      if (!isFault(thrown, "may/forbidden")) throw thrown;
    }
  }
}
