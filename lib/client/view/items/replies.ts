// Which replies leave the channel for their thread, and what stands under the message that they answer.
import type { EventId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { RepliesItem } from "@/lib/client/api/timeline.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { rootOf } from "@/lib/client/threads/kin.ts";
import type { Said } from "@/lib/client/view/changes/hearing.ts";
import type { Content } from "@/lib/protocol/event.ts";

type Replies = { count: number; lastAt: number; users: Set<UserId> };
export type RepliesByRoot = ReadonlyMap<EventId, Replies>;

const FACES = 3;

/** A reply that stands in the channel too. */
export function isAlso(content: Content | null): boolean {
  return content?.k === "message" && content.also === true;
}

/** The replies among these, by root: those that stand. */
export function repliesIn(records: readonly EventRecord[], said: Said): RepliesByRoot {
  const byRoot = new Map<EventId, Replies>();
  for (const record of records) {
    const root = rootOf(record.content);
    if (root === null || record.status !== "opened" || record.user === null) continue;
    if (said.changes.get(record.id)?.deleted === true) continue;
    const replies = byRoot.get(root) ?? { count: 0, lastAt: 0, users: new Set<UserId>() };
    byRoot.set(root, replies);
    replies.count += 1;
    replies.lastAt = Math.max(replies.lastAt, record.receivedAt);
    replies.users.delete(record.user);
    replies.users.add(record.user);
  }
  return byRoot;
}

/** The same for messages around which not everything is loaded: as their threads are known to stand. */
export function repliesAnywhere(account: Account, records: readonly EventRecord[]): RepliesByRoot {
  const byRoot = new Map<EventId, Replies>();
  for (const { id, channel } of records) {
    if (account.threads.book.get(id)?.channel !== channel) continue;
    const { count, lastAt, faces } = account.threads.stretch(channel, id);
    if (count > 0) byRoot.set(id, { count, lastAt, users: new Set([...faces].reverse()) });
  }
  return byRoot;
}

export function repliesItem(account: Account, root: EventId, replies: RepliesByRoot): RepliesItem | null {
  const found = replies.get(root);
  if (found === undefined) return null;
  const { book } = account.threads;
  const facts = book.get(root);
  return {
    count: found.count,
    lastAt: found.lastAt,
    users: [...found.users].slice(-FACES).reverse(),
    unread: book.of(root).unread,
    followed: facts !== undefined && book.isFollowed(facts),
  };
}

/**
 * True for a reply that is read in its thread alone. One whose root shows nowhere (it can't be opened, is a reply itself
 * or does not exist) stays in the channel, so that nothing that was said is lost.
 */
export function isAway(record: EventRecord, find: (id: EventId) => EventRecord | undefined, whole: boolean): boolean {
  const root = rootOf(record.content);
  if (root === null || isAlso(record.content)) return false;
  const head = find(root);
  if (head === undefined) return !whole;
  return (head.status === "opened" || head.status === "gone") && rootOf(head.content) === null;
}
