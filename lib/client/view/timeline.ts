// A channel's timeline: verified events, entries on their way, and what the ledger says happened in between (M7–M9).
import { compare, equal } from "@/lib/base/bytes.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { deletes } from "@/lib/client/account/deletions.ts";
import type { FileItem, MessageItem, TimelineItem, TimelineView } from "@/lib/client/api.ts";
import type { OutboxEntry } from "@/lib/client/events/outbox-entry.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { mayDelete, scopeMembersAt } from "@/lib/proof/queries.ts";
import { systemItems } from "./system.ts";

/** What later events say about a message: newest edit, deletion, files. */
type Changes = {
  edit: { rev: number; hash: Uint8Array; text: string; mentions: readonly string[] } | null;
  deleted: boolean;
  files: Map<number, EventRecord>;
};

function changesOf(account: Account, records: readonly EventRecord[]): Map<EventId, Changes> {
  const byTarget = new Map<EventId, Changes>();
  const get = (id: EventId) => {
    const known = byTarget.get(id) ?? { edit: null, deleted: false, files: new Map<number, EventRecord>() };
    byTarget.set(id, known);
    return known;
  };
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const record of records) {
    const { content } = record;
    if (content?.k === "file") {
      const root = byId.get(content.of);
      if (root !== undefined && root.user === record.user && content.index < 10)
        get(content.of).files.set(content.index, record);
    }
    if (content?.k === "delete") {
      const target = byId.get(content.target.id);
      if (target !== undefined && (target.status === "gone" || deletes(account.state, record, target)))
        get(content.target.id).deleted = true;
    }
    if (content?.k !== "edit" || record.hash === null) continue;
    const target = byId.get(content.target.id);
    // Only the author edits, in the same channel, what was verified, by its hash (M8); the higher rev wins (M7).
    if (
      target === undefined ||
      target.user !== record.user ||
      target.hash === null ||
      !equal(target.hash, content.target.hash)
    )
      continue;
    const held = get(target.id).edit;
    if (held === null || content.rev > held.rev || (content.rev === held.rev && compare(record.hash, held.hash) > 0))
      get(target.id).edit = { rev: content.rev, hash: record.hash, text: content.text, mentions: content.mentions };
  }
  return byTarget;
}

function fileItem(record: EventRecord): FileItem | null {
  if (record.content?.k !== "file") return null;
  const { file } = record.content;
  return {
    id: record.id,
    blob: file.blob,
    name: file.name,
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
    mentionsMe: !gone && mentions.some((user) => user === account.me),
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

function recordItem(account: Account, record: EventRecord, changes: Changes | undefined): TimelineItem | null {
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
  if (record.status === "refused")
    return {
      t: "refused",
      id: record.id,
      pos: record.pos,
      claimed: record.user,
      receivedAt: record.receivedAt,
      code: record.code ?? "bug/unexpected",
    };
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
  const changes = changesOf(account, records);
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
    const item = recordItem(account, record, changes.get(record.id));
    if (item !== null) items.push(item);
  }
  items.push(...system.slice(next));
  for (const entry of account.outbox.entries(channel)) {
    const item = account.log.find(channel, entry.id) === undefined ? pendingItem(account, entry) : null;
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
