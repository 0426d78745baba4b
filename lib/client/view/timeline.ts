// A channel's timeline: verified events, entries on their way, and what the ledger says happened in between (M7–M9).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { FileItem, MessageItem, RefusedItem, TimelineItem, TimelineView } from "@/lib/client/api.ts";
import { isMentioned } from "@/lib/client/events/mentions.ts";
import type { OutboxEntry } from "@/lib/client/events/outbox-entry.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { plainName } from "@/lib/client/wire/transfers.ts";
import { mayDelete, scopeMembersAt } from "@/lib/proof/queries.ts";
import { type Changes, changesOf, type Said } from "./changes.ts";
import { systemItems } from "./system.ts";

function fileItem(record: EventRecord): FileItem | null {
  if (record.content?.k !== "file") return null;
  const { file } = record.content;
  return {
    id: record.id,
    blob: file.blob,
    name: plainName(file.name),
    type: file.type,
    size: file.size,
    width: file.width,
    height: file.height,
    thumbnail: file.thumbnail,
    state: "ready",
    progress: 1,
    fault: null,
  };
}

/** Files of a message: those that came, those going up here, and places kept for those still to come. */
function filesOf(
  account: Account,
  channel: ChannelId,
  id: EventId,
  count: number,
  came: ReadonlyMap<number, EventRecord>,
): FileItem[] {
  const uploads = account.transfers.uploads(channel).filter((upload) => upload.of === id);
  const pending = account.outbox.entries(channel);
  const items: FileItem[] = [];
  for (let index = 0; index < Math.min(count, 10); index += 1) {
    const record = came.get(index);
    const ready = record === undefined ? null : fileItem(record);
    const upload = uploads.find((one) => one.index === index);
    const sealed = pending.find(({ content }) => content.k === "file" && content.of === id && content.index === index);
    if (ready !== null) items.push(ready);
    else if (upload !== undefined)
      items.push({
        id: upload.id,
        blob: null,
        name: upload.input.name,
        type: upload.input.type,
        size: upload.size,
        width: upload.input.width,
        height: upload.input.height,
        thumbnail: upload.input.thumbnail,
        state: upload.state,
        progress: upload.progress,
        fault: upload.fault,
      });
    else if (sealed?.content.k === "file") items.push({ ...sealedFile(sealed.content.file), id: sealed.id });
    else if (record?.status !== "gone")
      items.push({
        id: `${id}.${index}`,
        blob: null,
        name: "",
        type: "",
        size: 0,
        width: null,
        height: null,
        thumbnail: null,
        state: "waiting",
        progress: 0,
        fault: null,
      });
  }
  return items;
}

function sealedFile(file: {
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  thumbnail: FileItem["thumbnail"];
}): Omit<FileItem, "id"> {
  return {
    blob: null,
    name: file.name,
    type: file.type,
    size: file.size,
    width: file.width,
    height: file.height,
    thumbnail: file.thumbnail,
    state: "uploading",
    progress: 1,
    fault: null,
  };
}

function messageItem(account: Account, record: EventRecord, changes: Changes | undefined): MessageItem | null {
  const { content } = record;
  const gone = record.status === "gone" || changes?.deleted === true;
  if (record.user === null || record.device === null || (content?.k !== "message" && !gone)) return null;
  const message = content?.k === "message" ? content : null;
  const text = gone ? "" : (changes?.edit?.text ?? message?.text ?? "");
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
    mentionsMe: !gone && isMentioned(account.me, text, mentions),
    mine: record.user === account.me,
    files:
      gone || message === null
        ? []
        : filesOf(account, record.channel, record.id, message.files, changes?.files ?? new Map()),
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

function recordItem(account: Account, record: EventRecord, said: Said): TimelineItem | null {
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
  return messageItem(account, record, changes);
}

function pendingItem(account: Account, entry: OutboxEntry): MessageItem | null {
  const { content } = entry;
  if (content.k !== "message") return null;
  const failedUpload = account.transfers
    .uploads(entry.channel)
    .find((upload) => upload.of === entry.id && upload.state === "failed");
  const online = account.live.connection === "online";
  return {
    t: "message",
    id: entry.id,
    pos: entry.pos,
    author: account.me,
    device: account.keyring.device.id,
    sentAt: entry.createdAt,
    receivedAt: null,
    text: content.text,
    markup: account.markup(content.text),
    edited: false,
    deleted: false,
    late: false,
    mentionsMe: false,
    mine: true,
    files: filesOf(account, entry.channel, entry.id, content.files, new Map()),
    state: entry.failed !== null ? "failed" : entry.pos !== null ? "delivered" : online ? "sending" : "sealed",
    fault: entry.failed ?? failedUpload?.fault ?? null,
    mayDelete: false,
  };
}

/** Edits on their way show at once, on top of what is stored. */
function withPendingEdits(account: Account, channel: ChannelId, items: TimelineItem[]): TimelineItem[] {
  const edits = new Map<string, string>();
  for (const { content } of account.outbox.entries(channel))
    if (content.k === "edit") edits.set(content.target.id, content.text);
  if (edits.size === 0) return items;
  return items.map((item) => {
    const text = item.t === "message" ? edits.get(item.id) : undefined;
    return item.t !== "message" || text === undefined
      ? item
      : { ...item, text, markup: account.markup(text), edited: true };
  });
}

export function timelineView(account: Account, channel: ChannelId): TimelineView {
  const records = account.log.records(channel);
  const said = changesOf(account, records);
  const system = systemItems(
    account,
    channel,
    records[0]?.pos === 1 || records.length === 0,
    records[0]?.receivedAt ?? 0,
  );
  const items: TimelineItem[] = [];
  let next = 0;
  for (const record of records) {
    for (let one = system[next]; one !== undefined && one.at <= record.receivedAt; one = system[next]) {
      items.push(one);
      next += 1;
    }
    const item = recordItem(account, record, said);
    if (item !== null) items.push(item);
  }
  items.push(...system.slice(next));
  for (const entry of account.outbox.entries(channel)) {
    // A refused row under this entry's id is not this entry (MS-40).
    const row = account.log.find(channel, entry.id);
    const item = row === undefined || row.status === "refused" ? pendingItem(account, entry) : null;
    if (item !== null) items.push(item);
  }
  return {
    channel,
    items: withPendingEdits(account, channel, items),
    hasOlder: (records[0]?.pos ?? 1) > 1,
    loadingOlder: account.loadingOlder.has(channel),
    newFrom: (account.newFrom.get(channel) ?? null) as EventId | null,
    draft: account.drafts.get(channel) ?? "",
  };
}
