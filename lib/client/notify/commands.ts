// Commands about notifications.
import type { NotifyCommands } from "@/lib/client/api/live/notify.ts";
import type { Host } from "@/lib/client/commands/host.ts";

export function notifyCommands(host: Host): NotifyCommands {
  return {
    chooseNotify: ({ ws, setting }) => host.account(ws).notify.choose(setting),
    chooseChannelNotify: ({ ws, channel, setting }) => host.account(ws).notify.chooseHere(channel, setting),
  };
}
