// Single messages outside of a loaded channel: one by its link, and those that are pinned (UX 2, 3).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { MessageView, PinItem, PinsView } from "@/lib/client/api/conversation/commands.ts";
import type { MessageItem, TimelineItem } from "@/lib/client/api/timeline.ts";
import type { Original } from "@/lib/client/conversation/originals.ts";
import { isPinned, pinsOf } from "@/lib/client/conversation/pins.ts";
import { isGone } from "@/lib/client/conversation/quotes.ts";
import { changesOf } from "@/lib/client/view/changes/all.ts";
import { withPendingVotes } from "./polls.ts";
import { recordItem } from "./stored.ts";

/** A message with all that was said of it, as a timeline shows it; null for what is none, or is not open here. */
function itemOf(account: Account, { record, about }: Original): MessageItem | null {
  const said = changesOf(account, [record, ...about]);
  const item = recordItem(account, record, said);
  if (item?.t !== "message") return null;
  const [now] = withPendingVotes(account, account.outbox.entries(record.channel), [item]);
  return now?.t === "message" ? now : null;
}

function messageView(account: Account, channel: ChannelId, id: EventId): MessageView | undefined {
  if (!account.channels().includes(channel)) return { channel, id, state: "closed", item: null };
  const original = account.originals.peek(channel, id, channel);
  if (original === undefined) return undefined;
  if (original === null) {
    const { low } = account.log.mark(channel);
    return { channel, id, state: low > 1 ? "older" : "none", item: null };
  }
  if (isGone(account, original)) return { channel, id, state: "gone", item: null };
  const item = itemOf(account, original);
  if (item !== null) return { channel, id, state: "here", item };
  return { channel, id, state: original.record.status === "waiting" ? "waiting" : "none", item: null };
}

function pinsView(account: Account, channel: ChannelId): PinsView {
  const pins: PinItem[] = [];
  for (const [id, { hash, by, at }] of pinsOf(account, channel)) {
    const original = account.originals.peek(channel, id, channel);
    const there = original !== undefined && original !== null && !isGone(account, original);
    // A pin names what was pinned by its hash: another message under the id is not it.
    if (!there || !isPinned(new Map([[id, { hash, by, at }]]), id, original.record.hash)) continue;
    const item = itemOf(account, original);
    if (item !== null) pins.push({ item: { ...item, pinned: true }, by, at });
  }
  return { channel, pins: pins.sort((a, b) => b.at - a.at) };
}

/** A message of a channel; without one, what is pinned there. */
export function singleView(account: Account, channel: ChannelId, id: EventId | undefined) {
  if (id !== undefined) return messageView(account, channel, id);
  return account.scopeOf(channel) === undefined ? undefined : pinsView(account, channel);
}

/** Marks what is pinned among the items of a channel. */
export function withPins(account: Account, channel: ChannelId, items: TimelineItem[]): TimelineItem[] {
  const pins = pinsOf(account, channel);
  if (pins.size === 0) return items;
  return items.map((item) => {
    if (item.t !== "message" || item.deleted || !pins.has(item.id)) return item;
    return isPinned(pins, item.id, account.log.find(channel, item.id)?.hash ?? null) ? { ...item, pinned: true } : item;
  });
}
