// The message that a command is about, as this device has verified it; also where its stretch of the channel is not loaded.
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Content } from "@/lib/protocol/event.ts";

export type Verified = {
  readonly id: EventId;
  readonly hash: Uint8Array;
  readonly user: UserId;
  readonly content: Content;
};

/** A message that was opened here, or one's own that landed a moment ago. Throws event/unknown-target. */
export async function verifiedTarget(account: Account, channel: ChannelId, id: EventId): Promise<Verified> {
  const record = account.log.find(channel, id) ?? (await account.log.byId(channel, id));
  if (record !== undefined && record.hash !== null && record.user !== null && record.content !== null)
    return { id, hash: record.hash, user: record.user, content: record.content };
  // Acknowledged, its row still on the way back: what was sealed here is known to the byte.
  const own = account.outbox.get(id);
  if (own === undefined || own.pos === null || own.sealed === null) throw new Fault("event/unknown-target");
  return { id, hash: own.sealed.hash, user: account.me, content: own.content };
}
