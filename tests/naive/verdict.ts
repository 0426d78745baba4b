// The naive reading's verdict on the next link: valid or void, straight from the rights table (PROTOCOL L5, L7).
import { createPublicKey, verify as nodeVerify } from "node:crypto";
import type { Link, SignedLink } from "@/lib/protocol/link.ts";
import * as bytes from "./bytes.ts";
import type { Ledger } from "./ledger.ts";
import * as naive from "./ledger.ts";

const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const HOURS = 3_600_000;

function verifies(
  context: string,
  pk: Uint8Array | undefined | null,
  message: Uint8Array,
  sig: Uint8Array | null,
): boolean {
  if (pk === undefined || pk === null || sig === null) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI, pk]), format: "der", type: "spki" });
  return nodeVerify(null, bytes.encode(`tacit/1/sig/${context}`, message), key, sig);
}

/** True when the link counts on top of `ledger`. Keys are taken to be well-formed. */
export function isValid(ledger: Ledger, link: Link, signed: SignedLink): boolean {
  const n = ledger.length;
  if ((link.type === "ws_create") !== (n === 0)) return false;
  if (link.ws !== (n === 0 ? null : naive.workspaceOf(ledger))) return false;
  const twice = link.type === "member_join" || link.type === "root_renew";
  if ((signed.extra !== null) !== twice) return false;
  if (!actorMay(ledger, link, signed) || !cardHolds(ledger, link)) return false;
  if (link.kind === "U") return link.chain === (link.user as string) && personal(ledger, link, signed);
  return link.kind === "C" ? inScope(ledger, link) : shared(ledger, link, signed);
}

function actorMay(ledger: Ledger, link: Link, signed: SignedLink): boolean {
  const n = ledger.length;
  const card = naive.cardIn(link);
  if (link.type === "ws_create" || link.type === "member_join") {
    if (card === null || card.user !== link.user || naive.deviceIdOf(card.device) !== link.device) return false;
    return verifies("link", card.device.sign, signed.bytes, signed.sig);
  }
  if (naive.role(ledger, link.user, n) === null) return false;
  if (link.type === "user_reset" || link.type === "recovery_set") {
    const { rik } = naive.roots(ledger, link.user, n);
    return bytes.raw(link.device).every((byte) => byte === 0) && verifies("root", rik, signed.bytes, signed.sig);
  }
  const device = naive.devices(ledger, n).find(({ id }) => id === link.device);
  if (device === undefined || device.user !== link.user || !device.active) return false;
  return verifies("link", device.sign, signed.bytes, signed.sig);
}

function cardHolds(ledger: Ledger, link: Link): boolean {
  if (!("card" in link.body) || link.body.card === null) return true;
  const n = ledger.length;
  const { card: signed, rikSig, popSig } = link.body.card;
  const card = naive.cardIn(link);
  if (card === null || card.ws !== link.ws) return false;
  if (!verifies("card", card.rik, signed, rikSig) || !verifies("pop", card.device.sign, signed, popSig)) return false;
  if (naive.allRoots(ledger, n).some((rik) => bytes.same(rik, card.rik))) return false;
  if (naive.devices(ledger, n).some(({ id }) => id === naive.deviceIdOf(card.device))) return false;
  if (link.type === "rekey") {
    if (card.user !== link.body.user || card.puk.gen !== (naive.puk(ledger, card.user, n)?.gen ?? 0) + 1) return false;
    return card.recovery === null || card.recovery.gen === naive.recoveryGen(ledger, card.user, n) + 1;
  }
  if (link.type === "ws_create" && card.recovery !== null) return false;
  if (card.puk.gen !== 1 || (card.recovery !== null && card.recovery.gen !== 1)) return false;
  const used = naive.usedIds(ledger, n);
  return !used.has(card.user) && (n === 0 || !used.has(naive.selfOf(ledger, card.user)));
}

function shared(ledger: Ledger, link: Link & { kind: "W" }, signed: SignedLink): boolean {
  const n = ledger.length;
  const by = naive.role(ledger, link.user, n);
  const owners = naive.people(ledger, n).filter((user) => naive.role(ledger, user, n) === "owner");
  const onlyOwner = (user: string) => owners.length === 1 && owners[0] === user;
  switch (link.type) {
    case "ws_create":
      return true;
    case "member_add":
    case "member_join":
      return arrives(ledger, link, signed, by);
    case "member_remove": {
      const target = naive.role(ledger, link.body.user, n);
      if (target === null || onlyOwner(link.body.user)) return false;
      if (link.user === link.body.user || by === "owner") return true;
      return by === "admin" && (target === "member" || target === "guest");
    }
    case "member_restore": {
      if (naive.role(ledger, link.body.user, n) !== null) return false;
      const former = naive.everRole(ledger, link.body.user, n);
      return former === "owner" ? by === "owner" : former !== null && naive.isAdmin(by);
    }
    case "rekey": {
      const { user, card, root } = link.body;
      const target = naive.role(ledger, user, n);
      if (target === null || (card === null) === (root === null)) return false;
      const pending = naive.roots(ledger, user, n).pending;
      if (root !== null && (pending === null || !bytes.same(pending, root))) return false;
      if (user === link.user) return root !== null && onlyOwner(user);
      return target === "owner" ? by === "owner" : naive.isAdmin(by);
    }
    case "role_set": {
      const target = naive.role(ledger, link.body.user, n);
      if (by !== "owner" || target === null || target === link.body.role) return false;
      return link.body.role === "owner" || !onlyOwner(link.body.user);
    }
    case "policy_set":
      return by === "owner";
    case "release":
      return by === "owner";
    case "invite_create":
      return invites(ledger, link);
    case "invite_close":
      return naive.isInside(by) && naive.isOpen(ledger, link.body.invite, n);
    case "channel_create": {
      const may = naive.isAdmin(by) || (by === "member" && naive.policy(ledger, n).channels === "members");
      return may && !naive.usedIds(ledger, n).has(link.body.channel);
    }
    case "channel_archive":
    case "channel_policy": {
      const found = naive.channel(ledger, link.body.channel, n);
      if (found === null || found.archived) return false;
      return naive.isAdmin(by) || (naive.isInside(by) && found.creator === link.user);
    }
    case "epoch":
      return link.body.scope === naive.workspaceScopeOf(ledger) && rotates(ledger, link);
  }
}

function arrives(
  ledger: Ledger,
  link: Link & { type: "member_add" | "member_join" },
  signed: SignedLink,
  by: ReturnType<typeof naive.role>,
): boolean {
  const n = ledger.length;
  const invite = naive.invite(ledger, link.body.invite, n);
  if (invite === null || !naive.isOpen(ledger, link.body.invite, n)) return false;
  if (link.type === "member_join")
    return invite.mode === "instant" && verifies("invite", invite.sign, signed.bytes, signed.extra);
  const consent = verifies("invite", invite.sign, link.body.card.card, link.body.inviteSig);
  return invite.mode === "approval" && naive.isAdmin(by) && consent;
}

function invites(ledger: Ledger, link: Link & { type: "invite_create" }): boolean {
  const n = ledger.length;
  const { body } = link;
  const by = naive.role(ledger, link.user, n);
  const instant = body.mode === "instant";
  const asMember = naive.isInside(by) && naive.policy(ledger, n).invites === "members" && !instant;
  if (!naive.isAdmin(by) && !asMember) return false;
  if (instant !== (body.kem !== null) || (instant && body.role === "guest")) return false;
  if (body.maxUses > (instant ? 25 : 1000)) return false;
  if (body.expires <= link.ts || body.expires - link.ts > (instant ? 72 : 720) * HOURS) return false;
  const rik = naive.roots(ledger, link.user, n).rik ?? new Uint8Array();
  const kem = body.kem ?? new Uint8Array();
  const id = bytes.idOf(bytes.hash("invite", bytes.raw(naive.workspaceOf(ledger)), rik, body.sign, body.box, kem));
  return id === body.invite && naive.invite(ledger, id, n) === null;
}

function personal(ledger: Ledger, link: Link & { kind: "U" }, signed: SignedLink): boolean {
  const n = ledger.length;
  const known = naive.devices(ledger, n);
  const gen = (naive.puk(ledger, link.user, n)?.gen ?? 0) + 1;
  const ws = bytes.raw(naive.workspaceOf(ledger));
  const holds = (device: { sign: Uint8Array; kem: Uint8Array }, pop: Uint8Array) => {
    const message = bytes.encode("device", ws, bytes.raw(link.user), bytes.raw(naive.deviceIdOf(device)));
    return verifies("pop", device.sign, message, pop);
  };
  const isNextRecovery = (recovery: { gen: number } | null) =>
    recovery === null || recovery.gen === naive.recoveryGen(ledger, link.user, n) + 1;
  switch (link.type) {
    case "device_add": {
      const id = naive.deviceIdOf(link.body.device);
      return !known.some((device) => device.id === id) && holds(link.body.device, link.body.pop);
    }
    case "device_revoke": {
      const target = known.find(({ id }) => id === link.body.device);
      if (target === undefined || target.user !== link.user || !target.active) return false;
      return link.body.device !== link.device && link.body.puk.gen === gen;
    }
    case "root_renew": {
      const isNew = !naive.allRoots(ledger, n).some((rik) => bytes.same(rik, link.body.rik));
      return isNew && verifies("root", link.body.rik, signed.bytes, signed.extra);
    }
    case "circle_set": {
      const { threshold, helpers } = link.body;
      if (helpers.length === 0) return threshold === 0;
      const names = helpers.map(({ user }) => user as string);
      if (threshold < 2 || threshold > names.length || new Set(names).size < names.length) return false;
      return names.every((user) => user !== link.user && naive.role(ledger, user, n) !== null);
    }
    case "user_reset": {
      const ids = link.body.devices.map(({ device }) => naive.deviceIdOf(device));
      if (new Set(ids).size < ids.length || link.body.puk.gen !== gen) return false;
      for (const device of known)
        if (ids.includes(device.id) && (device.user !== link.user || !device.active)) return false;
      const proved = link.body.devices.every(({ device, pop }) =>
        pop === null ? known.some(({ id }) => id === naive.deviceIdOf(device)) : holds(device, pop),
      );
      return isNextRecovery(link.body.recovery) && proved;
    }
    case "recovery_set":
      return isNextRecovery(link.body.recovery);
  }
}

function inScope(ledger: Ledger, link: Link & { kind: "C" }): boolean {
  const n = ledger.length;
  if (link.type === "scope_create") return creates(ledger, link);
  const id = link.chain as string;
  const found = naive.scope(ledger, id, n);
  if (found === null || !naive.isMember(ledger, id, link.user, n)) return false;
  if (link.type === "epoch") return link.body.scope === id && rotates(ledger, link);
  const { archived, policy } = naive.scopeFacts(ledger, id, n);
  if (archived && link.type !== "scope_remove") return false;
  const isDm = found.kind === "dm";
  const manages = naive.manages(ledger, id, link.user, n);
  switch (link.type) {
    case "scope_add":
      if (isDm || naive.role(ledger, link.body.user, n) === null) return false;
      return naive.naming(ledger, id, link.body.user, n) === null && (manages || policy?.adds === "members");
    case "scope_remove":
      if (isDm || naive.naming(ledger, id, link.body.user, n) === null) return false;
      return manages || link.user === link.body.user;
    case "scope_role": {
      const named = naive.naming(ledger, id, link.body.user, n);
      return !isDm && manages && named !== null && named.as !== link.body.role;
    }
    case "scope_archive":
      return !isDm && manages;
    case "scope_policy":
      return manages && (!isDm || link.body.post === "all");
    case "scope_readmit": {
      const { user } = link.body;
      if (user === link.user || naive.role(ledger, user, n) === null) return false;
      return naive.naming(ledger, id, user, n) !== null && !naive.isMember(ledger, id, user, n);
    }
  }
}

function creates(ledger: Ledger, link: Link & { type: "scope_create" }): boolean {
  const n = ledger.length;
  const names = link.body.members as string[];
  if (naive.usedIds(ledger, n).has(link.chain) || new Set(names).size < names.length) return false;
  if (!names.includes(link.user) || names.some((user) => naive.role(ledger, user, n) === null)) return false;
  if (link.body.kind === "private") return naive.role(ledger, link.user, n) !== "guest";
  if (names.length < 2 || link.body.policy.post !== "all") return false;
  const set = [...names].sort().join();
  for (const id of naive.scopeIds(ledger, n)) {
    const other = naive.scope(ledger, id, n);
    if (other?.kind === "dm" && [...(other.members as string[])].sort().join() === set) return false;
  }
  return true;
}

function rotates(ledger: Ledger, link: Link & { type: "epoch" }): boolean {
  const n = ledger.length;
  const { scope, epoch, rcpt, hist } = link.body;
  if (!naive.isMember(ledger, scope, link.user, n)) return false;
  if (link.kind === "C") {
    const { archived, policy } = naive.scopeFacts(ledger, scope, n);
    if (archived || (policy?.post === "managers" && !naive.manages(ledger, scope, link.user, n))) return false;
  }
  if (epoch !== naive.epochs(ledger, scope, n).length + 1 || hist !== naive.hist(ledger, scope, n)) return false;
  return bytes.same(rcpt, naive.rcpt(ledger, scope, epoch, n));
}
