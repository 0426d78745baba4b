// Messages of this workspace that a text links to, as cards; only from what this device can open by itself.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { ownHash } from "@/app/_channel/text/own-hash.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { parseRoute } from "@/app/_frame/routing/route.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";
import styles from "./quote-card.module.css";
import { LinkedCard } from "./quote-card.tsx";

const MOST = 3;

type Linked = { readonly channel: ChannelId; readonly id: EventId };

/** Links to messages in a text, each once. */
function linkedIn(nodes: readonly MarkupNode[], ws: WorkspaceId, found: Map<EventId, Linked>): void {
  for (const node of nodes) {
    const hash = node.t === "link" ? ownHash(node.href) : undefined;
    const route = hash === undefined ? undefined : parseRoute(hash);
    if (route?.t === "channel" && route.ws === ws && route.at !== undefined)
      found.set(route.at, { channel: route.channel, id: route.at });
    else if ("kids" in node) linkedIn(node.kids, ws, found);
  }
}

function Linked({ channel, id }: Linked) {
  const { ws } = useChannel();
  const words = useWords().conversation;
  const found = useTopic(`message:${ws}:${channel}:${id}`);
  const { item, state } = found ?? {};
  if (state === undefined) return null;
  if (item === null || item === undefined)
    return <p className={styles.bare}>{state === "here" ? words.linked.none : words.linked[state]}</p>;
  return <LinkedCard author={item.author} at={item.sentAt} channel={channel} id={id} markup={item.markup} />;
}

export function LinkCards({ nodes }: { nodes: readonly MarkupNode[] }) {
  const { ws } = useChannel();
  const found = new Map<EventId, Linked>();
  linkedIn(nodes, ws, found);
  return [...found.values()].slice(0, MOST).map((one) => <Linked key={one.id} {...one} />);
}
