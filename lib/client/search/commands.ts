// The commands that find messages, and that say whether old ones are fetched.
import type { SearchCommands } from "@/lib/client/api/finding/search.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { fetchOlder, messageAt } from "./places.ts";

const PAGE = 100;

export function searchCommands(host: Host): SearchCommands {
  return {
    search: ({ ws, ...input }) => host.finding(ws).search(input),
    messageAt: async ({ ws, channel, at }) => ({ id: await messageAt(host.account(ws), channel, at) }),
    loadAround: async ({ ws, channel, anchor, way }) => {
      const account = host.account(ws);
      const { past } = account.log;
      if (way === "newer") await past.newer(channel, anchor);
      else if (!(await past.older(channel, anchor))) {
        await fetchOlder(account, channel, PAGE);
        await past.older(channel, anchor);
      }
      account.changed({ channel });
    },
    fetchHistory: ({ ws, on }) => host.finding(ws).fetchHistory(on),
  };
}
