// What each type of link says, as facts for a sentence: whom, where, which role, why a key changed (PROTOCOL L7, E4).
import type { DeviceId, ScopeId, UserId } from "@/lib/base/ids.ts";
import type { Deed, KeyCause, LedgerTheme } from "@/lib/client/api/ledger.ts";
import { deviceId } from "@/lib/proof/hash.ts";
import { roleAt, scopeRoleAt } from "@/lib/proof/queries.ts";
import { readCard } from "@/lib/proof/verify.ts";
import type { SignedCard } from "@/lib/protocol/device.ts";
import type { EpochBody, Link, LinkType } from "@/lib/protocol/link.ts";
import { publicPlace, scopePlace } from "./places.ts";
import type { LedgerSource } from "./source.ts";

const THEMES: Readonly<Record<LinkType, LedgerTheme>> = {
  ws_create: "workspace",
  policy_set: "workspace",
  release: "workspace",
  member_add: "people",
  member_join: "people",
  member_remove: "people",
  member_restore: "people",
  role_set: "people",
  invite_create: "people",
  invite_close: "people",
  rekey: "devices",
  device_add: "devices",
  device_revoke: "devices",
  root_renew: "devices",
  circle_set: "devices",
  user_reset: "devices",
  recovery_set: "devices",
  channel_create: "channels",
  channel_archive: "channels",
  channel_policy: "channels",
  scope_create: "channels",
  scope_add: "channels",
  scope_remove: "channels",
  scope_role: "channels",
  scope_archive: "channels",
  scope_policy: "channels",
  scope_readmit: "channels",
  epoch: "keys",
};

export function themeOf(type: LinkType): LedgerTheme {
  return THEMES[type];
}

const NOTHING: Omit<Deed, "type"> = {
  subject: null,
  people: [],
  place: null,
  devices: [],
  invite: null,
  role: null,
  before: null,
  epoch: null,
  causes: [],
  settings: [],
};

/** Whose card it is; null when it cannot be read, as in a void link. */
function ownerOf(card: SignedCard): UserId | null {
  try {
    return readCard(card).user;
  } catch {
    return null; // the link is void then, and its line says why
  }
}

function inviteOf(source: LedgerSource, id: Parameters<LedgerSource["state"]["invites"]["get"]>[0]): Deed["invite"] {
  const found = source.state.invites.get(id);
  return found === undefined ? null : { id, by: found.by, mode: found.mode, maxUses: found.maxUses };
}

/** A link's own fields as settings, one each. */
function settingsOf(body: Readonly<Record<string, unknown>>): Deed["settings"] {
  return Object.entries(body).map(([name, value]) => ({ name, value: value === null ? "" : String(value) }));
}

/** Revoking changes between the epoch before and this one: what asked for the new key (E4). */
function causesOf(source: LedgerSource, n: number, { scope, epoch }: EpochBody): KeyCause[] {
  const found = source.state.scopes.get(scope);
  const before = found?.epochs[epoch - 2];
  if (found === undefined || before === undefined) return [];
  return found.revoking
    .filter((p) => p > before.n && p <= n)
    .flatMap((p) => {
      const link = source.linkAt(p);
      return link === undefined ? [] : [{ n: p, type: link.type, subject: subjectOf(link) }];
    });
}

/** Whom a link is about besides its signer. */
export function subjectOf(link: Link): UserId | null {
  if ("user" in link.body) return link.body.user;
  if ("card" in link.body && link.body.card !== null) return ownerOf(link.body.card);
  return link.kind === "U" ? (link.chain as string as UserId) : null;
}

function workspaceFacts(source: LedgerSource, n: number, link: Link & { readonly kind: "W" }): Partial<Deed> {
  const { state } = source;
  switch (link.type) {
    case "member_add":
    case "member_join":
      return { invite: inviteOf(source, link.body.invite) };
    case "rekey":
      return { settings: [{ name: "confirmed", value: link.body.card === null ? "yes" : "no" }] };
    case "role_set":
      return { role: link.body.role, before: roleAt(state, link.body.user, n - 1) };
    case "ws_create":
      return { settings: settingsOf(link.body.policy) };
    case "policy_set":
      return { settings: settingsOf(link.body) };
    case "release":
      return { settings: [{ name: "version", value: link.body.version }] };
    case "invite_create": {
      const { invite, mode, maxUses, role } = link.body;
      return { invite: { id: invite, by: link.user, mode, maxUses }, role };
    }
    case "invite_close":
      return { invite: inviteOf(source, link.body.invite) };
    case "channel_create":
    case "channel_archive":
      return { place: publicPlace(source, link.body.channel) };
    case "channel_policy": {
      const { channel, ...rules } = link.body;
      return { place: publicPlace(source, channel), settings: settingsOf(rules) };
    }
    case "epoch":
      return epochFacts(source, n, link.body);
    default:
      return {};
  }
}

function epochFacts(source: LedgerSource, n: number, body: EpochBody): Partial<Deed> {
  return { place: scopePlace(source, body.scope), epoch: body.epoch, causes: causesOf(source, n, body) };
}

function userFacts(link: Link & { readonly kind: "U" }): Partial<Deed> {
  switch (link.type) {
    case "device_add":
      return { devices: [deviceId(link.body.device)] };
    case "device_revoke":
      return { devices: [link.body.device] };
    case "user_reset":
      return { devices: link.body.devices.map(({ device }): DeviceId => deviceId(device)) };
    case "circle_set":
      return {
        people: link.body.helpers.map(({ user }) => user),
        settings: [{ name: "threshold", value: String(link.body.threshold) }],
      };
    default:
      return {};
  }
}

function scopeFacts(source: LedgerSource, n: number, link: Link & { readonly kind: "C" }): Partial<Deed> {
  const id = link.chain as string as ScopeId;
  const place = scopePlace(source, id);
  switch (link.type) {
    case "scope_create": {
      const { kind, members, history } = link.body;
      return { place: { ...place, kind }, people: members, settings: [{ name: "history", value: history }] };
    }
    case "scope_role": {
      const found = source.state.scopes.get(id);
      const before = found === undefined ? null : scopeRoleAt(source.state, found, link.body.user, n - 1);
      return { place, role: link.body.role, before };
    }
    case "scope_policy":
      return { place, settings: settingsOf(link.body) };
    case "epoch":
      return epochFacts(source, n, link.body);
    default:
      return { place };
  }
}

/** The facts of the link at position n. */
export function deedOf(source: LedgerSource, n: number, link: Link): Deed {
  const facts =
    link.kind === "W"
      ? workspaceFacts(source, n, link)
      : link.kind === "U"
        ? userFacts(link)
        : scopeFacts(source, n, link);
  return { ...NOTHING, type: link.type, subject: subjectOf(link), ...facts };
}
