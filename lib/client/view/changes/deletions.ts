// Deletions, by the author or who has the right; and rows that were emptied with none to account for it (PROTOCOL M8).
import type { UserId } from "@/lib/base/ids.ts";
import { deletes } from "@/lib/client/account/deletions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { mayDelete } from "@/lib/proof/queries.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import type { Hearing } from "./hearing.ts";

export function hearDeletion(hearing: Hearing, record: EventRecord, content: ContentOf<"delete">): void {
  const target = hearing.named(record, content.target.id);
  if (target === undefined || target.user === null || record.user === null) return;
  const { state } = hearing.account;
  const by = { user: record.user, author: target.user, channel: record.channel };
  if (mayDelete(state, by, record.n) !== null) hearing.foul(record, "event/wrong-author");
  else if (target.hash === null || deletes(state, record, target)) hearing.of(target.id).deleted = true;
  else hearing.foul(record, "event/unknown-target");
}

/**
 * Rows without content that no deletion accounts for: the server emptied them by itself. What the author of a deleted
 * message wrote besides may be its edits and files, which go with it.
 */
export function hearGaps(hearing: Hearing, records: readonly EventRecord[]): void {
  const authors = new Set<UserId | null>();
  for (const record of records) if (hearing.changes.get(record.id)?.deleted === true) authors.add(record.user);
  for (const record of records)
    if (record.status === "gone" && record.hash === null && !authors.has(record.user))
      hearing.foul(record, "event/hole");
}
