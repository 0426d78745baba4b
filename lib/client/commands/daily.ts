// Commands of a working day, each on its account.
import type { EmojiCommands } from "@/lib/client/api/daily/emoji.ts";
import * as emoji from "@/lib/client/daily/emoji.ts";
import type { Host } from "./host.ts";

export function dailyCommands(host: Host): EmojiCommands {
  return {
    addEmoji: ({ ws, ...input }) => emoji.addEmoji(host.account(ws), input),
    removeEmoji: ({ ws, name }) => emoji.removeEmoji(host.account(ws), name),
  };
}
