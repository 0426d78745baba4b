// One stored event by its id, whether its stretch of the channel is loaded or not.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Vault } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { EVENTS, type EventRecord, IDS, type IdEntry, parseRecord, recordKey } from "./records.ts";

/** Undefined: this device holds no event of that id there. Refused ones have no id of their own (MS-40). */
export async function storedRecord(vault: Vault, channel: ChannelId, id: EventId): Promise<EventRecord | undefined> {
  const place = await vault.get<IdEntry & Cbor>(IDS, `${channel}/${id}`);
  const value = place === undefined ? undefined : await vault.get<Cbor>(EVENTS, recordKey(channel, place.p));
  return value === undefined ? undefined : parseRecord(channel, value);
}
