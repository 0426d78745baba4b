// Files that follow a message, each an event of its author's (PROTOCOL F1).
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Hearing } from "./hearing.ts";

export function hearFile(hearing: Hearing, record: EventRecord, content: ContentOf<"file">): void {
  const root = hearing.named(record, content.of);
  if (root === undefined) return;
  if (root.user !== record.user) hearing.foul(record, "event/wrong-author");
  else if (content.index < LIMITS.filesPerMessage) hearing.of(content.of).files.set(content.index, record);
}
