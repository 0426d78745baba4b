// Who is mentioned: only whom the text itself names, so that nobody is called by what he cannot see (MS-25).
import { parseId, type UserId } from "@/lib/base/ids.ts";
import type { Content } from "@/lib/protocol/event.ts";

const MENTION = /<@([A-Za-z0-9_-]{22})>/g;

/** People named in a text as `<@id>`, once each, in order. */
export function namedIn(text: string): UserId[] {
  const found = new Set<UserId>();
  for (const match of text.matchAll(MENTION)) {
    const user = parseId<"user">(match[1]);
    if (user !== undefined) found.add(user);
  }
  return [...found];
}

/** True when the author lists a person and his text names that person. */
export function isMentioned(user: string, text: string, listed: readonly string[]): boolean {
  return listed.includes(user) && text.includes(`<@${user}>`);
}

const ALL = /<!(?:here|channel)>/;

/** True when a text calls everybody who is in the channel, or everybody who is here. */
export function callsAllIn(text: string): boolean {
  return ALL.test(text);
}

/** True for a message, or an edit of one, that names this person. */
export function isNamed(content: Content | null, user: string): boolean {
  return (content?.k === "message" || content?.k === "edit") && isMentioned(user, content.text, content.mentions);
}

/** True for a message, or an edit of one, that calls everybody. */
export function callsAll(content: Content | null): boolean {
  return (content?.k === "message" || content?.k === "edit") && callsAllIn(content.text);
}
