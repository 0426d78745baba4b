// The open channel below its header: the conversation, or the same channel as its server has it.
"use client";

import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { ChannelComposer } from "@/app/_channel/composer/channel-composer.tsx";
import { DropSign, useDrop } from "@/app/_channel/composer/drop-zone.tsx";
import { useAttachments } from "@/app/_channel/composer/use-attachments.ts";
import { JumpNotice } from "@/app/_channel/conversation/jump-notice.tsx";
import { useJump } from "@/app/_channel/conversation/use-jump.ts";
import { type Stretch, useStretch } from "@/app/_channel/conversation/use-stretch.ts";
import { mayReact } from "@/app/_channel/reactions/may-react.ts";
import { keepPaper } from "@/app/_channel/server/paper.ts";
import { useStoredRows } from "@/app/_channel/server/use-stored-rows.ts";
import { Timeline } from "@/app/_channel/timeline/timeline.tsx";
import { TypingLine } from "@/app/_channel/typing/typing-line.tsx";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { useReactLast } from "@/app/_frame/keys/react-last.ts";
import type { ChannelPaneProps } from "@/app/_frame/pane.ts";
import { parseRoute } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { cx } from "@/app/_ui/cx.ts";
import { later } from "@/app/_ui/later.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { DeviceId, EventId, UserId } from "@/lib/base/ids.ts";
import type { ChannelItem, ChannelView, MessageItem, TimelineView } from "@/lib/client/api.ts";
import styles from "./channel-pane.module.css";
import { ChannelContext, type OpenChannel } from "./context.tsx";
import { EmptyChannel } from "./empty-channel.tsx";
import { usePeople } from "./people.ts";
import { useClosed, usePlace } from "./place.ts";
import { useActs } from "./use-acts.ts";
import { useReadMark } from "./use-read-mark.ts";

const OverHost = later(async () => (await import("@/app/_channel/dialogs/over-host.tsx")).OverHost);
const ServerView = later(async () => (await import("@/app/_channel/server/server-view.tsx")).ServerView);

/** When the oldest message that is loaded came in. */
function firstAt({ items: [first] }: TimelineView): number | null {
  if (first === undefined) return null;
  return first.t === "system" ? first.at : first.receivedAt;
}

interface ConversationProps {
  /** why one cannot write here; null when one can */
  closed: string | null;
  view: TimelineView;
  about: ChannelView | undefined;
  item: ChannelItem | undefined;
  open: OpenChannel;
  editing: TimelineView["newFrom"];
  quoting: MessageItem | null;
  /** The message that the address leads to. */
  at: EventId | null;
  stretch: Stretch;
  away: boolean;
}

function Conversation(props: ConversationProps) {
  const { closed, view, about, item, open, editing, quoting, at, stretch, away } = props;
  const { ws, channel, place, acts, people } = open;
  const words = useWords();
  const read = useReadMark(ws, channel, item?.unread ?? 0);
  const attachments = useAttachments();
  const drop = useDrop(attachments.add, closed === null && !away);
  const taken = useCallback(() => {
    const route = parseRoute(window.location.hash);
    if (route.t === "channel" && route.channel === channel)
      go({ t: "channel", ws, channel, panel: route.panel }, { replace: true });
  }, [ws, channel]);
  const reply = useCallback(
    (root: EventId, message: EventId) =>
      go({ t: "channel", ws, channel, panel: { t: "thread", root }, at: message }, { replace: true }),
    [ws, channel],
  );
  const jump = useJump({ ws, channel }, view, at, { taken, far: stretch.far, reply });
  const onEditLast = () => {
    const last = view.items.findLast(
      (one) => one.t === "message" && one.mine && !one.deleted && one.poll === null && one.state !== "failed",
    );
    if (last?.t === "message") acts.edit(last.id);
  };
  const self = item?.kind === "dm" && item.people.length === 0;
  const alone = about?.kind === "dm" && about.members.length <= 1 && about.members[0]?.user === people.me.id;
  useReactLast(() => {
    const last = view.items.findLast((one) => one.t === "message" && mayReact(one));
    const row = document.querySelector<HTMLElement>(`[role="log"] li[data-key="${CSS.escape(last?.id ?? "")}"]`);
    if (last?.t === "message" && row !== null && closed === null) acts.pickReaction(last, row);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented && editing === null) read.now();
  };
  return (
    <section
      aria-label={words.channel.log(self ? words.channel.self : place)}
      className={styles.conversation}
      onKeyDown={onKeyDown}
    >
      <JumpNotice jump={jump} back={firstAt(view)} />
      {view.items.length === 0 && about !== undefined ? (
        <EmptyChannel about={about} />
      ) : (
        <Timeline
          key={stretch.around ?? ""}
          view={view}
          label={words.channel.log(self ? words.channel.self : place)}
          editing={editing}
          away={away}
          reached={jump.reached}
          around={stretch.around}
          onOlder={stretch.older}
          onNewer={stretch.newer}
          onNewest={stretch.newest}
          onEnd={read.onEnd}
        />
      )}
      <TypingLine />
      <ChannelComposer
        draft={view.draft}
        label={self || alone ? words.composer.toSelf : words.composer.to(place)}
        closed={closed}
        attachments={attachments}
        quoting={quoting}
        onEditLast={onEditLast}
        onSent={stretch.newest}
      />
      {drop && <DropSign />}
    </section>
  );
}

/** The conversation stays mounted in the server's view: what is half written and where one was is kept. */
export function ChannelPane({ ws, channel, seenBy, at }: ChannelPaneProps) {
  const { view: workspace } = useFrame();
  const stretch = useStretch(ws, channel);
  const { view } = stretch;
  const about = useTopic(`channel:${ws}:${channel}`);
  const item = workspace.channels.find((one) => one.id === channel);
  const people = usePeople(workspace);
  const place = usePlace(channel, item);
  const { acts, editing, quoting, over, close } = useActs(ws, channel);
  const online = workspace.connection === "online";
  const held = (about?.held.length ?? 0) > 0;
  const closed = useClosed(item, about);
  const mayWrite = closed === null;
  const open = useMemo(
    () => ({ ws, channel, place, people, online, held, mayWrite, acts, thread: null }),
    [ws, channel, place, people, online, held, mayWrite, acts],
  );
  const away = seenBy === "server";
  const newest = view?.items.at(-1)?.id ?? "";
  const stored = useStoredRows(ws, channel, away, newest);
  const readers = about?.readers;
  const userOf = useMemo(() => {
    const owners = new Map<DeviceId, UserId>();
    for (const reader of readers ?? []) for (const device of reader.devices) owners.set(device.id, reader.user);
    for (const one of view?.items ?? []) if (one.t === "message") owners.set(one.device, one.author);
    return (device: DeviceId) => owners.get(device);
  }, [readers, view?.items]);
  const before = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    return away && before.current !== null ? keepPaper(before.current) : undefined;
  }, [away]);
  return (
    <ChannelContext value={open}>
      <div className={styles.pane}>
        {away && <ServerView stored={stored} userOf={userOf} before={before} onOpen={acts.xray} />}
        <div ref={before} className={cx(styles.you, away && styles.away)} inert={away}>
          {view !== undefined && item !== undefined && (
            <Conversation
              key={channel}
              closed={closed}
              view={view}
              about={about}
              item={item}
              open={open}
              editing={editing}
              quoting={quoting}
              at={at}
              stretch={stretch}
              away={away}
            />
          )}
        </div>
      </div>
      {over !== null && <OverHost over={over} close={close} />}
    </ChannelContext>
  );
}
