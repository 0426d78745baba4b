// What can be done with a message beyond itself: linked, quoted, passed on, pinned, looked back at, voted on.
"use client";

import { useMemo, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { hrefOf, parseRoute } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";

export type ConversationActs = {
  /** brings a message into sight, of this channel or another */
  readonly show: (id: EventId, channel?: ChannelId) => void;
  readonly copyLink: (item: MessageItem) => void;
  /** null: no quote after all */
  readonly quote: (item: MessageItem | null) => void;
  readonly forward: (item: MessageItem) => void;
  readonly pin: (item: MessageItem) => void;
  readonly versions: (item: MessageItem) => void;
  /** asks for a question and its answers */
  readonly poll: (start: PollStart) => void;
  /** resolves once it is stored here, or was refused and said so */
  readonly vote: (item: MessageItem, choices: readonly number[]) => Promise<void>;
  readonly endPoll: (item: MessageItem, on: boolean) => void;
};

/** What a poll begins with: what was written behind /poll. */
export type PollStart = { readonly question: string; readonly options: readonly string[] };
export type ConversationOver =
  | { readonly t: "forward" | "versions"; readonly item: MessageItem }
  | { readonly t: "poll"; readonly start: PollStart };

/** The address of a message, for this workspace's people. */
export function linkOf(ws: WorkspaceId, channel: ChannelId, at: EventId): string {
  return `${window.location.origin}/${hrefOf({ t: "channel", ws, channel, panel: null, at })}`;
}

/** `open`: shows a dialog over the channel. Stays the same object while the channel is open. */
export function useConversationActs(ws: WorkspaceId, channel: ChannelId, open: (over: ConversationOver) => void) {
  const engine = useEngine();
  const words = useWords();
  const [quoting, setQuoting] = useState<MessageItem | null>(null);
  const newest = useRef(words);
  newest.current = words;
  const acts = useMemo<ConversationActs>(() => {
    const tell = (thrown: unknown) => void toast(newest.current.faults[asFault(thrown).code]);
    const told = (work: Promise<unknown>) => void work.catch(tell);
    const copyLink = async (item: MessageItem) => {
      await navigator.clipboard.writeText(linkOf(ws, channel, item.id));
      toast(newest.current.conversation.linkCopied);
    };
    return {
      show: (id, elsewhere = channel) => {
        const here = parseRoute(window.location.hash);
        const kept = here.t === "channel" && here.channel === elsewhere ? here.panel : null;
        const panel = kept?.t === "thread" ? null : kept;
        go({ t: "channel", ws, channel: elsewhere, panel, at: id });
      },
      copyLink: (item) => told(copyLink(item)),
      quote: setQuoting,
      forward: (item) => open({ t: "forward", item }),
      versions: (item) => open({ t: "versions", item }),
      pin: (item) => told(engine.pinMessage({ ws, channel, id: item.id, on: !item.pinned })),
      poll: (start) => open({ t: "poll", start }),
      vote: (item, choices) => engine.votePoll({ ws, channel, id: item.id, choices }).catch(tell),
      endPoll: (item, on) => told(engine.endPoll({ ws, channel, id: item.id, on })),
    };
  }, [engine, ws, channel, open]);
  return { acts, quoting };
}
