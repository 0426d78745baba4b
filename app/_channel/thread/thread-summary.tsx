// What leads from a message to its thread: who answered, how often, when last; and from an answer in the channel back to it.
"use client";

import { MessageSquareReply } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { EventId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./thread-summary.module.css";

function useThreadHref(): (root: EventId) => string {
  const { ws, channel } = useChannel();
  return (root) => hrefOf({ t: "channel", ws, channel, panel: { t: "thread", root } });
}

export function ThreadSummary({ item }: { item: MessageItem }) {
  const { people, thread } = useChannel();
  const words = useWords();
  const formats = useFormats();
  const href = useThreadHref();
  const { replies } = item;
  if (replies === null || thread !== null) return null;
  const today = formats.day(replies.lastAt, Date.now()) === formats.day(Date.now(), Date.now());
  const time = today ? formats.time(replies.lastAt) : formats.full(replies.lastAt);
  return (
    <a className={styles.thread} href={href(item.id)}>
      <span className={styles.faces} aria-hidden="true">
        {replies.users.map((user) => {
          const person = people.get(user);
          return person === undefined ? null : <Face key={user} person={person} size={20} />;
        })}
      </span>
      <span className={styles.count}>{words.message.replies(replies.count)}</span>
      {replies.unread > 0 ? (
        <span className={styles.fresh}>{words.threads.fresh(replies.unread)}</span>
      ) : (
        <span>{words.message.lastReply(time)}</span>
      )}
    </a>
  );
}

/** Above an answer that stands in the channel too. */
export function FromThread({ item }: { item: MessageItem }) {
  const { thread } = useChannel();
  const words = useWords().threads;
  const href = useThreadHref();
  if (item.thread === null || thread !== null) return null;
  return (
    <a className={styles.from} href={href(item.thread)}>
      <MessageSquareReply />
      {words.inThread}
    </a>
  );
}
