// Keys at the end of a run: the same for all who have them, and for those who are out nothing that came later (invariants 2, 6, 7).
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { ScopeId } from "@/lib/base/ids.ts";
import { sortable } from "@/lib/client/vault.ts";
import { openEpochSeal } from "@/lib/crypto/epoch.ts";
import { openPukSeal, pukPublic } from "@/lib/crypto/identity.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { deviceOf } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { SealRow } from "@/lib/protocol/room.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";
import { type Hoard, hoardOf } from "./formers.ts";
import { outSince, readableEpochs } from "./truth.ts";

/** Epoch keys that count, in base64url, by "scope/epoch". */
type Keys = ReadonlyMap<string, string>;

/** The key of every epoch, from whoever may have it; a fault where two have different ones, or one has none. */
async function trueKeys(stage: Stage, truth: LedgerState, seats: readonly Seat[]): Promise<Keys> {
  const keys = new Map<string, string>();
  for (const seat of seats) {
    const { rooms, me } = stage.accountOf(seat);
    for (const scope of truth.scopes.values())
      for (const epoch of readableEpochs(truth, scope, me)) {
        const name = `${scope.id}/${sortable(epoch)}`;
        const key = await stage.goOn(seat, "a key", rooms.find(scope.id, epoch));
        if (key === undefined) {
          stage.wrong(
            seat,
            `${seat.device.name} has no key of epoch ${epoch} of ${scope.kind} ${scope.id.slice(0, 5)}`,
          );
          continue;
        }
        const text = toBase64url(exposeSecret(key));
        if ((keys.get(name) ?? text) !== text) stage.fault(`${seat.device.name} has another key of ${name}`);
        keys.set(name, text);
      }
  }
  return keys;
}

/** Every device's store as it is now: of those that run, of those that lie in a drawer or with a thief, of those wiped since. */
async function hoards(stage: Stage): Promise<Hoard[]> {
  const found = [...stage.formers.all];
  for (const seat of stage.seats) {
    const { device } = seat;
    if (device.engine === null) {
      device.way.cut = true;
      device.open();
      await stage.time.drain();
    }
    if (seat.account !== undefined) found.push(await hoardOf(device.name, seat.account));
    if (seat.lost) device.crash();
  }
  return found;
}

/** Epochs of a scope that a device must not be able to open: all that came after it, or its person, was out. */
function forbidden(truth: LedgerState, hoard: Hoard, id: ScopeId): number[] {
  const scope = truth.scopes.get(id);
  if (scope === undefined) return [];
  const out = outSince(truth, scope, hoard.user, hoard.device);
  const readable = readableEpochs(truth, scope, hoard.user);
  return scope.epochs
    .filter(({ epoch, n }) => (out === null ? !readable.has(epoch) && !wasIn(truth, id, hoard, n) : n > out))
    .map(({ epoch }) => epoch);
}

/** He was in at that epoch once, before he lost all his keys: devices of his from then may hold it still. */
function wasIn(truth: LedgerState, id: ScopeId, hoard: Hoard, n: number): boolean {
  const reborn = truth.users.get(hoard.user)?.rekeyedAt.at(-1) ?? 0;
  return n <= reborn && truth.scopes.has(id);
}

/** By the secrets themselves: what a device holds, and every seal to its person that any seed of his opens. */
function judgeHoard(stage: Stage, truth: LedgerState, hoard: Hoard, keys: Keys, seals: readonly SealRow[]): void {
  // Of whoever came in a history that was given up the ledger says nothing.
  if (stage.givenUp && !truth.deviceOwner.has(hoard.device)) return;
  for (const scope of truth.scopes.values()) {
    const shut = new Set(forbidden(truth, hoard, scope.id));
    for (const epoch of shut) {
      const name = `${scope.id}/${sortable(epoch)}`;
      if (keys.has(name) && hoard.keys.get(name) === keys.get(name))
        stage.fault(`${hoard.name} holds epoch ${epoch} of ${scope.kind} ${scope.id.slice(0, 5)}, which came after it`);
    }
    for (const row of seals) {
      if (row.purpose !== "epoch" || row.scope !== scope.id || !shut.has(row.epoch)) continue;
      if ((row.recipient as string) !== hoard.user) continue;
      const kc = scope.epochs[row.epoch - 1]?.kc ?? new Uint8Array();
      for (const seed of hoard.puks.values()) {
        const mine = { to: "user", id: hoard.user, gen: row.gen, seed } as const;
        if (typeof openEpochSeal({ ws: truth.ws, scope: scope.id, epoch: row.epoch, kc }, row, mine) !== "string")
          stage.fault(`${hoard.name} opens a seal of epoch ${row.epoch} of ${scope.kind}, which came after it`);
      }
    }
  }
  judgePuks(stage, truth, hoard, seals);
}

/** A device that was retired gets no later per-user key (D2). */
function judgePuks(stage: Stage, truth: LedgerState, hoard: Hoard, seals: readonly SealRow[]): void {
  const revoked = deviceOf(truth, hoard.device)?.revokedAt ?? null;
  if (revoked === null) return;
  for (const { n, value } of truth.users.get(hoard.user)?.puks ?? []) {
    if (n < revoked) continue;
    const held = hoard.puks.get(value.gen);
    if (held !== undefined && equal(pukPublic(held, value.gen).pk, value.pk))
      stage.fault(`${hoard.name} holds PUK ${value.gen}, which came after it`);
    for (const row of seals) {
      if (row.purpose !== "puk" || row.epoch !== value.gen || (row.recipient as string) !== hoard.device) continue;
      const name = { ws: truth.ws, user: hoard.user, gen: value.gen, pk: value.pk };
      const mine = { to: "device", id: hoard.device, gen: row.gen, seed: hoard.deviceKem } as const;
      if (typeof openPukSeal(name, row, mine) !== "string")
        stage.fault(`${hoard.name} opens PUK ${value.gen}, which came after it`);
    }
  }
}

/** Every seal that lies at the server. */
function sealsOf(stage: Stage): SealRow[] {
  const rows = stage.host.database.prepare("select * from seals").all() as Record<string, unknown>[];
  const id = (value: unknown) => toBase64url(new Uint8Array(value as Buffer));
  return rows.map((row) => ({
    purpose: row.purpose,
    scope: id(row.scope),
    epoch: row.epoch,
    to: row.to,
    recipient: id(row.recipient),
    gen: row.gen,
    ct: id(row.ct),
  })) as unknown as SealRow[];
}

export async function judgeKeys(stage: Stage, truth: LedgerState, seats: readonly Seat[]): Promise<void> {
  const keys = await trueKeys(stage, truth, seats);
  const seals = sealsOf(stage);
  for (const hoard of await hoards(stage)) judgeHoard(stage, truth, hoard, keys, seals);
}
