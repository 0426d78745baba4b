// A poll with its votes as they stand, one's own on their way laid over what is stored (PROTOCOL section 9, M10).
import type { EventId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { PollItem } from "@/lib/client/api/conversation/said.ts";
import type { MessageItem, TimelineItem } from "@/lib/client/api/timeline.ts";
import type { OutboxEntry } from "@/lib/client/events/outbox-entry.ts";
import type { PollChanges } from "@/lib/client/view/changes/hearing.ts";
import { countVotes } from "@/lib/client/view/changes/polls.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";

export function pollItem(
  account: Account,
  poll: ContentOf<"poll">,
  author: UserId,
  heard: PollChanges | null,
): PollItem {
  const votes = heard === null ? new Map<UserId, readonly number[]>() : countVotes(heard);
  const ended = heard?.end?.on === true;
  return drawn(poll, votes, { me: account.me, author, ended });
}

function drawn(
  { options, many }: Pick<ContentOf<"poll">, "options" | "many">,
  votes: ReadonlyMap<UserId, readonly number[]>,
  { me, author, ended }: { me: UserId; author: UserId; ended: boolean },
): PollItem {
  const choosing = (at: number) => [...votes].flatMap(([user, choices]) => (choices.includes(at) ? [user] : []));
  return {
    many,
    options: options.map((text, n) => ({ n, text, voters: choosing(n) })),
    voters: votes.size,
    mine: votes.get(me) ?? [],
    ended,
    mayEnd: author === me,
  };
}

/** The poll with one person's choices put in the place of what they were. */
function withMine(poll: PollItem, me: UserId, choices: readonly number[]): PollItem {
  const options = poll.options.map(({ n, text, voters }) => {
    const others = voters.filter((user) => user !== me);
    return { n, text, voters: choices.includes(n) ? [...others, me] : others };
  });
  const others = poll.voters - Number(poll.mine.length > 0);
  return { ...poll, options, mine: choices, voters: others + Number(choices.length > 0) };
}

/** Votes and ends on their way show at once. */
export function withPendingVotes(
  account: Account,
  entries: readonly OutboxEntry[],
  items: readonly TimelineItem[],
): TimelineItem[] {
  const said = new Map<EventId, ((poll: PollItem) => PollItem)[]>();
  for (const { content } of entries) {
    if (content.k !== "vote" && content.k !== "pollend") continue;
    const change = (poll: PollItem): PollItem => {
      if (content.k === "pollend") return { ...poll, ended: content.on };
      return poll.ended ? poll : withMine(poll, account.me, content.choices);
    };
    said.set(content.target.id, [...(said.get(content.target.id) ?? []), change]);
  }
  if (said.size === 0) return [...items];
  return items.map((item) => (item.t === "message" && item.poll !== null ? changed(item, said.get(item.id)) : item));
}

function changed(item: MessageItem, changes: readonly ((poll: PollItem) => PollItem)[] = []): MessageItem {
  const { poll } = item;
  return poll === null ? item : { ...item, poll: changes.reduce((one, change) => change(one), poll) };
}
