// What waits in the outbox as a timeline shows it: messages of one's own, and edits laid over what is stored (PROTOCOL M10).
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { MessageItem, TimelineItem } from "@/lib/client/api.ts";
import { quoteItem } from "@/lib/client/conversation/quotes.ts";
import type { OutboxEntry } from "@/lib/client/events/outbox-entry.ts";
import { filesOf, isEmptied } from "./files.ts";
import { pollItem } from "./polls.ts";

/** A message on its way; null for everything else. */
export function pendingItem(account: Account, entry: OutboxEntry): MessageItem | null {
  const { content } = entry;
  if (content.k !== "message" && content.k !== "poll") return null;
  const text = content.k === "poll" ? content.question : content.text;
  const quote = content.k === "message" ? content.quote : undefined;
  const failedUpload = account.uploads
    .of(entry.channel)
    .find((upload) => upload.of === entry.id && upload.state === "failed");
  const files = content.k === "poll" ? [] : filesOf(account, entry.channel, entry.id, content.files, new Map());
  const online = account.live.connection === "online";
  return {
    t: "message",
    id: entry.id,
    pos: entry.pos,
    author: account.me,
    device: account.keyring.device.id,
    sentAt: entry.createdAt,
    receivedAt: null,
    text,
    markup: account.markup(text),
    edited: false,
    deleted: content.k === "message" && isEmptied(content, files),
    late: false,
    mentionsMe: false,
    mine: true,
    reactions: [],
    files,
    quote: quote === undefined ? null : quoteItem(account, quote, entry.channel),
    poll: content.k === "poll" ? pollItem(account, content, account.me, null) : null,
    pinned: false,
    thread: content.thread,
    replies: null,
    state: entry.failed !== null ? "failed" : entry.pos !== null ? "delivered" : online ? "sending" : "sealed",
    fault: entry.failed ?? failedUpload?.fault ?? null,
    mayDelete: false,
  };
}

/** Edits on their way show at once, on top of what is stored; one that the server did not take says so, as a message does. */
export function withPendingEdits(
  account: Account,
  channel: ChannelId,
  items: readonly TimelineItem[],
): readonly TimelineItem[] {
  const edits = new Map<string, Pick<MessageItem, "text"> & Partial<MessageItem>>();
  for (const { content, failed } of account.outbox.entries(channel))
    if (content.k === "edit")
      edits.set(content.target.id, {
        text: content.text,
        ...(failed === null ? {} : { state: "failed" as const, fault: failed }),
      });
  if (edits.size === 0) return items;
  return items.map((item) => {
    const edit = item.t === "message" ? edits.get(item.id) : undefined;
    return item.t !== "message" || edit === undefined
      ? item
      : { ...item, ...edit, markup: account.markup(edit.text), edited: true };
  });
}
