// The lists outside channels in the timeline's column: activity, later, unreads, drafts and planned messages.
"use client";

import { AlarmClock, Bell, Inbox, PenLine } from "lucide-react";
import type { ReactNode } from "react";
import { useFrame } from "@/app/_frame/context.tsx";
import type { ViewName } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Header } from "@/app/_ui/layout/header.tsx";
import { useWords } from "@/app/_words/words.ts";
import { ActivityView } from "./activity-view.tsx";
import { LaterView } from "./later-view.tsx";
import { SentView } from "./sent-view.tsx";
import { UnreadsView } from "./unreads-view.tsx";

const GLYPHS: Readonly<Record<ViewName, ReactNode>> = {
  activity: <Bell />,
  later: <AlarmClock />,
  unreads: <Inbox />,
  drafts: <PenLine />,
};

const BODIES: Readonly<Record<ViewName, () => ReactNode>> = {
  activity: ActivityView,
  later: LaterView,
  unreads: UnreadsView,
  drafts: SentView,
};

export function ViewPane({ name }: { name: ViewName }) {
  const words = useWords();
  const { view } = useFrame();
  const { feed, list, unread, sent } = words.day;
  const about = { activity: feed, later: list, unreads: unread, drafts: sent }[name];
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
