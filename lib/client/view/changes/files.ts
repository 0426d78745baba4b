// Files that follow a message, each an event of its author's, and those that he withdrew (PROTOCOL F1).
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Changes, Hearing } from "./hearing.ts";

/** What is known of the files of a message, when its author says something of a place that it has. */
function filesOf(
  hearing: Hearing,
  record: EventRecord,
  content: ContentOf<"file" | "unsent">,
): Changes["files"] | null {
  const root = hearing.named(record, content.of);
  if (root === undefined) return null;
  if (root.user === record.user) return content.index < LIMITS.filesPerMessage ? hearing.of(content.of).files : null;
  hearing.foul(record, "event/wrong-author");
  return null;
}

export function hearFile(hearing: Hearing, record: EventRecord, content: ContentOf<"file">): void {
  filesOf(hearing, record, content)?.set(content.index, record);
}

/** A file that came stays, whatever is said of its place. */
export function hearUnsent(hearing: Hearing, record: EventRecord, content: ContentOf<"unsent">): void {
  const files = filesOf(hearing, record, content);
  if (files?.has(content.index) === false) files.set(content.index, record);
}
