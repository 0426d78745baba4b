// Reactions: each person's word for each emoji, on a message of the same channel, by its hash (PROTOCOL M7, M8).
import type { UserId } from "@/lib/base/ids.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { isEmoji } from "@/lib/client/reactions/emoji.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { type Hearing, type Reacted, wins } from "./hearing.ts";

export function hearReaction(hearing: Hearing, record: EventRecord, content: ContentOf<"reaction">): void {
  if (record.hash === null || record.user === null) return;
  const target = hearing.target(record, content.target);
  if (target === undefined) return;
  const kind = target.content?.k;
  if (target.status === "opened" && kind !== "message" && kind !== "poll") {
    hearing.foul(record, "event/unknown-target");
    return;
  }
  if (!isEmoji(content.emoji)) {
    hearing.foul(record, "event/no-emoji");
    return;
  }
  const { reactions } = hearing.of(target.id);
  const said = reactions.get(content.emoji) ?? new Map<UserId, Reacted>();
  reactions.set(content.emoji, said);
  const fresh = { rev: content.rev, hash: record.hash, on: content.on };
  if (wins(fresh, said.get(record.user))) said.set(record.user, fresh);
}
