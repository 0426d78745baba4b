// The files of a message: those that came, those going up here, and places kept for those still to come.
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";
import type { OutboxEntry } from "@/lib/client/events/outbox-entry.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { plainName } from "@/lib/client/files/names.ts";
import type { Upload } from "@/lib/client/files/uploads.ts";
import type { Voice } from "@/lib/protocol/content/talk.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import type { FileRef } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const STILL = { progress: 0, speed: 0, kept: true, fault: null } as const;
const NOTHING = {
  blob: null,
  name: "",
  type: "",
  size: 0,
  width: null,
  height: null,
  thumbnail: null,
  voice: null,
} as const;

function said(file: FileRef): Pick<FileItem, "type" | "size" | "width" | "height" | "thumbnail"> {
  const { type, size, width, height, thumbnail } = file;
  return { type, size, width, height, thumbnail };
}

export function readyFile(id: EventId, { file, voice = null }: { file: FileRef; voice?: Voice | null }): FileItem {
  const { blob } = file;
  return { id, blob, name: plainName(file.name), ...said(file), voice, state: "ready", ...STILL, progress: 1 };
}

function uploadItem({ id, facts, state, sent, speed, kept, fault }: Upload): FileItem {
  const progress = facts.size === 0 ? 0 : Math.min(1, sent / facts.size);
  return { id, blob: null, ...facts, name: plainName(facts.name), state, progress, speed, kept, fault };
}

/** The event of one's own, on its way, that says something of a place of a message. */
function pendingAt(account: Account, channel: ChannelId, of: EventId, index: number): OutboxEntry | undefined {
  return account.outbox
    .entries(channel)
    .find(({ content: one }) => (one.k === "file" || one.k === "unsent") && one.of === of && one.index === index);
}

/** A file that its sender withdrew has no place any more (F1). */
export function filesOf(
  account: Account,
  channel: ChannelId,
  id: EventId,
  count: number,
  came: ReadonlyMap<number, EventRecord>,
): FileItem[] {
  const uploads = account.uploads.of(channel).filter((upload) => upload.of === id);
  const items: FileItem[] = [];
  for (let index = 0; index < Math.min(count, LIMITS.filesPerMessage); index += 1) {
    const record = came.get(index);
    const upload = uploads.find((one) => one.index === index);
    const pending = pendingAt(account, channel, id, index);
    if (record?.content?.k === "file") items.push(readyFile(record.id, record.content));
    else if (record?.content?.k === "unsent" || pending?.content.k === "unsent") continue;
    else if (pending?.content.k === "file")
      items.push({ ...readyFile(pending.id, pending.content), blob: null, state: "uploading" });
    else if (upload !== undefined) items.push(uploadItem(upload));
    else if (record?.status !== "gone") items.push({ id: `${id}.${index}`, ...NOTHING, state: "waiting", ...STILL });
  }
  return items;
}

/** A message that was to bring files alone, all of which were withdrawn, has nothing left to show. */
export function isEmptied(message: ContentOf<"message">, files: readonly FileItem[]): boolean {
  return message.files > 0 && files.length === 0 && message.text === "" && message.quote === undefined;
}
