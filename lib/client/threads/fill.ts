// Looking further back in a channel until there is something to see: replies and reactions take places of their own there.
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { isAlso } from "@/lib/client/view/items/replies.ts";
import { rootOf } from "./kin.ts";

/** As much as one looks back at once. */
const ENOUGH = 30;
/** Pages in a row without anything to see, after which the reader may ask again. */
const MOST_PAGES = 200;

function shows(record: EventRecord): boolean {
  const { content } = record;
  if (content === null) return true;
  return (content.k === "message" || content.k === "poll") && (rootOf(content) === null || isAlso(content));
}

function shown(account: Account, channel: ChannelId): number {
  return account.log.records(channel).filter(shows).length;
}

/** Loads older pages of a channel, from here or the server, until some of them shows or there are no more. */
export async function loadSome(account: Account, channel: ChannelId): Promise<void> {
  const before = shown(account, channel);
  for (let page = 0; page < MOST_PAGES; page += 1)
    if (!(await account.older(channel)) || shown(account, channel) >= before + ENOUGH) return;
}

/** A channel that was just opened shows enough to fill a screen, as far as this device holds it. */
export async function fillScreen(account: Account, channel: ChannelId): Promise<void> {
  for (let page = 0; page < MOST_PAGES && shown(account, channel) < ENOUGH; page += 1)
    if (!(await account.log.older(channel))) return;
}
