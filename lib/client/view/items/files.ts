// The files of a message: those that came, those on their way up, and places kept for those still to come (PROTOCOL F1).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { FileItem } from "@/lib/client/api.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { plainName } from "@/lib/client/wire/transfers.ts";

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
export function filesOf(
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
