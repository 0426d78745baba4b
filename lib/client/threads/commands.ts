// What one does with a thread: follow it or not, read it, look further back (PROTOCOL M11).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { ThreadCommands } from "@/lib/client/api/talk/threads.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { sendNewer } from "@/lib/client/daily/newer.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";

/** Says a thing about a thread to one's own devices, further than what was said before. */
async function say(
  account: Account,
  place: { channel: ChannelId; root: EventId },
  change: Partial<Pick<ContentOf<"thread">, "pos" | "follow">>,
): Promise<void> {
  const { channel, root } = place;
  const { threads, selfChannel } = account;
  const facts = threads.book.get(root);
  const content: ContentOf<"thread"> = {
    k: "thread",
    channel,
    root,
    rev: threads.nextRev(channel, root),
    pos: Math.max(change.pos ?? 0, facts?.read ?? 0),
    follow: change.follow ?? threads.follows(channel, root),
  };
  const kept = threads.said(content);
  account.changed({ channel });
  account.changed("workspace");
  await account.vault.write(kept);
  // What was not sealed yet is said by this one too.
  await sendNewer(account, selfChannel, content, (old) => old.k === "thread" && old.root === root);
  await threads.recount(channel, root);
}

async function follow(account: Account, channel: ChannelId, root: EventId, on: boolean): Promise<void> {
  const last = account.threads.book.get(root)?.last ?? 0;
  // What was written before one followed is no news.
  await say(account, { channel, root }, on ? { follow: "on", pos: last } : { follow: "off" });
}

/** Whoever answers has read what stands above. */
export async function answered(account: Account, channel: ChannelId, root: EventId): Promise<void> {
  const facts = account.threads.book.get(root);
  if (facts !== undefined && facts.last > facts.read) await say(account, { channel, root }, { pos: facts.last });
}

async function read(account: Account, channel: ChannelId, root: EventId): Promise<void> {
  const { book } = account.threads;
  const facts = book.get(root);
  if (facts === undefined || facts.channel !== channel || book.of(root).unread === 0) return;
  await say(account, { channel, root }, { pos: facts.last });
}

export function threadCommands(host: Host): ThreadCommands {
  return {
    followThread: ({ ws, channel, root, on }) => follow(host.account(ws), channel, root, on),
    markThreadRead: ({ ws, channel, root }) => read(host.account(ws), channel, root),
    markThreadsRead: async ({ ws }) => {
      const account = host.account(ws);
      for (const { channel, root } of account.threads.book.followed()) await read(account, channel, root);
    },
    loadOlderReplies: ({ ws, channel, root }) => host.account(ws).threads.older(channel, root),
  };
}
