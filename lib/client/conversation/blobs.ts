// Which files of a deleted message may leave the server: those that no other message of the channel brings (PROTOCOL F2).
import type { BlobId, ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Content } from "@/lib/protocol/event.ts";

/**
 * A file that was forwarded into its own channel is there twice, and goes with the last message that brings it. Where
 * older history is not on this device, a forwarded one stays: the message that brought it first may lie there.
 */
export async function blobsToPurge(
  account: Account,
  channel: ChannelId,
  message: EventId,
  about: readonly { readonly content: Content | null }[],
): Promise<BlobId[]> {
  const blobs = new Set(about.flatMap(({ content }) => (content?.k === "file" ? [content.file.blob] : [])));
  if (blobs.size === 0) return [];
  const passedOn = (await account.log.byId(channel, message))?.content;
  if (account.log.mark(channel).low > 1 && passedOn?.k === "message" && passedOn.quote !== undefined) return [];
  for (const { content } of await account.log.since(channel, 0))
    if (content?.k === "file" && content.of !== message) blobs.delete(content.file.blob);
  for (const { content } of account.outbox.entries(channel))
    if (content.k === "file" && content.of !== message) blobs.delete(content.file.blob);
  return [...blobs];
}
