// The threads one follows: unread ones first, each with its first message and the newest answer.
"use client";

import { BellOff, CheckCheck } from "lucide-react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Entries, Entry } from "@/app/_frame/daily/entry.tsx";
import { Excerpt } from "@/app/_frame/daily/excerpt.tsx";
import { usePlaces } from "@/app/_frame/daily/place.ts";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { Face } from "@/app/_frame/parts/face.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ThreadCard } from "@/lib/client/api/talk/threads.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./views.module.css";

function messagesOf({ items, root }: ThreadCard) {
  const messages = items.filter((one): one is MessageItem => one.t === "message");
  return {
    head: messages.find((one) => one.id === root),
    last: messages.findLast((one) => one.id !== root && !one.deleted),
  };
}

function Acts({ card }: { card: ThreadCard }) {
  const words = useWords().threads;
  const { ws } = useFrame().view;
  const { channel, root } = card;
  const { run: read } = useCommand("markThreadRead");
  const { run: follow } = useCommand("followThread");
  return (
    <>
      {card.unread > 0 && (
        <IconButton label={words.markRead} icon={<CheckCheck />} onClick={() => void read({ ws, channel, root })} />
      )}
      <IconButton
        label={words.unfollow}
        icon={<BellOff />}
        onClick={() => void follow({ ws, channel, root, on: false })}
      />
    </>
  );
}

function Line({ card }: { card: ThreadCard }) {
  const words = useWords();
  const { view, person, nameOf } = useFrame();
  const places = usePlaces();
  const when = useWhen();
  const { head, last } = messagesOf(card);
  const author = head === undefined ? undefined : person(head.author);
  const fresh = card.unread > 0 ? words.threads.fresh(card.unread) : "";
  const meta = [places.nameOf(card.channel), words.message.replies(card.count), when(card.lastAt), fresh];
  const first = head === undefined ? words.threads.rootAway : head.deleted ? words.channel.deleted : head.text;
  return (
    <Entry
      sign={author === undefined ? undefined : <Face person={author} size={36} />}
      head={head === undefined ? words.threads.panel : nameOf(head.author)}
      meta={meta.filter((part) => part !== "").join(" · ")}
      href={hrefOf({ t: "channel", ws: view.ws, channel: card.channel, panel: { t: "thread", root: card.root } })}
      lit={card.unread > 0}
      acts={<Acts card={card} />}
    >
      <Excerpt text={first} />
      {last !== undefined && (
        <span className={styles.answer}>
          <b>{nameOf(last.author)}</b> <Excerpt text={last.text} />
        </span>
      )}
    </Entry>
  );
}

export function ThreadsView() {
  const words = useWords().threads;
  const { view } = useFrame();
  const { ws } = view;
  const threads = useTopic(`threads:${ws}`);
  const { run } = useCommand("markThreadsRead");
  if (threads === undefined) return <PlaceBody>{null}</PlaceBody>;
  if (threads.count === 0)
    return (
      <PlaceBody>
        <EmptyState title={words.emptyTitle} sentence={words.empty} />
      </PlaceBody>
    );
  const more = Math.max(0, threads.count - threads.most);
  return (
    <PlaceBody>
      {view.threads.unread > 0 && (
        <div className={styles.bar}>
          <Button icon={<CheckCheck />} onClick={() => void run({ ws })}>
            {words.markAll}
          </Button>
        </div>
      )}
      <Entries label={words.title}>
        {threads.threads.map((card) => (
          <Line key={card.root} card={card} />
        ))}
      </Entries>
      {more > 0 && <p className={styles.more}>{words.more(more)}</p>}
    </PlaceBody>
  );
}
