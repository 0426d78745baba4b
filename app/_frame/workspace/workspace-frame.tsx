// One workspace on the screen: its lists, the open channel in its slot, a panel beside it, dialogs above it.
"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import { useLooking } from "@/app/_engine/device/notices.ts";
import { useEngine } from "@/app/_engine/provider.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { type DialogRequest, FrameProvider, useFrame } from "@/app/_frame/context.tsx";
import { useDueToasts } from "@/app/_frame/daily/due-toasts.tsx";
import { useSyncedLook } from "@/app/_frame/daily/synced-look.ts";
import { REACT_LAST } from "@/app/_frame/keys/react-last.ts";
import { Alerts } from "@/app/_frame/notify/alerts.tsx";
import type { ChannelPaneComponent, Panes } from "@/app/_frame/pane.ts";
import { BookmarksBar } from "@/app/_frame/places/bookmarks-bar.tsx";
import { useActivity } from "@/app/_frame/presence/use-presence.ts";
import { hrefOf, type PanelRoute, type Route, type ViewName } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { openSearch } from "@/app/_frame/search/open.ts";
import { BottomPane, type ListName, RailPane } from "@/app/_frame/sidebar/rail-pane.tsx";
import { SidebarPane } from "@/app/_frame/sidebar/sidebar-pane.tsx";
import { PHONE, useMediaQuery } from "@/app/_ui/hooks/use-media-query.ts";
import { later } from "@/app/_ui/later.tsx";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { Shell } from "@/app/_ui/layout/shell.tsx";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { ChannelItem, WorkspaceView } from "@/lib/client/api.ts";
import { firstChannel, listChannels, neighbour, shelve } from "./channel-order.ts";
import { HeaderPane, QuietHeader } from "./header-pane.tsx";
import { PlaceBanners } from "./place-banners.tsx";
import { type KeyActs, useKeys } from "./use-keys.ts";
import { useTitle } from "./use-title.ts";

const DialogHost = later(async () => (await import("@/app/_frame/dialogs/dialog-host.tsx")).DialogHost);
const PanelHost = later(async () => (await import("@/app/_frame/panels/panel-host.tsx")).PanelHost);
const ViewPane = later(async () => (await import("@/app/_frame/daily/views/view-pane.tsx")).ViewPane);
const SearchPage = later(async () => (await import("@/app/_frame/search/search-page.tsx")).SearchPage);
const SettingsFrame = later(async () => (await import("@/app/_frame/settings/settings-frame.tsx")).SettingsFrame);
const ServerSidebar = later(async () => (await import("@/app/_frame/sidebar/server-sidebar.tsx")).ServerSidebar);

export type WorkspaceRoute = Extract<Route, { t: "home" | "channel" | "search" | "view" | "settings" }>;

/** Where this tab last was in each workspace; an address with a channel says it again after a reload. */
const lastChannel = new Map<string, ChannelId>();

function useList(route: WorkspaceRoute): ListName {
  const [list, setList] = useState<ListName>(route.t === "home" ? route.list : "all");
  const asked = route.t === "home" ? route.list : null;
  useEffect(() => {
    if (asked !== null) setList(asked);
  }, [asked]);
  return asked ?? list;
}

/** On wide screens a list alone is half a screen: the last channel, or the newest DM, opens beside it. */
function useLanding(route: WorkspaceRoute, view: WorkspaceView): void {
  const phone = useMediaQuery(PHONE);
  const { ws } = view;
  if (route.t === "channel") lastChannel.set(ws, route.channel);
  const target =
    phone || route.t !== "home"
      ? undefined
      : route.list === "dms"
        ? listChannels(view.channels, null).dms[0]
        : firstChannel(view.channels, lastChannel.get(ws) ?? null);
  const id = target?.id;
  useEffect(() => {
    if (id !== undefined) go({ t: "channel", ws, channel: id, panel: null }, { replace: true });
  }, [id, ws]);
}

/** A muted conversation calls nobody; a mention in a muted channel still counts. */
const waitingIn = (one: ChannelItem): number => (one.kind === "dm" ? (one.muted ? 0 : one.unread) : one.mentions);

function useTabTitle(view: WorkspaceView, open: ChannelItem | undefined): void {
  const { titleOf } = useFrame();
  const waiting = view.channels.reduce((sum, one) => sum + waitingIn(one), view.threads.mentions);
  const news = view.channels.some((one) => one.joined && !one.archived && !one.muted && one.unread > 0);
  const unread = news || view.threads.unread > 0;
  const place = open === undefined ? "" : open.kind === "public" ? `#${open.name}` : titleOf(open);
  const { tacit } = useWords().frame;
  // Browsers write titles into their history, beside everything that a lock keeps shut: then there are no names in it.
  const shut = useTopic("lock")?.on !== false;
  useTitle(shut ? "" : place, shut ? tacit : view.name, waiting, unread);
}

/** Locks; where no lock is on, leads to where it is turned on. */
function useLockNow(ws: WorkspaceId): () => void {
  const on = useTopic("lock")?.on === true;
  const { run } = useCommand("lockNow");
  return useCallback(() => {
    if (on) void run({});
    else go({ t: "settings", ws, page: "lock" });
  }, [on, run, ws]);
}

function Nowhere({ missing }: { missing: boolean }) {
  const words = useWords().frame;
  return (
    <PlaceBody bottom>
      <EmptyState
        level={1}
        title={missing ? words.notHere : words.nothingOpen}
        sentence={missing ? words.notHereSays : undefined}
      />
    </PlaceBody>
  );
}

interface PlaceProps {
  route: WorkspaceRoute;
  channel: ChannelItem | undefined;
  seen: "you" | "server";
  onSeen: (seen: "you" | "server") => void;
  onPanel: (panel: PanelRoute | null) => void;
  Pane: ChannelPaneComponent;
}

function Place({ route, channel, seen, onSeen, onPanel, Pane }: PlaceProps) {
  const { view } = useFrame();
  const about = useTopic(channel === undefined ? null : `channel:${view.ws}:${channel.id}`);
  // In an open thread the address leads to one of its answers.
  const at = route.t === "channel" && route.panel?.t !== "thread" ? (route.at ?? null) : null;
  // A place without a conversation has rows all the same, which only the server's view shows.
  if (channel === undefined && route.t === "channel" && seen === "server") {
    return (
      <>
        <QuietHeader channel={route.channel} onSeen={onSeen} />
        <Pane key={route.channel} ws={view.ws} channel={route.channel} seenBy={seen} at={null} />
      </>
    );
  }
  if (channel === undefined) {
    return (
      <>
        <PlaceBanners channel={null} />
        <Nowhere missing={route.t === "channel"} />
      </>
    );
  }
  return (
    <>
      <HeaderPane
        channel={channel}
        about={about}
        seen={seen}
        onSeen={onSeen}
        panel={route.t === "channel" ? route.panel : null}
        onPanel={onPanel}
      />
      {seen === "you" && <BookmarksBar about={about} />}
      {seen === "you" && <PlaceBanners channel={channel} />}
      <Pane key={channel.id} ws={view.ws} channel={channel.id} seenBy={seen} at={at} />
    </>
  );
}

interface KeyPlace {
  current: ChannelId | null;
  panel: PanelRoute | null;
  dialog: DialogRequest | null;
  onDialog: (dialog: DialogRequest | null) => void;
  onPanel: (panel: PanelRoute | null) => void;
}

/** What the keys of the table do here. */
function useKeyActs({ current, panel, dialog, onDialog, onPanel }: KeyPlace): KeyActs {
  const { view } = useFrame();
  const { ws } = view;
  const lock = useLockNow(ws);
  const engine = useEngine();
  return useMemo((): KeyActs => {
    const step = (by: -1 | 1, unread: boolean) => () => {
      const next = neighbour(shelve(listChannels(view.channels, current), view.sections), current, by, unread);
      if (next !== undefined) go({ t: "channel", ws, channel: next.id, panel: null });
    };
    const show = (name: ViewName) => () => go({ t: "view", ws, view: name });
    const news = view.channels.filter(({ unread }) => unread > 0);
    return {
      jump: () => onDialog(dialog?.t === "switcher" ? null : { t: "switcher" }),
      list: () => onDialog({ t: "keys" }),
      search: () => openSearch(ws),
      searchHere: current === null ? null : () => openSearch(ws, { text: "", filters: [`in:${current}`] }),
      panel: () => onPanel(panel === null ? { t: "details" } : null),
      preferences: () => go({ t: "settings", ws, page: "appearance" }),
      lock,
      previous: step(-1, false),
      next: step(1, false),
      previousUnread: step(-1, true),
      nextUnread: step(1, true),
      back: () => window.history.back(),
      forth: () => window.history.forward(),
      unreads: show("unreads"),
      threads: show("threads"),
      activity: show("activity"),
      later: show("later"),
      newDm: () => onDialog({ t: "start-dm" }),
      browse: () => onDialog({ t: "browse" }),
      readAll: () => {
        for (const { id } of news) engine.markRead({ ws, channel: id }).catch(() => undefined);
      },
      reactLast: current === null ? null : () => window.dispatchEvent(new Event(REACT_LAST)),
    };
  }, [onDialog, dialog, onPanel, panel, ws, lock, view.channels, view.sections, current, engine]);
}

interface RoomProps {
  route: WorkspaceRoute;
  dialog: DialogRequest | null;
  onDialog: (dialog: DialogRequest | null) => void;
  panes: Panes;
}

function Room({ route, dialog, onDialog, panes: { Channel, Thread } }: RoomProps) {
  const { view } = useFrame();
  const { ws } = view;
  const list = useList(route);
  const [eyes, setSeen] = useState<"you" | "server">("you");
  // The server has no such lists: they are seen by oneself alone.
  const seen = route.t === "view" || route.t === "search" ? "you" : eyes;
  const current = route.t === "channel" ? route.channel : null;
  const channel = view.channels.find((one) => one.id === current);
  const panel = route.t === "channel" && seen === "you" ? route.panel : null;
  const onPanel = useCallback(
    (next: PanelRoute | null) => {
      if (current !== null) go({ t: "channel", ws, channel: current, panel: next }, { replace: next === null });
    },
    [ws, current],
  );
  useLanding(route, view);
  useActivity(ws);
  useLooking(ws, seen === "you" ? current : null);
  useDueToasts();
  useSyncedLook(ws);
  useTabTitle(view, channel);
  const acts = useKeyActs({ current, panel, dialog, onDialog, onPanel });
  useKeys(acts, dialog !== null);
  // Not before there is one: what stands in the tree is fetched with the first screen.
  const host = dialog !== null && <DialogHost dialog={dialog} onClose={() => onDialog(null)} current={current} />;
  if (route.t === "settings") {
    return (
      <>
        <SettingsFrame page={route.page} />
        {host}
      </>
    );
  }
  const sidebar =
    seen === "server" ? <ServerSidebar current={current} /> : <SidebarPane list={list} current={current} />;
  return (
    <>
      <Shell
        rail={<RailPane list={list} seen={seen} />}
        sidebar={sidebar}
        bottom={<BottomPane list={list} />}
        home={route.t === "home"}
        seen={seen}
        panel={panel !== null && <PanelHost {...{ panel, channel, Thread }} onClose={() => onPanel(null)} />}
      >
        {route.t === "view" ? (
          <ViewPane name={route.view} />
        ) : route.t === "search" ? (
          <SearchPage />
        ) : (
          <Place route={route} channel={channel} seen={seen} onSeen={setSeen} onPanel={onPanel} Pane={Channel} />
        )}
      </Shell>
      {host}
    </>
  );
}

interface WorkspaceFrameProps {
  view: WorkspaceView;
  route: WorkspaceRoute;
  panes: Panes;
}

/** A dialog belongs to the place where it was opened: going elsewhere closes it. */
export function WorkspaceFrame({ view, route, panes }: WorkspaceFrameProps) {
  const place = hrefOf(route);
  const [opened, setOpened] = useState<{ dialog: DialogRequest; place: string } | null>(null);
  const open = useCallback(
    (dialog: DialogRequest | null) => setOpened(dialog === null ? null : { dialog, place }),
    [place],
  );
  const dialog = opened !== null && opened.place === place ? opened.dialog : null;
  return (
    <FrameProvider view={view} open={open}>
      <Alerts />
      <Room route={route} dialog={dialog} onDialog={open} panes={panes} />
    </FrameProvider>
  );
}
