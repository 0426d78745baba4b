// A channel's timeline: verified events, entries on their way, and what the ledger says happened in between (M7–M9).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { TimelineItem, TimelineView } from "@/lib/client/api.ts";
import type { Stretch } from "@/lib/client/events/past/past.ts";
import { withOwnReactions } from "@/lib/client/reactions/items.ts";
import { rootOf } from "@/lib/client/threads/kin.ts";
import { changesOf } from "@/lib/client/view/changes/all.ts";
import { pendingItem, withPendingEdits } from "@/lib/client/view/items/pending.ts";
import { withPendingVotes } from "@/lib/client/view/items/polls.ts";
import { isAlso, isAway, repliesAnywhere, repliesIn } from "@/lib/client/view/items/replies.ts";
import { withPins } from "@/lib/client/view/items/single.ts";
import { recordItem } from "@/lib/client/view/items/stored.ts";
import { systemItems } from "./system.ts";

/** The newest stretch of a channel; or with `past` one around an old message, which what lies between is left out of. */
export function timelineView(account: Account, channel: ChannelId, past?: Stretch): TimelineView {
  const heard = past?.window.records ?? account.log.records(channel);
  const records = past === undefined ? heard : heard.filter(({ pos }) => pos <= past.upTo);
  const whole = past?.whole ?? true;
  const said = changesOf(account, heard);
  const system = systemItems(
    account,
    channel,
    records[0]?.pos === 1 || records.length === 0,
    records[0]?.receivedAt ?? 0,
  );
  const items: TimelineItem[] = [];
  let next = 0;
  const find = (id: EventId) => past?.window.byId.get(id) ?? account.log.find(channel, id);
  const replies = past === undefined ? repliesIn(records, said) : repliesAnywhere(account, records);
  for (const record of records) {
    if (isAway(record, find, past === undefined && records[0]?.pos === 1)) continue;
    for (let one = system[next]; one !== undefined && one.at <= record.receivedAt; one = system[next]) {
      items.push(one);
      next += 1;
    }
    const item = recordItem(account, record, said, replies);
    if (item !== null) items.push(item);
  }
  if (whole) items.push(...system.slice(next));
  const entries = account.outbox.entries(channel);
  for (const entry of whole ? entries : []) {
    // A refused row under this entry's id is not this entry (MS-40).
    const row = account.log.find(channel, entry.id);
    const away = rootOf(entry.content) !== null && !isAlso(entry.content);
    const item = !away && (row === undefined || row.status === "refused") ? pendingItem(account, entry) : null;
    if (item !== null) items.push(item);
  }
  const edited = withPendingEdits(account, channel, items);
  const reacted = withOwnReactions(edited, entries, account.me);
  return {
    channel,
    items: withPins(account, channel, withPendingVotes(account, entries, reacted)),
    hasOlder: (records[0]?.pos ?? 1) > 1,
    hasNewer: !whole,
    loadingOlder: account.loadingOlder.has(channel),
    newFrom: (account.newFrom.get(channel) ?? null) as EventId | null,
    draft: account.daily.drafts.text(channel),
  };
}
