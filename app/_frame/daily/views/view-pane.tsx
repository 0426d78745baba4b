// The lists outside channels in the timeline's column: activity, later, unreads, drafts and planned messages.
"use client";

import { AlarmClock, Bell, Files, Inbox, MessagesSquare, PenLine } from "lucide-react";
import type { ReactNode } from "react";
import { FilesView } from "@/app/_files/page/files-view.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import type { ViewName } from "@/app/_frame/routing/route.ts";
import { go, useRoute } from "@/app/_frame/routing/use-route.ts";
import { Header } from "@/app/_ui/layout/header.tsx";
import { useWords } from "@/app/_words/words.ts";
import { ActivityView } from "./activity-view.tsx";
import { LaterView } from "./later-view.tsx";
import { SentView } from "./sent-view.tsx";
import { ThreadsView } from "./threads-view.tsx";
import { UnreadsView } from "./unreads-view.tsx";

const GLYPHS: Readonly<Record<ViewName, ReactNode>> = {
  activity: <Bell />,
  later: <AlarmClock />,
  unreads: <Inbox />,
  threads: <MessagesSquare />,
  drafts: <PenLine />,
  files: <Files />,
};

/** All files, or those of the channel that the address names. */
function ChannelFiles() {
  const route = useRoute();
  return <FilesView channel={(route.t === "view" && route.of) || null} />;
}

const BODIES: Readonly<Record<ViewName, () => ReactNode>> = {
  activity: ActivityView,
  later: LaterView,
  unreads: UnreadsView,
  threads: ThreadsView,
  drafts: SentView,
  files: ChannelFiles,
};

export function ViewPane({ name }: { name: ViewName }) {
  const words = useWords();
  const { view } = useFrame();
  const { feed, list, unread, sent } = words.day;
  const files = { title: words.files.page.title, sentence: words.files.page.says };
  const about = { activity: feed, later: list, unreads: unread, threads: words.threads, drafts: sent, files }[name];
  const Body = BODIES[name];
  return (
    <>
      <Header
        title={about.title}
        glyph={GLYPHS[name]}
        topic={about.sentence}
        onBack={() => go({ t: "home", ws: view.ws, list: "all" })}
        backLabel={words.frame.backToChannels}
      />
      <Body />
    </>
  );
}
