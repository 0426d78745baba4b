// Stored events by id, place or neighbourhood, whether their stretch of the channel is loaded or not.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Vault } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { EVENTS, type EventRecord, IDS, type IdEntry, parseRecord, recordKey } from "./records.ts";

/** Undefined: this device holds no event of that id there. Refused ones have no id of their own (MS-40). */
export async function storedRecord(vault: Vault, channel: ChannelId, id: EventId): Promise<EventRecord | undefined> {
  const place = await vault.get<IdEntry & Cbor>(IDS, `${channel}/${id}`);
  return place === undefined ? undefined : await storedAt(vault, channel, place.p);
}

/** The stored event at a place. */
export async function storedAt(vault: Vault, channel: ChannelId, pos: number): Promise<EventRecord | undefined> {
  const value = await vault.get<Cbor>(EVENTS, recordKey(channel, pos));
  return value === undefined ? undefined : parseRecord(channel, value);
}

/** Stored events after a place, or before one, at most `limit` of them; those nearest to it, oldest first. */
export async function storedBeside(
  vault: Vault,
  channel: ChannelId,
  beside: { after: number } | { before: number },
  limit: number,
): Promise<EventRecord[]> {
  const range =
    "after" in beside
      ? { after: recordKey(channel, beside.after) }
      : { before: recordKey(channel, beside.before), reverse: true };
  const rows = await vault.scan<Cbor>(EVENTS, { prefix: `${channel}/`, limit, ...range });
  const records = rows.map(({ value }) => parseRecord(channel, value));
  return "after" in beside ? records : records.reverse();
}
