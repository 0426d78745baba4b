// Votes and the end of a poll: who chose what, each person once, up to where its author ended it (PROTOCOL M7, M8).
import type { UserId } from "@/lib/base/ids.ts";
import { areChoices } from "@/lib/client/conversation/polls.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { type Hearing, type PollChanges, type Vote, wins } from "./hearing.ts";

/** The choices that count, by person: of each the highest rev that lies before the end. */
export function countVotes({ votes, end }: PollChanges): Map<UserId, readonly number[]> {
  const last = end?.on === true ? end.pos : Number.POSITIVE_INFINITY;
  const held = new Map<UserId, Vote>();
  for (const vote of votes) if (vote.pos <= last && wins(vote, held.get(vote.user))) held.set(vote.user, vote);
  return new Map([...held].flatMap(([user, { choices }]) => (choices.length === 0 ? [] : [[user, choices]])));
}

/** The poll that an event is about; anything else is a foul. */
function pollOf(hearing: Hearing, record: EventRecord, content: ContentOf<"vote" | "pollend">) {
  const target = hearing.target(record, content.target);
  if (target === undefined || target.content === null) return undefined;
  if (target.content.k === "poll") return { target, poll: target.content };
  hearing.foul(record, "event/unknown-target");
  return undefined;
}

function heardOf(hearing: Hearing, poll: EventRecord): PollChanges {
  const changes = hearing.of(poll.id);
  changes.poll ??= { votes: [], end: null };
  return changes.poll;
}

export function hearVote(hearing: Hearing, record: EventRecord, content: ContentOf<"vote">): void {
  const found = pollOf(hearing, record, content);
  if (found === undefined || record.hash === null || record.user === null) return;
  if (!areChoices(found.poll, content.choices)) {
    hearing.foul(record, "event/bad-vote");
    return;
  }
  const { rev, choices } = content;
  heardOf(hearing, found.target).votes.push({ rev, hash: record.hash, user: record.user, pos: record.pos, choices });
}

/** By the poll's author alone. */
export function hearPollEnd(hearing: Hearing, record: EventRecord, content: ContentOf<"pollend">): void {
  const found = pollOf(hearing, record, content);
  if (found === undefined || record.hash === null) return;
  if (found.target.user !== record.user) {
    hearing.foul(record, "event/wrong-author");
    return;
  }
  const held = heardOf(hearing, found.target);
  const end = { rev: content.rev, hash: record.hash, pos: record.pos, on: content.on };
  if (wins(end, held.end)) held.end = end;
}
