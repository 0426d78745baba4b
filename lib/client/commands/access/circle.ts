// Commands about recovery circles: one's own, helping, and coming back by one (PROTOCOL D6).
import type { CircleCommands } from "@/lib/client/api/circle.ts";
import { endCircle, setCircle, stopAsks } from "@/lib/client/circle/setting.ts";
import type { Host } from "@/lib/client/commands/host.ts";

export function circleCommands(host: Host): CircleCommands {
  const { regaining } = host;
  return {
    setCircle: ({ ws, ...input }) => setCircle(host.account(ws), input),
    endCircle: ({ ws }) => endCircle(host.account(ws)),
    stopAsks: ({ ws }) => stopAsks(host.account(ws)),
    inspectAsk: ({ ws, code }) => host.account(ws).circle.inspect(code),
    acceptAsk: ({ ws, user }) => host.account(ws).circle.accept(user),
    refuseAsk: async ({ ws }) => host.account(ws).circle.refuse(),
    givePart: ({ ws, ask }) => host.account(ws).circle.give(ask),
    endHelp: ({ ws, ask }) => host.account(ws).circle.stop(ask),
    startAsk: () => regaining.start(),
    lookAsks: () => regaining.look(),
    dropAsk: ({ id }) => regaining.drop(id),
    openCircle: async () => ({ words: await regaining.open() }),
    endAsks: () => regaining.end(),
  };
}
