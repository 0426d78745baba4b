// Commands on single messages: passing on, looking back, pinning, polls; each on its account.

import { Fault } from "@/lib/base/errors.ts";
import type { EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { ConversationCommands } from "@/lib/client/api/conversation/commands.ts";
import { forwardMessage } from "./forward.ts";
import { versionsOf } from "./originals.ts";
import { pinMessage } from "./pins.ts";
import { createPoll, endPoll, votePoll } from "./polls.ts";
import { isGone } from "./quotes.ts";

/** `eventIdOf`: the id of the event that a command makes, so that a repeated one makes it once. */
export function conversationCommands(
  account: (ws: WorkspaceId) => Account,
  eventIdOf: (input: object) => EventId | undefined,
): ConversationCommands {
  return {
    forwardMessage: ({ ws, ...input }) => forwardMessage(account(ws), { ...input, as: eventIdOf(input) }),
    pinMessage: ({ ws, ...input }) => pinMessage(account(ws), input),
    createPoll: ({ ws, ...input }) => createPoll(account(ws), { ...input, as: eventIdOf(input) }),
    votePoll: ({ ws, ...input }) => votePoll(account(ws), input),
    endPoll: ({ ws, ...input }) => endPoll(account(ws), input),
    messageVersions: async ({ ws, channel, id }) => {
      const one = account(ws);
      const original = await one.originals.read(channel, id);
      const versions = original === null || isGone(one, original) ? [] : versionsOf(original);
      if (versions.length === 0) throw new Fault("event/unknown-target");
      return versions.map((version, n) => ({ ...version, n, markup: one.markup(version.text) }));
    },
  };
}
