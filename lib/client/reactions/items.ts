// Reactions as a message shows them: exact counts, some of the names, and one's own that are still on their way.
import type { EventId, UserId } from "@/lib/base/ids.ts";
import type { ReactionItem } from "@/lib/client/api/talk/reactions.ts";
import type { MessageItem, TimelineItem } from "@/lib/client/api.ts";
import type { OutboxEntry } from "@/lib/client/events/outbox-entry.ts";
import type { Reactions } from "@/lib/client/view/changes/hearing.ts";

/** Different emoji that one message shows. */
export const MOST_EMOJI = 50;
/** Names that one emoji shows; the count is of all. */
const MOST_NAMES = 30;

/** Of each emoji that somebody holds to: how many, who, and whether oneself. */
export function reactionItems(reactions: Reactions | undefined, me: UserId): ReactionItem[] {
  const items: ReactionItem[] = [];
  for (const [emoji, said] of reactions ?? []) {
    if (items.length >= MOST_EMOJI) break;
    const users: UserId[] = [];
    let count = 0;
    for (const [user, { on }] of said) {
      if (!on) continue;
      count += 1;
      if (users.length < MOST_NAMES) users.push(user);
    }
    if (count > 0) items.push({ emoji, count, mine: said.get(me)?.on === true, users });
  }
  return items;
}

function withOwn(item: MessageItem, emoji: string, on: boolean, me: UserId): MessageItem {
  const held = item.reactions.find((one) => one.emoji === emoji);
  if ((held?.mine ?? false) === on) return item;
  const fresh: ReactionItem = {
    emoji,
    count: (held?.count ?? 0) + (on ? 1 : -1),
    mine: on,
    users: on ? [...(held?.users ?? []), me] : (held?.users ?? []).filter((user) => user !== me),
  };
  const others = item.reactions.map((one) => (one === held ? fresh : one));
  const reactions = (held === undefined ? [...others, fresh] : others).filter((one) => one.count > 0);
  return { ...item, reactions };
}

/** Lays over what is stored what one has just said oneself, so that it shows in the same moment. */
export function withOwnReactions(
  items: readonly TimelineItem[],
  entries: readonly OutboxEntry[],
  me: UserId,
): readonly TimelineItem[] {
  const own = new Map<EventId, Map<string, boolean>>();
  for (const { content, failed } of entries) {
    if (content.k !== "reaction" || failed !== null) continue;
    const said = own.get(content.target.id) ?? new Map<string, boolean>();
    own.set(content.target.id, said.set(content.emoji, content.on));
  }
  if (own.size === 0) return items;
  return items.map((item) => {
    const said = item.t === "message" && !item.deleted ? own.get(item.id) : undefined;
    if (item.t !== "message" || said === undefined) return item;
    let shown = item;
    for (const [emoji, on] of said) shown = withOwn(shown, emoji, on, me);
    return shown;
  });
}
