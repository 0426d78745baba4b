// Who is mentioned: only whom the text itself names, so that nobody is called by what he cannot see (MS-25).
import { parseId, type UserId } from "@/lib/base/ids.ts";

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
