// Edits: only by the author, in the same channel, of what was verified, by its hash (PROTOCOL M7, M8).
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { type Hearing, wins } from "./hearing.ts";

export function hearEdit(hearing: Hearing, record: EventRecord, content: ContentOf<"edit">): void {
  if (record.hash === null) return;
  const named = hearing.named(record, content.target.id);
  if (named === undefined) return;
  if (named.user !== record.user) {
    hearing.foul(record, "event/wrong-author");
    return;
  }
  const target = hearing.target(record, content.target);
  if (target === undefined) return;
  // What people voted on stays what it was.
  if (target.content !== null && target.content.k !== "message") {
    hearing.foul(record, "event/unknown-target");
    return;
  }
  const { rev, text, mentions } = content;
  const edit = { rev, hash: record.hash, text, mentions };
  const changes = hearing.of(target.id);
  if (wins(edit, changes.edit)) changes.edit = edit;
}
