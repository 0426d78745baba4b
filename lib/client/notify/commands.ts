// Commands about notifications.
import type { NotifyCommands } from "@/lib/client/api/live/notify.ts";
import type { Host } from "@/lib/client/commands/host.ts";

export function notifyCommands(host: Host): NotifyCommands {
  return {
    pushKey: ({ ws }) => host.account(ws).session.call("push.key", {}),
    pushTo: async ({ ws, target }) => {
      const { session } = host.account(ws);
      await (target === null ? session.call("push.unsubscribe", {}) : session.call("push.subscribe", target));
    },
    chooseNotify: ({ ws, setting }) => host.account(ws).notify.choose(setting),
    chooseChannelNotify: ({ ws, channel, setting }) => host.account(ws).notify.chooseHere(channel, setting),
  };
}
