// Which seals and boxes a person may lay beside the ledger: hints only, but never about what is not his (PROTOCOL E2, E5).
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { DeviceId, InviteId, ScopeId, UserId } from "@/lib/base/ids.ts";
import { circleNumber } from "@/lib/proof/hash.ts";
import { deviceActiveAt, isOpenAt, isScopeMember } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { KeyEntries } from "@/server/store/port.ts";

export type KeyRows = { readonly seals: readonly SealRow[]; readonly boxes: readonly BoxRow[] };

/** Rows of a request as they are stored, each with who brought it. */
export function toKeyEntries(rows: KeyRows, giver: UserId): KeyEntries {
  return {
    seals: rows.seals.map((seal) => ({ ...seal, giver, ct: fromJson(seal.ct) })),
    boxes: rows.boxes.map((box) => ({ ...box, giver, ct: fromJson(box.ct) })),
  };
}

/** Null when every row is about a scope of the giver, an epoch that exists, and a recipient whom the ledger vouches for. */
export function judgeKeys(state: LedgerState, rows: KeyRows, giver: UserId): FaultCode | null {
  const fine =
    rows.seals.every((seal) => mayGiveSeal(state, seal, giver)) &&
    rows.boxes.every((box) => mayGiveBox(state, box, giver));
  return fine ? null : "may/forbidden";
}

/** The same as a throw, for those who have the state at hand. */
export function assertKeys(state: LedgerState, rows: KeyRows, giver: UserId): void {
  const code = judgeKeys(state, rows, giver);
  if (code !== null) throw new Fault(code);
}

const isOwn = (scope: ScopeId, user: UserId): boolean => (scope as string) === user;

function mayGiveSeal(state: LedgerState, seal: SealRow, giver: UserId): boolean {
  const to: string = seal.recipient;
  if (seal.purpose === "epoch") {
    const scope = knownEpoch(state, seal.scope, seal.epoch, giver);
    if (scope === undefined) return false;
    if (seal.to === "user") return isScopeMember(state, scope, to as UserId);
    const invite = state.invites.get(to as InviteId);
    return seal.to === "invite" && scope.kind === "workspace" && invite !== undefined && isOpenAt(invite, state.n);
  }
  if (seal.purpose === "circle") {
    const helper = state.users.get(giver)?.circle?.helpers.some((one) => one.user === to) ?? false;
    return seal.to === "user" && helper && isOwn(seal.scope, giver) && seal.epoch === circleInForce(state, giver);
  }
  if (!isOwn(seal.scope, giver) || !knownGeneration(state, giver, seal.epoch)) return false;
  if (seal.to === "recovery") return true;
  const device = to as DeviceId;
  return seal.to === "device" && state.deviceOwner.get(device) === giver && deviceActiveAt(state, device);
}

function mayGiveBox(state: LedgerState, box: BoxRow, giver: UserId): boolean {
  if (box.purpose === "prev") return knownEpoch(state, box.scope, box.epoch, giver) !== undefined;
  if (box.purpose === "invite") return state.invites.get(box.scope as string as InviteId)?.by === giver;
  if (!isOwn(box.scope, giver)) return false;
  if (box.purpose === "circle") return box.epoch === circleInForce(state, giver);
  return box.purpose === "root" || knownGeneration(state, giver, box.epoch);
}

/** The number of a person's circle, under which its rows lie; null where there is none (D6). */
export function circleInForce(state: LedgerState, user: UserId): number | null {
  const circle = state.users.get(user)?.circle ?? null;
  return circle === null ? null : circleNumber({ ws: state.ws, user, ...circle });
}

/** A scope of the giver, or one in which he made this epoch while he was in: he gives back what he gave then (L10). */
function knownEpoch(state: LedgerState, id: ScopeId, epoch: number, giver: UserId) {
  const scope = state.scopes.get(id);
  const made = scope?.epochs[epoch - 1];
  if (scope === undefined || made === undefined) return undefined;
  return isScopeMember(state, scope, giver) || state.deviceOwner.get(made.device) === giver ? scope : undefined;
}

function knownGeneration(state: LedgerState, user: UserId, gen: number): boolean {
  return state.users.get(user)?.puks.some((entry) => entry.value.gen === gen) ?? false;
}
