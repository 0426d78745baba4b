// What the server checks of links and events that are given back by whoever holds them (PROTOCOL L10, S1).
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import { isAdminRole, isSelfScope, mayDelete, roleAt, scopeOfChannel } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { EventHeader } from "@/lib/protocol/event.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { Link } from "@/lib/protocol/link.ts";
import type { EventJson } from "@/lib/protocol/sync.ts";
import type { DeviceSession } from "@/server/auth/tokens.ts";
import { parseEvent } from "@/server/ledger/event.ts";
import type { GivenEvent } from "@/server/store/port.ts";

/** For so long after a restore devices that were away may still give back events. */
const DAYS = 90;
const DAY_MS = 86_400_000;

type GivenJson = EventJson & { readonly pos: number; readonly receivedAt: number };

/** Null while events may be given back. */
export function judgeTime(restore: { readonly at: number } | undefined, now: number): FaultCode | null {
  return restore !== undefined && now - restore.at < DAYS * DAY_MS ? null : "may/not-found";
}

/**
 * True when these links, which follow on what lies here, show that something was lost: one alone can sign links of his
 * own at any time, and must not stop the workspace with them.
 */
export function provesLoss(state: LedgerState, by: DeviceSession, links: readonly Link[]): boolean {
  return isAdminRole(roleAt(state, by.user)) || links.some((link) => link.user !== by.user);
}

/**
 * An event as it is kept. Its signature lies inside the ciphertext: only readers can check it, and do. Throws when the
 * header is not of a device, epoch and place that the ledger knows.
 */
export function parseGiven(
  state: LedgerState,
  by: DeviceSession,
  channel: ChannelId,
  json: GivenJson,
  now: number,
): GivenEvent {
  const sealed = { header: fromJson(json.h), nonce: fromJson(json.n), ciphertext: fromJson(json.c) };
  const { header, event } = parseEvent(sealed);
  const code = judgeGiven(state, by, header, channel) ?? judgePurged(state, by, header, sealed.ciphertext);
  if (code !== null) throw new Fault(code);
  const own = header.device === by.device;
  const soonest = own ? 0 : epochStart(state, header);
  return { ...event, own, pos: json.pos, receivedAt: Math.min(Math.max(json.receivedAt, soonest), now) };
}

/** No event came before the key that it is sealed under. */
function epochStart(state: LedgerState, { channel, epoch }: EventHeader): number {
  const scope = state.scopes.get(scopeOfChannel(state, channel) ?? ("" as never));
  return scope?.epochs[epoch - 1]?.ts ?? 0;
}

function judgeGiven(state: LedgerState, by: DeviceSession, header: EventHeader, channel: ChannelId): FaultCode | null {
  if (header.ws !== state.ws) return "proof/wrong-workspace";
  if (header.channel !== channel || header.class !== "stored") return "event/wrong-place";
  if (state.deviceOwner.get(header.device) !== header.user) return "event/wrong-author";
  if (isSelfScope(state.ws, by.user, channel)) return header.user === by.user ? null : "event/wrong-author";
  const scope = state.scopes.get(scopeOfChannel(state, channel) ?? ("" as never));
  const known = scope !== undefined && header.epoch >= 1 && header.epoch <= scope.epochs.length;
  return known ? null : "proof/stale-epoch";
}

/** An event without content stands for a purge, which not everybody may do. */
function judgePurged(
  state: LedgerState,
  by: DeviceSession,
  { user: author, channel }: EventHeader,
  ciphertext: Uint8Array,
): FaultCode | null {
  return ciphertext.length > 0 ? null : mayDelete(state, { user: by.user, author, channel });
}
