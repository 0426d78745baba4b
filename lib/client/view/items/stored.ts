// Stored events as a timeline shows them: messages with what was said of them since, and why others don't show (M7–M9).
import type { EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { MessageItem, RefusedItem, TimelineItem } from "@/lib/client/api.ts";
import { quoteItem } from "@/lib/client/conversation/quotes.ts";
import { callsAllIn, isMentioned } from "@/lib/client/events/mentions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { reactionItems } from "@/lib/client/reactions/items.ts";
import { rootOf } from "@/lib/client/threads/kin.ts";
import type { Changes, Said } from "@/lib/client/view/changes/hearing.ts";
import { mayDelete, scopeMembersAt } from "@/lib/proof/queries.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { filesOf, isEmptied } from "./files.ts";
import { pollItem } from "./polls.ts";

/** What is a message of its own. */
function stands(content: Content | null): boolean {
  return content?.k === "message" || content?.k === "poll";
}

import { type RepliesByRoot, repliesItem } from "./replies.ts";

const NO_REPLIES: RepliesByRoot = new Map();

function messageItem(
  account: Account,
  record: EventRecord,
  changes: Changes | undefined,
  replies: RepliesByRoot,
): MessageItem | null {
  const { content } = record;
  const message = content?.k === "message" ? content : null;
  const came = changes?.files ?? new Map();
  const files = message === null ? [] : filesOf(account, record.channel, record.id, message.files, came);
  const emptied = message !== null && (changes?.edit ?? null) === null && isEmptied(message, files);
  const gone = record.status === "gone" || changes?.deleted === true || emptied;
  if (record.user === null || record.device === null || (!stands(content) && !gone)) return null;
  const poll = content?.k === "poll" && !gone ? content : null;
  const text = gone ? "" : (changes?.edit?.text ?? message?.text ?? poll?.question ?? "");
  const mentions = changes?.edit?.mentions ?? message?.mentions ?? [];
  return {
    t: "message",
    id: record.id,
    pos: record.pos,
    author: record.user,
    device: record.device,
    sentAt: record.sentAt,
    receivedAt: record.receivedAt,
    text,
    markup: gone ? [] : account.markup(text),
    edited: !gone && (changes?.edit ?? null) !== null,
    deleted: gone,
    late: record.late,
    mentionsMe: !gone && (isMentioned(account.me, text, mentions) || callsAllIn(text)),
    mine: record.user === account.me,
    files: gone ? [] : files,
    reactions: gone ? [] : reactionItems(changes?.reactions, account.me),
    quote: gone || message?.quote === undefined ? null : quoteItem(account, message.quote, record.channel),
    poll: poll === null ? null : pollItem(account, poll, record.user, changes?.poll ?? null),
    pinned: false,
    thread: rootOf(content),
    replies: repliesItem(account, record.id, replies),
    state: "delivered",
    fault: null,
    mayDelete:
      !gone && mayDelete(account.state, { user: account.me, author: record.user, channel: record.channel }) === null,
  };
}

function refusedItem(account: Account, record: EventRecord, code: RefusedItem["code"]): RefusedItem {
  // A refused row may bear the id of a true event: then it goes by its place.
  const own = account.log.find(record.channel, record.id) === record && account.outbox.get(record.id) === undefined;
  return {
    t: "refused",
    id: own ? record.id : (`${record.id}.${record.pos}` as EventId),
    pos: record.pos,
    claimed: record.user,
    receivedAt: record.receivedAt,
    code,
  };
}

/** How a stored event shows; null: not by itself. */
export function recordItem(
  account: Account,
  record: EventRecord,
  said: Said,
  replies: RepliesByRoot = NO_REPLIES,
): TimelineItem | null {
  const foul = said.fouls.get(record.id);
  if (record.status === "refused") return refusedItem(account, record, record.code ?? "bug/unexpected");
  if (foul !== undefined) return refusedItem(account, record, foul);
  if (record.status === "waiting") {
    const scope = account.scopeOf(record.channel);
    const helpers =
      scope === undefined ? [] : scopeMembersAt(account.state, scope).filter((user) => user !== account.me);
    return {
      t: "waiting",
      id: record.id,
      pos: record.pos,
      author: record.user ?? account.me,
      receivedAt: record.receivedAt,
      helpers,
    };
  }
  const changes = said.changes.get(record.id);
  // The tombstone of an edit or a file says nothing: only messages leave one that shows.
  if (record.status === "gone" && changes?.deleted !== true) return null;
  return messageItem(account, record, changes, replies);
}
