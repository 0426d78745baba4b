// Quotes: made from what this device verified, and held against the original where a reader has it (PROTOCOL section 9).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { deletes } from "@/lib/client/account/deletions.ts";
import type { QuoteCheck, QuoteItem } from "@/lib/client/api/conversation/said.ts";
import type { Quote } from "@/lib/protocol/content/talk.ts";
import { type Original, versionsOf } from "./originals.ts";

/** True when an event that counts deletes it. */
export function isGone(account: Account, { record, about }: Original): boolean {
  return record.status === "gone" || about.some((one) => deletes(account.state, one, record));
}

/** How a quote stands to what its author wrote. */
export function checkQuote(account: Account, quote: Quote, original: Original | null | undefined): QuoteCheck {
  if (original === undefined || original === null) return "unseen";
  const { record } = original;
  if (isGone(account, original)) return "gone";
  if (record.status !== "opened" || record.hash === null) return "unseen";
  const said = versionsOf(original);
  const genuine =
    equal(record.hash, quote.hash) && record.user === quote.user && record.sentAt === quote.at && said.length > 0;
  if (!genuine) return "differs";
  if (said.at(-1)?.text === quote.text) return "same";
  return said.some(({ text }) => text === quote.text) ? "earlier" : "differs";
}

/** The quote of a message, for screens of the channel that it stands in. */
export function quoteItem(account: Account, quote: Quote, viewer: ChannelId): QuoteItem {
  const original = account.originals.peek(quote.channel, quote.id, viewer);
  return {
    channel: quote.channel,
    id: quote.id,
    author: quote.user,
    at: quote.at,
    text: quote.text,
    markup: account.markup(quote.text),
    check: checkQuote(account, quote, original),
  };
}

/** A message as this person reads it now, to be put into another one. Throws event/unknown-target. */
export async function makeQuote(account: Account, channel: ChannelId, id: EventId): Promise<Quote> {
  const original = await account.originals.read(channel, id);
  const text = original === null || isGone(account, original) ? undefined : versionsOf(original).at(-1)?.text;
  const hash = original?.record.hash;
  const user = original?.record.user;
  if (text === undefined || !hash || !user || original === null) throw new Fault("event/unknown-target");
  return { channel, id, hash, user, at: original.record.sentAt, text };
}
