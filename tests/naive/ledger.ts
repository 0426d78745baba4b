// A second, naive reading of the ledger for tests: no state at all, every question is answered by going through all links
// again. Written from the protocol's text; shares no code with lib/proof (PROTOCOL 3, 4, 7).
import type { Card } from "@/lib/protocol/device.ts";
import { cardStructure } from "@/lib/protocol/device.ts";
import type { Link, SignedLink, Stub } from "@/lib/protocol/link.ts";
import { encode, hash, idOf, raw } from "./bytes.ts";

/** One place of the ledger. Void links stay, with `valid` false. */
export type Place = {
  readonly n: number;
  readonly stub: Stub;
  readonly link: Link;
  readonly signed: SignedLink;
  readonly valid: boolean;
};
export type Ledger = readonly Place[];
type Role = "owner" | "admin" | "member" | "guest";

// ---------- links ----------
/** The valid links up to and with n. Places do not change, so this much may be remembered. */
function until(ledger: Ledger, n: number): readonly Place[] {
  const known = lists.get(ledger) ?? new Map<number, readonly Place[]>();
  lists.set(ledger, known);
  const found = known.get(n) ?? ledger.slice(0, n).filter((place) => place.valid);
  known.set(n, found);
  return found;
}
const lists = new WeakMap<Ledger, Map<number, readonly Place[]>>();

const parsed = new WeakMap<Link, Card | null>();

export function cardIn(link: Link): Card | null {
  const known = parsed.get(link);
  if (known !== undefined) return known;
  const card = "card" in link.body && link.body.card !== null ? cardStructure.parse(link.body.card.card) : null;
  parsed.set(link, card);
  return card;
}

export function workspaceOf(ledger: Ledger): string {
  const first = ledger[0];
  return first === undefined ? "" : idOf(first.stub.hash, 32);
}
export function workspaceScopeOf(ledger: Ledger): string {
  return idOf(raw(workspaceOf(ledger)));
}
export function deviceIdOf(keys: { sign: Uint8Array; kem: Uint8Array }): string {
  return idOf(hash("device", keys.sign, keys.kem));
}

// ---------- people ----------
export function people(ledger: Ledger, n: number): string[] {
  const found: string[] = [];
  for (const { link } of until(ledger, n)) {
    const card = cardIn(link);
    if (card !== null && link.type !== "rekey") found.push(card.user);
  }
  return found;
}

export function role(ledger: Ledger, user: string, n: number): Role | null {
  let now: Role | null = null;
  let last: Role | null = null;
  for (const { link } of until(ledger, n)) {
    const card = cardIn(link);
    if (link.type === "ws_create" && card?.user === user) now = "owner";
    if ((link.type === "member_add" || link.type === "member_join") && card?.user === user) {
      for (const other of until(ledger, n))
        if (other.link.type === "invite_create" && other.link.body.invite === link.body.invite)
          now = other.link.body.role;
    }
    if (link.type === "member_remove" && link.body.user === user) now = null;
    if (link.type === "member_restore" && link.body.user === user) now = last === "guest" ? "guest" : "member";
    if (link.type === "role_set" && link.body.user === user) now = link.body.role;
    if (now !== null) last = now;
  }
  return now;
}

export function everRole(ledger: Ledger, user: string, n: number): Role | null {
  for (let m = n; m > 0; m -= 1) {
    const then = role(ledger, user, m);
    if (then !== null) return then;
  }
  return null;
}
export const isAdmin = (r: Role | null): boolean => r === "owner" || r === "admin";
export const isInside = (r: Role | null): boolean => r === "owner" || r === "admin" || r === "member";

/** Root key in force, and the one announced. */
export function roots(ledger: Ledger, user: string, n: number): { rik: Uint8Array | null; pending: Uint8Array | null } {
  let rik: Uint8Array | null = null;
  let pending: Uint8Array | null = null;
  let announcer = "";
  for (const { link } of until(ledger, n)) {
    const card = cardIn(link);
    if (card?.user === user) [rik, pending] = [card.rik, null];
    if (link.type === "root_renew" && link.user === user) [pending, announcer] = [link.body.rik, link.device];
    if (link.type === "device_revoke" && link.body.device === announcer) pending = null;
    if (link.type === "user_reset" && link.user === user) pending = null;
    if (link.type === "rekey" && link.body.user === user && link.body.root !== null)
      [rik, pending] = [link.body.root, null];
  }
  return { rik, pending };
}

/** Every root key that ever was anybody's, in force or announced. */
export function allRoots(ledger: Ledger, n: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const { link } of until(ledger, n)) {
    const card = cardIn(link);
    if (card !== null) found.push(card.rik);
    if (link.type === "root_renew") found.push(link.body.rik);
  }
  return found;
}

export function puk(ledger: Ledger, user: string, n: number): { gen: number; pk: Uint8Array } | null {
  let found: { gen: number; pk: Uint8Array } | null = null;
  for (const { link } of until(ledger, n)) {
    const card = cardIn(link);
    if (card?.user === user) found = card.puk;
    if ((link.type === "device_revoke" || link.type === "user_reset") && link.user === user) found = link.body.puk;
  }
  return found;
}

export function recoveryGen(ledger: Ledger, user: string, n: number): number {
  let gen = 0;
  for (const { link } of until(ledger, n)) {
    const card = cardIn(link);
    if (card?.user === user) gen = card.recovery?.gen ?? 0;
    if ((link.type === "user_reset" || link.type === "recovery_set") && link.user === user)
      gen = link.body.recovery?.gen ?? gen;
  }
  return gen;
}

// ---------- devices ----------
export type Device = {
  readonly id: string;
  readonly user: string;
  readonly sign: Uint8Array;
  readonly active: boolean;
};

/** Every device that was ever added up to n. Active: not revoked, and its owner is a member. */
export function devices(ledger: Ledger, n: number): Device[] {
  const found = new Map<string, { user: string; sign: Uint8Array; gone: boolean }>();
  const add = (user: string, keys: { sign: Uint8Array; kem: Uint8Array }) => {
    const id = deviceIdOf(keys);
    if (!found.has(id)) found.set(id, { user, sign: keys.sign, gone: false });
  };
  for (const { link } of until(ledger, n)) {
    const card = cardIn(link);
    if (card !== null) {
      for (const device of found.values()) if (device.user === card.user) device.gone = true;
      add(card.user, card.device);
    }
    if (link.type === "device_add") add(link.user, link.body.device);
    if (link.type === "device_revoke")
      for (const [id, device] of found) if (id === link.body.device) device.gone = true;
    if (link.type === "user_reset") {
      const stated = link.body.devices.map(({ device }) => deviceIdOf(device));
      for (const [id, device] of found) if (device.user === link.user && !stated.includes(id)) device.gone = true;
      for (const { device } of link.body.devices) add(link.user, device);
    }
  }
  return [...found].map(([id, { user, sign, gone }]) => ({
    id,
    user,
    sign,
    active: !gone && role(ledger, user, n) !== null,
  }));
}

// ---------- policy, invites, channels ----------
export function policy(ledger: Ledger, n: number) {
  let found = { invites: "admins", channels: "members", minVersion: 1, minSuite: 1 };
  for (const { link } of until(ledger, n)) {
    if (link.type === "ws_create") found = link.body.policy;
    if (link.type === "policy_set") found = link.body;
  }
  return found;
}

export function invite(ledger: Ledger, id: string, n: number) {
  for (const place of until(ledger, n))
    if (place.link.type === "invite_create" && place.link.body.invite === id)
      return { ...place.link.body, by: place.link.user as string, n: place.n };
  return null;
}

export function inviteIds(ledger: Ledger, n: number): string[] {
  return until(ledger, n).flatMap(({ link }) => (link.type === "invite_create" ? [link.body.invite as string] : []));
}

/** Open: made, not closed, not used up; nothing went since that closes it. */
export function isOpen(ledger: Ledger, id: string, n: number): boolean {
  const made = invite(ledger, id, n);
  if (made === null) return false;
  let uses = 0;
  for (const place of until(ledger, n)) {
    if (place.n <= made.n) continue;
    const { link } = place;
    if (link.type === "invite_close" && link.body.invite === id) return false;
    if ((link.type === "member_add" || link.type === "member_join") && link.body.invite === id) uses += 1;
    const goes = ["member_remove", "device_revoke", "user_reset", "rekey"].includes(link.type);
    if (goes && made.mode === "instant") return false;
    if (link.type === "member_remove" && link.body.user === made.by) return false;
    if (link.type === "role_set" && link.body.user === made.by && !isAdmin(link.body.role)) {
      const mayStill = made.mode === "approval" && link.body.role === "member";
      if (!mayStill || policy(ledger, place.n).invites !== "members") return false;
    }
  }
  return uses < made.maxUses;
}

export function channel(ledger: Ledger, id: string, n: number) {
  let found: { creator: string; archived: boolean; post: string } | null = null;
  for (const { link } of until(ledger, n)) {
    if (link.type === "channel_create" && link.body.channel === id)
      found = { creator: link.user, archived: false, post: "all" };
    if (found !== null && link.type === "channel_archive" && link.body.channel === id) found.archived = true;
    if (found !== null && link.type === "channel_policy" && link.body.channel === id) found.post = link.body.post;
  }
  return found;
}

// ---------- scopes ----------
export function scope(ledger: Ledger, id: string, n: number) {
  for (const place of until(ledger, n))
    if (place.link.type === "scope_create" && place.link.chain === id)
      return { ...place.link.body, creator: place.link.user as string, n: place.n };
  return null;
}

export function scopeIds(ledger: Ledger, n: number): string[] {
  return until(ledger, n).flatMap(({ link }) => (link.type === "scope_create" ? [link.chain as string] : []));
}

export function scopeFacts(ledger: Ledger, id: string, n: number) {
  let archived = false;
  let found = scope(ledger, id, n)?.policy ?? null;
  for (const { link } of until(ledger, n)) {
    if (link.chain !== id) continue;
    if (link.type === "scope_archive") archived = true;
    if (link.type === "scope_policy") found = link.body;
  }
  return { archived, policy: found };
}

/** What the chain itself calls a person, and since when without a break. */
export function naming(ledger: Ledger, id: string, user: string, n: number) {
  const made = scope(ledger, id, n);
  if (made === null) return null;
  let as: "manager" | "member" | null = null;
  let since = 0;
  if ((made.members as string[]).includes(user)) {
    as = made.kind === "private" && made.creator === user ? "manager" : "member";
    since = made.n;
  }
  for (const place of until(ledger, n)) {
    const { link } = place;
    if (link.chain !== id) continue;
    if (link.type === "scope_add" && link.body.user === user) [as, since] = ["member", place.n];
    if (link.type === "scope_remove" && link.body.user === user) as = null;
    if (link.type === "scope_role" && link.body.user === user) as = link.body.role;
    if (link.type === "scope_readmit" && link.body.user === user) since = place.n;
  }
  return as === null ? null : { as, since };
}

export function isMember(ledger: Ledger, id: string, user: string, n: number): boolean {
  if (id === workspaceScopeOf(ledger)) return isInside(role(ledger, user, n));
  const named = naming(ledger, id, user, n);
  if (named === null || role(ledger, user, n) === null) return false;
  for (const place of until(ledger, n)) {
    if (place.n <= named.since) continue;
    if (place.link.type === "member_remove" && place.link.body.user === user) return false;
    if (place.link.type === "rekey" && place.link.body.user === user && place.link.body.card !== null) return false;
  }
  return true;
}

export function members(ledger: Ledger, id: string, n: number): string[] {
  return people(ledger, n).filter((user) => isMember(ledger, id, user, n));
}

export function manages(ledger: Ledger, id: string, user: string, n: number): boolean {
  if (!isMember(ledger, id, user, n)) return false;
  const managers = members(ledger, id, n).filter((other) => naming(ledger, id, other, n)?.as === "manager");
  return managers.length === 0 || managers.includes(user);
}

// ---------- epochs ----------
export type Recipient = { kind: "user" | "invite"; id: string; gen: number; pub: Uint8Array };

export function recipients(ledger: Ledger, id: string, n: number): Recipient[] {
  const found: Recipient[] = [];
  for (const user of members(ledger, id, n)) {
    const key = puk(ledger, user, n);
    if (key !== null) found.push({ kind: "user", id: user, gen: key.gen, pub: key.pk });
  }
  if (id === workspaceScopeOf(ledger)) {
    for (const one of inviteIds(ledger, n)) {
      const kem = invite(ledger, one, n)?.kem ?? null;
      if (kem !== null && isOpen(ledger, one, n)) found.push({ kind: "invite", id: one, gen: 0, pub: kem });
    }
  }
  return found;
}

export function rcpt(ledger: Ledger, id: string, epoch: number, n: number): Uint8Array {
  const rows = recipients(ledger, id, n).map(({ kind, id: who, gen, pub }) => encode(kind, raw(who), gen, pub));
  rows.sort(Buffer.compare);
  return hash("rcpt", raw(id), epoch, ...rows);
}

/** The epoch links of a scope, in order. */
export function epochs(ledger: Ledger, id: string, n: number) {
  return until(ledger, n).flatMap((place) =>
    place.link.type === "epoch" && place.link.body.scope === id ? [{ ...place.link.body, n: place.n }] : [],
  );
}

/** Somebody came in at n: by being added or readmitted. */
function comesIn(ledger: Ledger, id: string, n: number): boolean {
  const place = ledger[n - 1];
  if (place === undefined || !place.valid || place.link.chain !== id) return false;
  return place.link.type === "scope_add" || place.link.type === "scope_readmit";
}

export function hist(ledger: Ledger, id: string, n: number): "chain" | "cut" {
  const last = epochs(ledger, id, n).at(-1);
  if (last === undefined) return "cut";
  if (scope(ledger, id, n)?.history !== "since-join") return "chain";
  for (let m = last.n + 1; m <= n; m += 1) if (comesIn(ledger, id, m)) return "cut";
  return "chain";
}

/**
 * A revoking change at n, said by its outcome: somebody to whom the scope was sealed is gone, or has other keys; a
 * manager is none any more; or one came in who must not read what was.
 */
export function isRevoking(ledger: Ledger, id: string, n: number): boolean {
  const exists = id === workspaceScopeOf(ledger) || scope(ledger, id, n - 1) !== null;
  if (!exists) return false;
  const after = recipients(ledger, id, n);
  for (const { kind, id: who, gen } of recipients(ledger, id, n - 1))
    if (!after.some((one) => one.kind === kind && one.id === who && one.gen === gen)) return true;
  if (anyLowered(ledger, id, n)) return true;
  return scope(ledger, id, n)?.history === "since-join" && comesIn(ledger, id, n);
}

/** A scope's own link made a manager a mere member. */
function anyLowered(ledger: Ledger, id: string, n: number): boolean {
  return people(ledger, n).some(
    (user) =>
      isMember(ledger, id, user, n - 1) &&
      naming(ledger, id, user, n - 1)?.as === "manager" &&
      naming(ledger, id, user, n)?.as === "member",
  );
}

export function mustRotate(ledger: Ledger, id: string, n: number): boolean {
  const last = epochs(ledger, id, n).at(-1);
  if (last === undefined) return true;
  for (let m = last.n + 1; m <= n; m += 1) if (isRevoking(ledger, id, m)) return true;
  return false;
}

// ---------- ids ----------
export const mainOf = (id: string): string => idOf(hash("main-channel", raw(id)));
export const selfOf = (ledger: Ledger, user: string): string => idOf(hash("self", raw(workspaceOf(ledger)), raw(user)));

/** Every 16-byte id that something has. */
export function usedIds(ledger: Ledger, n: number): Set<string> {
  const used = new Set<string>([idOf(new Uint8Array(16))]);
  if (n > 0) used.add(workspaceScopeOf(ledger));
  for (const user of people(ledger, n)) used.add(user).add(selfOf(ledger, user));
  for (const { link } of until(ledger, n)) if (link.type === "channel_create") used.add(link.body.channel);
  for (const { stub, n: m } of ledger) if (stub.kind === "C" && m <= n) used.add(stub.chain).add(mainOf(stub.chain));
  return used;
}
