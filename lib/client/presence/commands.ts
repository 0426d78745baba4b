// Commands about presence and typing.
import type { PresenceCommands } from "@/lib/client/api/live/presence.ts";
import type { Host } from "@/lib/client/commands/host.ts";

export function presenceCommands(host: Host): PresenceCommands {
  return {
    noteActivity: async ({ ws }) => host.account(ws).here.touch(),
    noteTyping: async ({ ws, channel, on }) => host.account(ws).here.note(channel, on),
    sharePresence: ({ ws, ...shares }) => host.account(ws).here.share(shares),
  };
}
