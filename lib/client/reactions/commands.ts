// Reacting: an emoji said or taken back, each time with a higher rev than the last (PROTOCOL M7).
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { ReactionCommands } from "@/lib/client/api/talk/reactions.ts";
import { checkPost, saidOf } from "@/lib/client/commands/checks.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { verifiedTarget } from "@/lib/client/conversation/targets.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { isEmoji } from "./emoji.ts";
import { MOST_EMOJI } from "./items.ts";

type Input = { readonly channel: ChannelId; readonly id: EventId; readonly emoji: string; readonly on: boolean };

export async function react(account: Account, { channel, id, emoji, on }: Input): Promise<void> {
  checkPost(account, channel);
  if (!isEmoji(emoji)) throw new Fault("event/no-emoji");
  const { hash } = await verifiedTarget(account, channel, id);
  let rev = 0;
  const kinds = new Set<string>();
  const look = (content: Content | null, mine: boolean) => {
    if (content?.k !== "reaction" || content.target.id !== id) return;
    kinds.add(content.emoji);
    if (mine && content.emoji === emoji) rev = Math.max(rev, content.rev);
  };
  for (const record of await saidOf(account, channel, id)) look(record.content, record.user === account.me);
  for (const entry of account.outbox.entries(channel)) look(entry.content, true);
  // More would show to nobody.
  if (on && !kinds.has(emoji) && kinds.size >= MOST_EMOJI) throw new Fault("may/quota", { detail: "reactions" });
  await account.send(channel, { k: "reaction", target: { id, hash }, rev: rev + 1, emoji, on });
}

export function reactionCommands(host: Host): ReactionCommands {
  return { react: ({ ws, ...input }) => react(host.account(ws), input) };
}
