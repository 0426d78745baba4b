// Another message inside a message: whose words, when, how they stand to the original, and the way there.
"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { AuthorFace } from "@/app/_channel/message/author-face.tsx";
import { Markup } from "@/app/_channel/text/markup.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import type { QuoteItem } from "@/lib/client/api/conversation/said.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";
import styles from "./quote-card.module.css";

interface CardProps {
  author: UserId;
  at: number;
  channel: ChannelId;
  /** null: nothing leads there */
  to: EventId | null;
  markup: readonly MarkupNode[];
  /** in place of words where there are none */
  bare: string;
  foot?: ReactNode;
}

/** "#desk", where this person may read it and it is another one than the open channel. */
function usePlace(channel: ChannelId): string | null {
  const open = useChannel();
  const { view, titleOf } = useFrame();
  const item = view.channels.find((one) => one.id === channel);
  if (item === undefined || channel === open.channel) return null;
  return item.kind === "dm" ? titleOf(item) : `#${item.name}`;
}

function Card({ author, at, channel, to, markup, bare, foot }: CardProps) {
  const { ws, people } = useChannel();
  const formats = useFormats();
  const words = useWords().conversation;
  const place = usePlace(channel);
  const name = people.nameOf(author);
  return (
    <blockquote className={styles.card} aria-label={words.quoteOf(name)}>
      <div className={styles.head}>
        <AuthorFace id={author} small />
        <b>{name}</b>
        <time dateTime={new Date(at).toISOString()} title={formats.full(at)}>
          {formats.date(at)}, {formats.time(at)}
        </time>
        {place !== null && <span className={styles.place}>{place}</span>}
      </div>
      <div className={styles.text} dir="auto">
        {markup.length > 0 ? <Markup nodes={markup} /> : <p className={styles.bare}>{bare}</p>}
      </div>
      {(foot !== undefined || to !== null) && (
        <div className={styles.foot}>
          {foot}
          {to !== null && (
            <a className={styles.go} href={hrefOf({ t: "channel", ws, channel, panel: null, at: to })}>
              {words.goTo}
            </a>
          )}
        </div>
      )}
    </blockquote>
  );
}

/** `by`: who quotes; his word, where the original can’t be opened here. */
export function QuoteCard({ quote, by }: { quote: QuoteItem; by: UserId }) {
  const { people } = useChannel();
  const words = useWords().conversation;
  const { check } = quote;
  const says =
    check === "same" ? undefined : (
      <span className={styles.check}>
        {check === "differs" && <CircleAlert />}
        {words.check[check](people.shortOf(by))}
      </span>
    );
  return (
    <Card
      author={quote.author}
      at={quote.at}
      channel={quote.channel}
      to={check === "unseen" || check === "gone" ? null : quote.id}
      markup={quote.markup}
      bare={words.noWords}
      foot={says}
    />
  );
}

/** A message that a link leads to, from what this device has opened itself. */
export function LinkedCard({
  author,
  at,
  channel,
  id,
  markup,
}: {
  author: UserId;
  at: number;
  channel: ChannelId;
  id: EventId;
  markup: readonly MarkupNode[];
}) {
  const words = useWords().conversation;
  return <Card author={author} at={at} channel={channel} to={id} markup={markup} bare={words.noWords} />;
}
