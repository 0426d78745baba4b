// From the items of a timeline to the lines of the log: dates, the New line, who is grouped with whom.

import { isFarApart } from "@/app/_channel/message/far-apart.ts";
import type { EventId } from "@/lib/base/ids.ts";
import type { TimelineItem } from "@/lib/client/api.ts";

export type ItemRow = {
  readonly t: "item";
  readonly key: string;
  readonly item: TimelineItem;
  /** follows the same person within 5 minutes */
  readonly grouped: boolean;
  /** my newest message: its sign stays in sight */
  readonly last: boolean;
};
export type Row =
  | { readonly t: "day"; readonly key: string; readonly at: number }
  | { readonly t: "new"; readonly key: string }
  /** under the first message of a thread */
  | { readonly t: "replies"; readonly key: string; readonly count: number }
  | ItemRow;
export type RowList = {
  /** The first day stands above the list, outside of it, so that older rows can come in below it. */
  readonly firstDay: number | null;
  readonly rows: readonly Row[];
};

const GROUP_MS = 5 * 60_000;

/** When an item took its place: the server's order counts, since a sender's clock may say anything. */
export function placedAt(item: TimelineItem): number {
  if (item.t === "system") return item.at;
  if (item.t === "message") return item.receivedAt ?? item.sentAt;
  return item.receivedAt;
}

/** The first millisecond of the local day after the one `at` lies in. */
function dayEnd(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

function groups(before: TimelineItem | undefined, item: TimelineItem): boolean {
  if (before?.t !== "message" || item.t !== "message") return false;
  const odd = item.late || item.pinned || isFarApart(item);
  return before.author === item.author && !odd && placedAt(item) - placedAt(before) < GROUP_MS;
}

/** One pass over the items; `replies`: they are a thread with so many of them. A day line comes only where the day moves on, never back. */
export function rowsOf(items: readonly TimelineItem[], newFrom: EventId | null, replies?: number): RowList {
  const rows: Row[] = [];
  const mine = items.findLast((item) => item.t === "message" && item.mine && !item.deleted);
  const first = items[0];
  if (first === undefined) return { firstDay: null, rows };
  const firstDay = placedAt(first);
  let end = dayEnd(firstDay);
  let before: TimelineItem | undefined;
  for (const item of items) {
    const at = placedAt(item);
    if (at >= end) {
      end = dayEnd(at);
      rows.push({ t: "day", key: `day ${item.id}`, at });
      before = undefined;
    }
    if (item.id === newFrom) {
      rows.push({ t: "new", key: "new" });
      before = undefined;
    }
    rows.push({ t: "item", key: item.id, item, grouped: groups(before, item), last: item === mine });
    before = item;
    if (item === first && replies !== undefined) {
      rows.push({ t: "replies", key: "replies", count: replies });
      before = undefined;
    }
  }
  return { firstDay, rows };
}

/** A guess at a row's height in pixels before it is measured; `columns` is how many letters fit in a line. */
export function guessHeight(row: Row, columns: number): number {
  if (row.t === "day") return 34;
  if (row.t === "new") return 24;
  if (row.t === "replies") return 32;
  const { item } = row;
  if (item.t === "system") return 26;
  if (item.t === "waiting") return 74;
  if (item.t === "refused") return 132;
  const lines = Math.max(1, Math.ceil(item.text.length / Math.max(20, columns)));
  const pictures = item.files.some((one) => one.thumbnail !== null) ? 110 : 0;
  const cards = item.files.filter((one) => one.thumbnail === null).length * 56;
  return lines * 22 + (row.grouped ? 4 : 29) + pictures + cards;
}
