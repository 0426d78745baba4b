// A thread beside its channel: the message it hangs on, what was answered, and a box to answer in.
"use client";

import { Bell, BellOff } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { ChannelComposer } from "@/app/_channel/composer/channel-composer.tsx";
import { DropSign, useDrop } from "@/app/_channel/composer/drop-zone.tsx";
import { useAttachments } from "@/app/_channel/composer/use-attachments.ts";
import { ChannelContext } from "@/app/_channel/context.tsx";
import { useJump } from "@/app/_channel/conversation/use-jump.ts";
import { OverHost } from "@/app/_channel/dialogs/over-host.tsx";
import { usePeople } from "@/app/_channel/people.ts";
import { useClosed, usePlace } from "@/app/_channel/place.ts";
import { Timeline } from "@/app/_channel/timeline/timeline.tsx";
import { useActs } from "@/app/_channel/use-acts.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import type { ThreadPaneProps } from "@/app/_frame/pane.ts";
import { go, useRoute } from "@/app/_frame/routing/use-route.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Panel } from "@/app/_ui/layout/panel.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ThreadView } from "@/lib/client/api/talk/threads.ts";
import type { ChannelItem, MessageItem, TimelineView } from "@/lib/client/api.ts";
import styles from "./thread-pane.module.css";
import { useThreadRead } from "./use-thread-read.ts";

/** The same shape as a channel's timeline, for the same list. */
function asTimeline(view: ThreadView): TimelineView {
  const { channel, items, hasOlder, newFrom, draft } = view;
  return { channel, items, hasOlder, hasNewer: false, loadingOlder: false, newFrom, draft };
}

/** A thread is always open up to its newest answer. */
const nothing = async (): Promise<void> => undefined;

/** An answer that the address leads to: older ones are read until it is here. */
function useAnswer(
  { channel, root, items: [first] }: ThreadView,
  timeline: TimelineView,
  older: () => Promise<unknown>,
) {
  const { ws } = useFrame().view;
  const route = useRoute();
  const inside = route.t === "channel" && route.panel?.t === "thread" && route.panel.root === root;
  const at = inside ? (route.at ?? null) : null;
  const taken = useCallback(
    () => go({ t: "channel", ws, channel, panel: { t: "thread", root } }, { replace: true }),
    [ws, channel, root],
  );
  const begin = first?.id;
  // another one for each stretch that came
  const far = useCallback(() => {
    if (begin !== undefined) void older();
  }, [begin, older]);
  return useJump({ ws, channel }, timeline, at, { taken, far });
}

interface RepliesProps {
  view: ThreadView;
  place: string;
  closed: string | null;
  editing: ThreadView["newFrom"];
  quoting: MessageItem | null;
  onEditLast: () => void;
  label: string;
}

function Replies({ view, place, closed, editing, quoting, onEditLast, label }: RepliesProps) {
  const words = useWords().threads;
  const { ws } = useFrame().view;
  const { channel, root } = view;
  const { run: loadOlder } = useCommand("loadOlderReplies");
  const onEnd = useThreadRead({ ws, channel, root }, view.unread);
  const attachments = useAttachments();
  const drop = useDrop(attachments.add, closed === null);
  const onOlder = useCallback(() => loadOlder({ ws, channel, root }), [loadOlder, ws, channel, root]);
  const timeline = useMemo(() => asTimeline(view), [view]);
  const jump = useAnswer(view, timeline, onOlder);
  return (
    <div className={styles.body}>
      {view.items[0]?.id !== root && <p className={styles.away}>{words.rootAway}</p>}
      <Timeline
        view={timeline}
        label={words.log(place)}
        editing={editing}
        away={false}
        reached={jump.reached}
        around={null}
        replies={view.count}
        onOlder={onOlder}
        onNewer={nothing}
        onNewest={() => undefined}
        onEnd={onEnd}
      />
      <ChannelComposer
        draft={view.draft}
        label={label}
        closed={closed}
        attachments={attachments}
        quoting={quoting}
        onEditLast={onEditLast}
        onSent={() => undefined}
      />
      {drop && <DropSign />}
    </div>
  );
}

/** Whom one answers: the author of the first message, by the shortest name that is theirs alone. */
function useLabel(view: ThreadView | undefined, shortOf: (id: MessageItem["author"]) => string): string {
  const words = useWords().threads;
  const root = view?.items.find((one) => one.id === view.root);
  return root?.t === "message" && !root.mine ? words.to(shortOf(root.author)) : words.toThread;
}

function Follow({ view }: { view: ThreadView }) {
  const words = useWords().threads;
  const { ws } = useFrame().view;
  const { channel, root, followed } = view;
  const { run } = useCommand("followThread");
  return (
    <IconButton
      label={followed ? words.unfollow : words.follow}
      icon={followed ? <Bell /> : <BellOff />}
      on={followed}
      onClick={() => void run({ ws, channel, root, on: !followed })}
    />
  );
}

function useOpen(item: ChannelItem, root: ThreadView["root"]) {
  const { view: workspace } = useFrame();
  const { ws } = workspace;
  const channel = item.id;
  const about = useTopic(`channel:${ws}:${channel}`);
  const people = usePeople(workspace);
  const place = usePlace(channel, item);
  const parts = useActs(ws, channel);
  const closed = useClosed(item, about);
  const online = workspace.connection === "online";
  const held = (about?.held.length ?? 0) > 0;
  const mayWrite = closed === null;
  const [also, setAlso] = useState(false);
  const { acts } = parts;
  const open = useMemo(
    () => ({ ws, channel, place, people, online, held, mayWrite, acts, thread: { root, also, setAlso } }),
    [ws, channel, place, people, online, held, mayWrite, acts, root, also],
  );
  return { ...parts, open, closed };
}

export function ThreadPane({ channel: item, root, onClose }: ThreadPaneProps) {
  const words = useWords().threads;
  const { view: workspace } = useFrame();
  const view = useTopic(`thread:${workspace.ws}:${item.id}:${root}`);
  const { open, closed, acts, editing, quoting, over, close } = useOpen(item, root);
  const { place, people } = open;
  const label = useLabel(view, people.shortOf);
  const onEditLast = () => {
    const last = view?.items.findLast(
      (one) => one.t === "message" && one.mine && !one.deleted && one.poll === null && one.state !== "failed",
    );
    if (last?.t === "message") acts.edit(last.id);
  };
  return (
    <ChannelContext value={open}>
      <Panel
        title={words.panel}
        sub={item.kind === "dm" ? place : place.replace("#", "# ")}
        actions={view !== undefined && <Follow view={view} />}
        onClose={onClose}
        still
      >
        {view !== undefined && (
          <Replies
            key={root}
            view={view}
            place={place}
            closed={closed}
            editing={editing}
            quoting={quoting}
            onEditLast={onEditLast}
            label={label}
          />
        )}
      </Panel>
      <OverHost over={over} close={close} />
    </ChannelContext>
  );
}
