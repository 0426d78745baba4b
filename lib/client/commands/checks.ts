// What is looked at before something is written: whether one may, and what was said of it (PROTOCOL M8).
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { storedAbout, subjectOf } from "@/lib/client/events/past/about.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { rootOf } from "@/lib/client/threads/kin.ts";
import { mayWriteChannel } from "@/lib/proof/queries.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** Stops nothing from being written while offline; only a stopped ledger does. */
export function checkWritable(account: Account): void {
  const { stop } = account.book;
  if (stop === "may/removed" || stop === "may/retired") throw new Fault(stop);
  if (stop !== null) throw new Fault("app/blocked", { detail: stop });
}

/** What no row of its own would show when the server refuses it is refused here. */
export function checkPost(account: Account, channel: ChannelId): void {
  checkWritable(account);
  const refused = mayWriteChannel(account.state, account.me, channel);
  if (refused !== null) throw new Fault(refused);
}

export function checkText(text: string): void {
  if (text.length > LIMITS.messageChars) throw new Fault("app/too-long");
}

/** Events about a message, wherever in the channel they lie; those that this device holds. */
export async function saidOf(account: Account, channel: ChannelId, id: EventId): Promise<readonly EventRecord[]> {
  if (account.log.find(channel, id) === undefined) return await storedAbout(account.vault, channel, id);
  return account.log.records(channel).filter((record) => subjectOf(record.content) === id);
}

/** Throws event/unknown-target where no thread can hang on this message: it isn't here, or is a reply itself. */
export async function checkRoot(account: Account, channel: ChannelId, id: EventId): Promise<void> {
  const root = account.log.find(channel, id) ?? (await account.log.byId(channel, id));
  const own = account.outbox.get(id);
  const content = root?.content ?? own?.content ?? null;
  const known = root !== undefined ? root.status === "opened" || root.status === "gone" : own !== undefined;
  if (!known || rootOf(content) !== null) throw new Fault("event/unknown-target");
}
