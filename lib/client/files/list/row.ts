// What the list of files keeps of each one: enough to sort and search it; the rest stays with its event.
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { plainName } from "@/lib/client/files/names.ts";
import { sortable, type VaultOp } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";

export const LIST = "file-list";

export type FileRow = {
  readonly channel: ChannelId;
  readonly pos: number;
  readonly id: EventId;
  readonly author: UserId;
  readonly at: number;
  readonly name: string;
  readonly type: string;
};

export function rowKey({ channel, pos }: Pick<FileRow, "channel" | "pos">): string {
  return `${channel}/${sortable(pos)}`;
}

/** The row of a record, when it is an opened file. */
export function rowOf(record: EventRecord): FileRow | undefined {
  const { content, user, status } = record;
  if (status !== "opened" || content?.k !== "file" || user === null) return undefined;
  return {
    channel: record.channel,
    pos: record.pos,
    id: record.id,
    author: user,
    at: record.receivedAt,
    name: plainName(content.file.name),
    type: content.file.type,
  };
}

export function rowOp(row: FileRow): VaultOp {
  const value = { id: row.id, u: row.author, at: row.at, n: row.name, t: row.type };
  return { op: "put", table: LIST, key: rowKey(row), value };
}

export function parseRow(key: string, value: Cbor): FileRow {
  const stored = value as unknown as { id: string; u: string; at: number; n: string; t: string };
  const [channel = "", pos = "0"] = key.split("/");
  return {
    channel: channel as ChannelId,
    pos: Number(pos),
    id: stored.id as EventId,
    author: stored.u as UserId,
    at: stored.at,
    name: stored.n,
    type: stored.t,
  };
}
