// A loaded stretch of one channel, newest at the end, found by place and by id; and stretches that are joined.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import type { ChannelMark, EventRecord } from "./records.ts";
import { joinSessions } from "./sessions.ts";

/** `byId` holds verified records before others: a refused row may bear any id (MS-40). */
export type Window = { records: EventRecord[]; byId: Map<EventId, EventRecord> };

/** Keeps a window sorted by place; the common case is at the end. */
export function insert(window: Window, record: EventRecord): void {
  const last = window.records.at(-1);
  const named = window.byId.get(record.id);
  if (named === undefined || named.pos === record.pos || record.status !== "refused")
    window.byId.set(record.id, record);
  if (last === undefined || last.pos < record.pos) {
    window.records.push(record);
    return;
  }
  let low = 0;
  let high = window.records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((window.records[middle]?.pos ?? 0) < record.pos) low = middle + 1;
    else high = middle;
  }
  if (window.records[low]?.pos === record.pos) window.records[low] = record;
  else window.records.splice(low, 0, record);
}

/** A record as the row that it came in. */
export function rowOf(record: EventRecord, sealed: NonNullable<EventRecord["sealed"]>): RowJson {
  return {
    id: record.id,
    channel: record.channel,
    pos: record.pos,
    epoch: record.epoch,
    device: record.device ?? ("" as NonNullable<EventRecord["device"]>),
    receivedAt: record.receivedAt,
    header: toJson(sealed.header),
    nonce: toJson(sealed.nonce),
    ciphertext: toJson(sealed.ciphertext),
  };
}

/** How many restores of the server lie before a place (L10). */
const restoresBefore = (pos: number): number => Math.floor((pos - 1) / LIMITS.restoreSpan);

/** True for a place that was given after a restore which `pos`, held here, came before. */
export function isBeyondRestore(place: number, pos: number): boolean {
  return restoresBefore(place) > restoresBefore(pos);
}

/** True when no place was left out between the two: the next one, or the first one after a restore. */
export function follows(place: number, pos: number): boolean {
  return place <= pos + 1 || (isBeyondRestore(place, pos) && place % LIMITS.restoreSpan === 1);
}

/** The mark of a channel whose older page was just read: what is newest stays what it was. */
export function joinOlder(held: ChannelMark, page: ChannelMark): ChannelMark {
  const joined = Object.entries(page.sessions).map(([name, older]) => [name, joinSessions(held.sessions[name], older)]);
  return {
    ...held,
    low: Math.min(held.low === 0 ? page.low : held.low, page.low),
    high: Math.max(held.high, page.high),
    // Older events under the same epoch: it began with them (E10).
    epochFrom: page.maxEpoch > 0 && page.maxEpoch === held.maxEpoch ? page.epochFrom : held.epochFrom,
    sessions: { ...held.sessions, ...Object.fromEntries(joined) },
  };
}

/**
 * Events under an epoch in all channels of its scope, as far as they are held here: epochs never fall in channel order
 * (M5), so they are the places from the first one on. Where a restore left places out it is more, and ends it sooner.
 */
export function writtenUnder(
  marks: ReadonlyMap<ChannelId, ChannelMark>,
  epoch: number,
  isIn: (channel: ChannelId) => boolean,
): number {
  let count = 0;
  for (const [channel, { maxEpoch, epochFrom, high }] of marks)
    if (maxEpoch === epoch && epochFrom > 0 && isIn(channel)) count += high - epochFrom + 1;
  return count;
}
