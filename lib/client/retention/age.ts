// From when an event's days count on this device, though the server says when it came and may say anything (PROTOCOL E9).
import type { EventId } from "@/lib/base/ids.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";

type Dated = Pick<EventRecord, "receivedAt" | "sentAt">;

/** When a sweep first met an event that claims to be from later than this device's own clock, by its id. */
export type Seen = ReadonlyMap<EventId, number>;

/** The server's word, and never before what the author signed: a date in the far past must not empty what is new. */
export const claimOf = ({ receivedAt, sentAt }: Dated): number => Math.max(receivedAt, sentAt);

/** `first`: when it was first met here with a claim from later; nothing counts from a time that has not come. */
export function countsFrom(record: Dated, first: number | null, now: number): number {
  if (first === null) return claimOf(record);
  if (claimOf(record) > now) return first;
  // Its time has come meanwhile, or this device's clock was behind then: what was signed holds against both.
  return Math.max(Math.min(record.receivedAt, first), record.sentAt);
}
