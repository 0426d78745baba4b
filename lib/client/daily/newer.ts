// A newer value of one's own: in one write with the end of what was said before it and never left this device (M7).
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { Content } from "@/lib/protocol/event.ts";

/** Sends `content` instead of whatever waits in its channel, `isOlder`, and was not sealed yet. */
export async function sendNewer(
  account: Pick<Parts, "outbox" | "kick">,
  channel: ChannelId,
  content: Content,
  isOlder: (waiting: Content) => boolean,
): Promise<void> {
  const older = account.outbox.entries(channel).filter((entry) => entry.sealed === null && isOlder(entry.content));
  await account.outbox.add(
    channel,
    content,
    undefined,
    older.map(({ id }) => id),
  );
  account.kick(channel);
}
