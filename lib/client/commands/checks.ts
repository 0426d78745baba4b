// What is looked at before something is written: whether one may, and which event it is about (PROTOCOL M8).
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { storedRecord } from "@/lib/client/events/lookup.ts";
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

export type Verified = { readonly id: EventId; readonly hash: Uint8Array; readonly user: UserId | null };

/** A message as this device has verified it, or its own that landed a moment ago. Throws event/unknown-target. */
export function verified(account: Account, channel: ChannelId, id: EventId): Verified {
  const record = account.log.find(channel, id);
  if (record !== undefined && record.hash !== null) return { id, hash: record.hash, user: record.user };
  // Acknowledged, its row still on the way back: what was sealed here is known to the byte.
  const own = account.outbox.get(id);
  if (own === undefined || own.pos === null || own.sealed === null) throw new Fault("event/unknown-target");
  return { id, hash: own.sealed.hash, user: account.me };
}

/** The same, wherever in the channel it lies. */
export async function verifiedAnywhere(account: Account, channel: ChannelId, id: EventId): Promise<Verified> {
  const stored = account.log.find(channel, id) ?? (await storedRecord(account.vault, channel, id));
  if (stored === undefined || stored.hash === null) return verified(account, channel, id);
  return { id, hash: stored.hash, user: stored.user };
}
