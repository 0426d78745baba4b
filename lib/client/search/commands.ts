// The commands that find messages, and that say whether old ones are fetched.
import type { SearchCommands } from "@/lib/client/api/finding/search.ts";
import type { Host } from "@/lib/client/commands/host.ts";

export function searchCommands(host: Host): SearchCommands {
  return {
    search: ({ ws, ...input }) => host.finding(ws).search(input),
    fetchHistory: ({ ws, on }) => host.finding(ws).fetchHistory(on),
  };
}
