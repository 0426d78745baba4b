// A loaded stretch of one channel, newest at the end, found by place and by id.
import type { EventId } from "@/lib/base/ids.ts";
import type { EventRecord } from "./records.ts";

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
