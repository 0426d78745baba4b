// Commands about what a channel is and where it stands, over a host of accounts.
import type { PlaceCommands } from "@/lib/client/api/daily/places.ts";
import { moveChannel, setSections } from "@/lib/client/places/sections.ts";
import { describeChannel, removeBookmark, setBookmark, setRetention } from "@/lib/client/places/terms.ts";
import type { Host } from "./host.ts";

export function termsCommands(host: Host): PlaceCommands {
  return {
    describeChannel: ({ ws, ...input }) => describeChannel(host.account(ws), input),
    setBookmark: ({ ws, ...input }) => setBookmark(host.account(ws), input),
    removeBookmark: ({ ws, ...input }) => removeBookmark(host.account(ws), input),
    setRetention: ({ ws, ...input }) => setRetention(host.account(ws), input),
    moveChannel: ({ ws, ...input }) => moveChannel(host.account(ws), input),
    setSections: ({ ws, ...input }) => setSections(host.account(ws), input),
  };
}
