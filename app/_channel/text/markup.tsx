// Formatted text as React elements: the tree that the engine parsed, nothing from strings of HTML.
"use client";

import type { ReactNode } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Mention } from "@/app/_ui/message/message-text.tsx";
import { useWords } from "@/app/_words/words.ts";
import { parseId } from "@/lib/base/ids.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";
import { Fence } from "./fence.tsx";
import styles from "./markup.module.css";
import { ownHash } from "./own-hash.ts";

function MentionOf({ user }: { user: string }) {
  const { people, ws, channel } = useChannel();
  const id = parseId<"user">(user);
  if (id === undefined) return <>@</>;
  return (
    <Mention me={people.me.id === id} href={hrefOf({ t: "channel", ws, channel, panel: { t: "person", user: id } })}>
      @{people.shortOf(id)}
    </Mention>
  );
}

/** A channel's name is known to those who may read it, and to nobody else. */
function PlaceOf({ channel }: { channel: string }) {
  const { ws } = useChannel();
  const { view } = useFrame();
  const words = useWords().threads;
  const found = view.channels.find((one) => one.id === channel && one.kind !== "dm");
  if (found === undefined) return <em>{words.elsewhere}</em>;
  return <Mention href={hrefOf({ t: "channel", ws, channel: found.id, panel: null })}>#{found.name}</Mention>;
}

/** Only what the parser lets through; checked once more where it becomes an address. */
function safeHref(href: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)/i.test(href) ? href : undefined;
}

type Boxed = Extract<MarkupNode, { kids: unknown }>;

function box(node: Boxed, key: string, kids: ReactNode): ReactNode {
  switch (node.t) {
    case "em":
      return <em key={key}>{kids}</em>;
    case "strong":
      return <strong key={key}>{kids}</strong>;
    case "strike":
      return <s key={key}>{kids}</s>;
    case "p":
      return <p key={key}>{kids}</p>;
    case "heading":
      return (
        <p key={key} className={styles.heading}>
          {kids}
        </p>
      );
    case "quote":
      return <blockquote key={key}>{kids}</blockquote>;
    case "item":
      return <li key={key}>{kids}</li>;
    case "ul":
      return <ul key={key}>{kids}</ul>;
    case "ol":
      return (
        <ol key={key} start={node.start}>
          {kids}
        </ol>
      );
    case "table":
      return (
        <div key={key} className={styles.table}>
          <table>
            <tbody>{kids}</tbody>
          </table>
        </div>
      );
    case "row":
      return <tr key={key}>{kids}</tr>;
    case "headcell":
      return <th key={key}>{kids}</th>;
    case "cell":
      return <td key={key}>{kids}</td>;
    case "link": {
      const hash = ownHash(node.href);
      // A place in this very app opens in it; the tab that is open knows what it may show there.
      if (hash !== undefined)
        return (
          <a key={key} href={hash}>
            {kids}
          </a>
        );
      return (
        <a key={key} href={safeHref(node.href)} target="_blank" rel="noopener noreferrer" referrerPolicy="no-referrer">
          {kids}
        </a>
      );
    }
  }
}

function draw(node: MarkupNode, key: string): ReactNode {
  switch (node.t) {
    case "text":
      return node.text;
    case "break":
      return <br key={key} />;
    case "rule":
      return <hr key={key} className={styles.rule} />;
    case "code":
      return <code key={key}>{node.text}</code>;
    case "fence":
      return <Fence key={key} text={node.text} lang={node.lang} />;
    case "emoji":
      return <EmojiSign key={key} emoji={`:${node.name}:`} />;
    case "call":
      return (
        <Mention key={key} me>
          @{node.who}
        </Mention>
      );
    case "place":
      return <PlaceOf key={key} channel={node.channel} />;
    case "mention":
      return <MentionOf key={key} user={node.user} />;
    default:
      return box(node, key, drawAll(node.kids, key));
  }
}

function drawAll(nodes: readonly MarkupNode[], path: string): ReactNode {
  return nodes.map((node, at) => draw(node, `${path}.${at}`));
}

export function Markup({ nodes }: { nodes: readonly MarkupNode[] }) {
  return <>{drawAll(nodes, "")}</>;
}
