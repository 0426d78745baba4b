// The rail: the workspaces of this browser, the lists, settings; the same as a bottom bar on phones.
"use client";

import { House, MessageCircle, Plus, Settings2, SquareDashed, UsersRound } from "lucide-react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { ActivityItem, FilesItem, LaterItem, useRailView } from "@/app/_frame/daily/rail-items.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useRoute } from "@/app/_frame/routing/use-route.ts";
import { shortId } from "@/app/_frame/workspace/short-id.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { BottomBar, Rail, RailItem, WorkspaceTile } from "@/app/_ui/layout/rail.tsx";
import { useWords } from "@/app/_words/words.ts";

/** Which list the sidebar shows. */
export type ListName = "all" | "dms";

function useItems(list: ListName, server = false) {
  const words = useWords();
  const route = useRoute();
  const { view } = useFrame();
  const { ws } = view;
  const unread = view.channels.reduce((sum, one) => sum + (one.kind === "dm" && !one.muted ? one.unread : 0), 0);
  const mentions = view.channels.reduce((sum, one) => sum + (one.kind === "dm" ? 0 : one.mentions), 0);
  const settings = route.t === "settings";
  const onPeople = settings && route.page === "people";
  const elsewhere = useRailView() !== null || settings;
  return {
    home: (
      <RailItem
        href={hrefOf({ t: "home", ws, list: "all" })}
        label={words.frame.home}
        icon={<House />}
        iconOnly={server}
        current={!elsewhere && list === "all"}
        count={server ? 0 : mentions}
        countLabel={words.ui.mentions(mentions)}
      />
    ),
    dms: (
      <RailItem
        href={hrefOf({ t: "home", ws, list: "dms" })}
        label={words.frame.dms}
        icon={<MessageCircle />}
        iconOnly={server}
        current={!elsewhere && list === "dms"}
        count={server ? 0 : unread}
        countLabel={words.ui.unread(unread)}
      />
    ),
    people: (
      <RailItem
        href={hrefOf({ t: "settings", ws, page: "people" })}
        label={words.frame.people}
        icon={<UsersRound />}
        iconOnly={server}
        current={onPeople}
      />
    ),
    settings: (iconOnly: boolean) => (
      <RailItem
        href={hrefOf({ t: "settings", ws, page: iconOnly ? "profile" : null })}
        label={words.frame.settings}
        icon={<Settings2 />}
        current={settings && !onPeople}
        iconOnly={iconOnly}
      />
    ),
  };
}

export function RailPane({ list, seen }: { list: ListName; seen: "you" | "server" }) {
  const words = useWords().frame;
  const { view, open } = useFrame();
  const session = useTopic("session");
  const server = seen === "server";
  const items = useItems(list, server);
  const accounts = session?.accounts ?? [];
  const tiles = accounts.map((one) => (
    <WorkspaceTile
      key={one.ws}
      href={hrefOf({ t: "home", ws: one.ws, list: "all" })}
      name={server ? shortId("wsp", one.ws) : one.name}
      current={one.ws === view.ws}
      sign={server ? <SquareDashed /> : undefined}
    />
  ));
  return (
    <Rail
      label={words.views}
      workspaces={tiles}
      foot={
        <>
          {items.settings(true)}
          <IconButton label={words.addWorkspace} icon={<Plus />} onClick={() => open({ t: "join-workspace" })} />
        </>
      }
    >
      {items.home}
      {items.dms}
      <ActivityItem server={server} />
      <LaterItem server={server} />
      <FilesItem server={server} />
      {items.people}
    </Rail>
  );
}

export function BottomPane({ list }: { list: ListName }) {
  const words = useWords().frame;
  const items = useItems(list);
  return (
    <BottomBar label={words.views}>
      {items.home}
      {items.dms}
      <ActivityItem />
      <LaterItem />
      {items.settings(false)}
    </BottomBar>
  );
}
