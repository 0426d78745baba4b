// A thread beside its channel, and the list of those one follows.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { ThreadCard, ThreadCounts, ThreadsView, ThreadView } from "@/lib/client/api/talk/threads.ts";
import type { TimelineItem } from "@/lib/client/api.ts";
import { withOwnReactions } from "@/lib/client/reactions/items.ts";
import { changesOf } from "@/lib/client/view/changes/all.ts";
import { pendingItem, withPendingEdits } from "@/lib/client/view/items/pending.ts";
import { withPendingVotes } from "@/lib/client/view/items/polls.ts";
import { recordItem } from "@/lib/client/view/items/stored.ts";
import type { Facts } from "./book.ts";
import { rootOf } from "./kin.ts";
import type { Stretch } from "./stretch.ts";

/** Threads in the list, and newest replies of each. */
const LISTED = 40;
const LAST = 2;

function itemsOf(account: Account, stretch: Stretch): readonly TimelineItem[] {
  const { channel, root, records } = stretch;
  const said = changesOf(account, records, false);
  const items: TimelineItem[] = [];
  for (const record of records) {
    if (record.id !== root && rootOf(record.content) !== root) continue;
    const item = recordItem(account, record, said);
    if (item !== null) items.push(item);
  }
  const pending = account.outbox.entries(channel);
  for (const entry of pending) {
    if (rootOf(entry.content) !== root || stretch.find(entry.id) !== undefined) continue;
    const item = pendingItem(account, entry);
    if (item !== null) items.push(item);
  }
  const reacted = withOwnReactions(withPendingEdits(account, channel, items), pending, account.me);
  return withPendingVotes(account, pending, reacted);
}

export function threadView(account: Account, channel: ChannelId, root: EventId): ThreadView | undefined {
  const { threads } = account;
  const stretch = threads.stretch(channel, root);
  if (!stretch.loaded) return undefined;
  const facts = threads.book.get(root);
  return {
    channel,
    root,
    items: itemsOf(account, stretch),
    count: stretch.count,
    hasOlder: stretch.hasOlder,
    newFrom: threads.newFrom.get(root) ?? null,
    unread: threads.book.of(root).unread,
    followed: facts !== undefined ? threads.book.isFollowed(facts) : threads.follows(channel, root) === "on",
    draft: account.daily.drafts.text(channel, root),
  };
}

/** Threads of channels that this person is still in. */
function followed(account: Account): Facts[] {
  const here = new Set(account.channels());
  return account.threads.book.followed().filter(({ channel }) => here.has(channel));
}

function card(account: Account, { channel, root, at }: Facts): ThreadCard | null {
  const stretch = account.threads.stretch(channel, root);
  if (!stretch.loaded || stretch.count === 0) return null;
  const items = itemsOf(account, stretch);
  const head = items.filter((item) => item.id === root);
  const last = items.filter((item) => item.id !== root).slice(-LAST);
  const { unread, mentions } = account.threads.book.of(root);
  return { channel, root, items: [...head, ...last], count: stretch.count, unread, mentions, lastAt: at };
}

export function threadsView(account: Account): ThreadsView {
  const { book } = account.threads;
  const all = followed(account);
  const isUnread = new Map(all.map((facts) => [facts.root, book.of(facts.root).unread > 0]));
  all.sort((a, b) => Number(isUnread.get(b.root)) - Number(isUnread.get(a.root)) || b.at - a.at);
  const cards = all.slice(0, LISTED).map((facts) => card(account, facts));
  return { threads: cards.filter((one) => one !== null), count: all.length, most: LISTED };
}

export function threadCounts(account: Account): ThreadCounts {
  const here = new Set(account.channels());
  return account.threads.book.total((channel) => here.has(channel));
}
