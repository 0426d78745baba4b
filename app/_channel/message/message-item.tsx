// One message: who, when, what they wrote, its files, and the state of one's own.
"use client";

import { Pin } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { LinkCards } from "@/app/_channel/conversation/link-cards.tsx";
import { QuoteCard } from "@/app/_channel/conversation/quote-card.tsx";
import { MessageFiles } from "@/app/_channel/files/message-files.tsx";
import { EditBox } from "@/app/_channel/message/edit/edit-box.tsx";
import { Poll } from "@/app/_channel/polls/poll.tsx";
import { mayAnswer, mayReact } from "@/app/_channel/reactions/may-react.ts";
import { ReactionRow } from "@/app/_channel/reactions/reaction-row.tsx";
import { actionOf } from "@/app/_channel/text/action.ts";
import { Markup } from "@/app/_channel/text/markup.tsx";
import { toNames } from "@/app/_channel/text/mention-text.ts";
import { FromThread, ThreadSummary } from "@/app/_channel/thread/thread-summary.tsx";
import type { LineAttributes } from "@/app/_channel/timeline/line.ts";
import { keyOf, type MessageKey, ON_MESSAGE } from "@/app/_frame/keys/table.ts";
import { StatusSign } from "@/app/_frame/status/status-sign.tsx";
import { MessageRow } from "@/app/_ui/message/message-row.tsx";
import { MessageText } from "@/app/_ui/message/message-text.tsx";
import { Rest, type RestState } from "@/app/_ui/rest/rest.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { AuthorFace } from "./author-face.tsx";
import { isFarApart } from "./far-apart.ts";
import styles from "./message-item.module.css";
import { MessageToolbar } from "./message-toolbar.tsx";
import { Unsent } from "./unsent.tsx";

/** Only plain words, for labels: no marks, no ids. */
function useSpoken() {
  const { people } = useChannel();
  const words = useWords();
  const formats = useFormats();
  return (item: MessageItem, state: RestState): string => {
    // Names of channels change with much else: a row that asked for them would be drawn anew each time.
    const text = toNames(item.text, people.shortOf, () => "…")
      .replace(/```\S*|[*_~`>#]+/g, "")
      .trim()
      .slice(0, 400);
    const parts = [
      people.nameOf(item.author),
      formats.time(item.sentAt),
      item.deleted ? words.channel.deleted : text,
      item.edited ? words.message.edited : "",
      item.quote === null ? "" : words.conversation.quoteOf(people.nameOf(item.quote.author)),
      item.files.length > 0 ? words.channel.files(item.files.length) : "",
      item.pinned ? words.conversation.pinned : "",
      item.reactions.length > 0
        ? words.message.reactions.count(item.reactions.reduce((sum, one) => sum + one.count, 0))
        : "",
      item.replies === null ? "" : words.message.replies(item.replies.count),
      item.mine ? words.message.rest[state] : "",
    ];
    return words.channel.rowLabel(parts.filter((part) => part !== ""));
  };
}

/** What each key on a focused row does to it; what it may not do, it does not. */
function useRowKeys(item: MessageItem) {
  const { acts, mayWrite, thread } = useChannel();
  const here = !item.deleted && item.pos !== null;
  const doing = (row: HTMLElement): Readonly<Record<MessageKey, (() => void) | false>> => ({
    react: mayReact(item) && mayWrite && (() => acts.pickReaction(item, row)),
    thread: mayAnswer(item, thread) && (() => acts.thread(item)),
    edit: item.mine && !item.deleted && item.poll === null && (() => acts.edit(item.id)),
    quote: here && (() => acts.quote(item)),
    forward: here && (() => acts.forward(item)),
    pin: here && (() => acts.pin(item)),
    keep: here && (() => acts.keep(item, null)),
    link: here && (() => acts.copyLink(item)),
    remove: item.mayDelete && !item.deleted && (() => acts.askDelete(item)),
    menu: () => acts.menu(item),
  });
  return (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.target !== event.currentTarget) return;
    const key = event.key === "ContextMenu" ? "menu" : keyOf(ON_MESSAGE, event);
    const act = key !== undefined && doing(event.currentTarget)[key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}

/** Code, lists, quotes, tables, files: nothing flows on after them. */
function endsInBlock(item: MessageItem): boolean {
  const end = item.markup.at(-1)?.t;
  return end === undefined || (end !== "p" && end !== "heading");
}

/** Nothing is on its way while there is no connection: it is sealed and waits. */
function useSendState(item: MessageItem): RestState {
  const { online, held } = useChannel();
  if (held && item.state === "sending") return "held";
  return item.state === "sending" && !online ? "sealed" : item.state;
}

function Body({ item, last }: { item: MessageItem; last: boolean }) {
  const { acts, people } = useChannel();
  const words = useWords();
  const state = useSendState(item);
  const action = actionOf(item.text, item.markup, people.shortOf(item.author));
  if (item.deleted)
    return (
      <>
        <p className={styles.deleted}>{words.channel.deleted}</p>
        <ThreadSummary item={item} />
      </>
    );
  const asks = item.mine && state !== "failed";
  const quiet = !last && state === "delivered";
  // under a block the sign would open a line of its own, so an older one is only said
  const hidden = endsInBlock(item) ? "sr" : styles.quiet;
  const tail = asks ? (
    <span className={quiet ? hidden : undefined}>
      <Rest state={state} show={state === "held" || (state === "sending" && last) ? "always" : "hover"} />
    </span>
  ) : undefined;
  const bare = item.text === "" && !item.edited;
  return (
    <>
      <FromThread item={item} />
      {item.quote !== null && <QuoteCard quote={item.quote} by={item.author} />}
      {bare && (item.files.length > 0 || item.quote !== null) ? null : (
        <MessageText edited={item.edited} onEdited={() => acts.versions(item)} tail={tail}>
          {action === null ? (
            <Markup nodes={item.markup} />
          ) : (
            <div className={styles.action}>
              <Markup nodes={action} />
            </div>
          )}
        </MessageText>
      )}
      {item.poll !== null && <Poll item={item} poll={item.poll} />}
      <LinkCards nodes={item.markup} />
      <MessageFiles files={item.files} tail={bare ? tail : undefined} />
      <ReactionRow item={item} />
      <ThreadSummary item={item} />
      {state === "failed" && <Unsent item={item} />}
    </>
  );
}

/** What is odd about when a message came: late in the channel's order, or by another clock than the server's (M12). */
function Notes({ item }: { item: MessageItem }) {
  const { pinned } = useWords().conversation;
  const words = useWords().channel;
  const formats = useFormats();
  const received = isFarApart(item) ? item.receivedAt : null;
  return (
    <>
      {item.pinned && (
        <span className={styles.pinned}>
          <Pin /> {pinned}
        </span>
      )}
      {item.pinned && (item.late || received !== null) && " · "}
      {item.late && <span title={words.lateTitle}>{words.late}</span>}
      {item.late && received !== null && " · "}
      {received !== null && (
        <span title={words.apartTitle}>
          {words.apart} <time dateTime={new Date(received).toISOString()}>{formats.full(received)}</time>
        </span>
      )}
    </>
  );
}

/** Code and files stand out of the line, so a grouped row with them shows its time. */
function stands(item: MessageItem): boolean {
  return item.files.length > 0 || item.markup.some((node) => node.t === "fence") || item.state === "failed";
}

export interface MessageItemRowProps {
  line: LineAttributes;
  item: MessageItem;
  grouped: boolean;
  last: boolean;
  editing: boolean;
  lit: boolean;
}

export function MessageItemRow({ line, item, grouped, last, editing, lit }: MessageItemRowProps) {
  const { people, acts } = useChannel();
  const formats = useFormats();
  const spoken = useSpoken();
  const state = useSendState(item);
  const keys = useRowKeys(item);
  const time = {
    iso: new Date(item.sentAt).toISOString(),
    short: formats.time(item.sentAt),
    full: formats.full(item.sentAt),
  };
  return (
    <MessageRow
      {...line}
      label={spoken(item, state)}
      face={<AuthorFace id={item.author} />}
      name={people.nameOf(item.author)}
      sign={<StatusSign status={people.get(item.author)?.status ?? null} />}
      onName={() => acts.profile(item.author)}
      time={time}
      note={item.late || item.pinned || isFarApart(item) ? <Notes item={item} /> : undefined}
      grouped={grouped}
      timed={stands(item)}
      mention={item.mentionsMe && !item.deleted}
      lit={editing || lit}
      toolbar={item.deleted || editing ? undefined : () => <MessageToolbar item={item} />}
      onHold={() => acts.menu(item)}
      onKeyDown={keys}
      data-event={item.id}
    >
      {editing ? <EditBox item={item} /> : <Body item={item} last={last} />}
    </MessageRow>
  );
}
