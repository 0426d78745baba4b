// What later events say about messages, each kind heard by its own file; and which of them had no right to (PROTOCOL M7, M8).
import type { Account } from "@/lib/client/account/account.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { hearDeletion, hearGaps } from "./deletions.ts";
import { hearEdit } from "./edits.ts";
import { hearFile, hearUnsent } from "./files.ts";
import { Hearing, type Said } from "./hearing.ts";
import { hearPollEnd, hearVote } from "./polls.ts";
import { hearReaction } from "./reactions.ts";

function hear(hearing: Hearing, record: EventRecord, content: Content): void {
  if (content.k === "file") hearFile(hearing, record, content);
  else if (content.k === "unsent") hearUnsent(hearing, record, content);
  else if (content.k === "delete") hearDeletion(hearing, record, content);
  else if (content.k === "edit") hearEdit(hearing, record, content);
  else if (content.k === "reaction") hearReaction(hearing, record, content);
  else if (content.k === "vote") hearVote(hearing, record, content);
  else if (content.k === "pollend") hearPollEnd(hearing, record, content);
}

/** Goes through loaded events of a channel, oldest first; `whole`: all there are, so that what is not among them does not exist. */
export function changesOf(
  account: Account,
  records: readonly EventRecord[],
  whole: boolean = records[0]?.pos === 1,
): Said {
  const hearing = new Hearing(account, records, whole);
  for (const record of records) if (record.content !== null) hear(hearing, record, record.content);
  hearGaps(hearing, records);
  return hearing;
}
