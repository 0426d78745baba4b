// The head of the open channel: name, topic, whose eyes, readers, and what one may do with it.
"use client";

import {
  Archive,
  CalendarSearch,
  Eye,
  Files,
  FolderInput,
  Hash,
  Info,
  Link2,
  Lock,
  LogOut,
  MoreHorizontal,
  PanelRight,
  Pencil,
  Pin,
  Search,
  Timer,
  UserPlus,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { useNotifyEntries } from "@/app/_frame/notify/menu-entries.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { StarButton } from "@/app/_frame/places/star-button.tsx";
import type { PanelRoute } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { openSearch } from "@/app/_frame/search/open.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Header } from "@/app/_ui/layout/header.tsx";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { ChannelItem, ChannelView } from "@/lib/client/api.ts";
import { shortId } from "./short-id.ts";

export interface HeaderPaneProps {
  channel: ChannelItem;
  /** undefined until the engine has read it */
  about: ChannelView | undefined;
  seen: "you" | "server";
  onSeen: (seen: "you" | "server") => void;
  panel: PanelRoute | null;
  onPanel: (panel: PanelRoute | null) => void;
}

function Glyph({ channel }: { channel: ChannelItem }) {
  const { person, view } = useFrame();
  if (channel.kind === "public") return <Hash />;
  if (channel.kind === "private") return <Lock />;
  const [only, ...more] = channel.people;
  const other = only === undefined ? view.me : person(only);
  return more.length > 0 || other === undefined ? <Users /> : <Face person={other} size={24} />;
}

function useTopicWords(channel: ChannelItem, about: ChannelView | undefined): ReactNode {
  const words = useWords().frame;
  const { open, person } = useFrame();
  if (channel.kind === "dm") {
    const [only, ...more] = channel.people;
    if (only === undefined) return words.selfTopic;
    return more.length === 0 ? person(only)?.title : undefined;
  }
  if (channel.topic !== "") return channel.topic;
  if (about?.mayRename !== true) return undefined;
  return (
    <button type="button" onClick={() => open({ t: "topic", channel: channel.id })}>
      {words.addTopic}
    </button>
  );
}

function useMenu({ channel, about, seen, onSeen, onPanel }: Omit<HeaderPaneProps, "panel">): readonly MenuEntry[] {
  const words = useWords().frame;
  const { panels, dialogs, conversation, places, search, files } = useWords();
  const { open, view } = useFrame();
  const { id } = channel;
  const notify = useNotifyEntries(channel);
  const items: MenuEntry[] = [
    { label: words.details, icon: <Info />, onSelect: () => onPanel({ t: "details" }) },
    { label: conversation.pins.title, icon: <Pin />, onSelect: () => onPanel({ t: "pins" }) },
    {
      label: files.page.open,
      icon: <Files />,
      onSelect: () => go({ t: "view", ws: view.ws, view: "files", of: id }),
    },
    {
      label: search.open,
      icon: <Search />,
      onSelect: () => openSearch(view.ws, { text: "", filters: [`in:${id}`] }),
    },
    { label: search.date.menu, icon: <CalendarSearch />, onSelect: () => open({ t: "jump-date", channel: id }) },
    { label: words.whoCanRead, icon: <Users />, onSelect: () => onPanel({ t: "readers" }) },
    {
      label: seen === "you" ? words.showServer : words.showYou,
      icon: <Eye />,
      onSelect: () => onSeen(seen === "you" ? "server" : "you"),
    },
    ...notify,
  ];
  const acts: MenuEntry[] = [
    { label: places.move, icon: <FolderInput />, onSelect: () => open({ t: "move", channel: id }) },
  ];
  if (about?.mayRetain)
    acts.push({ label: places.change, icon: <Timer />, onSelect: () => open({ t: "retention", channel: id }) });
  if (about?.mayPost)
    acts.push({
      label: places.bookmark.add,
      icon: <Link2 />,
      onSelect: () => open({ t: "bookmark", channel: id, id: null }),
    });
  if (about?.mayAdd)
    acts.push({ label: words.addPeople, icon: <UserPlus />, onSelect: () => open({ t: "add-people", channel: id }) });
  if (about?.mayRename)
    acts.push({ label: panels.details.edit, icon: <Pencil />, onSelect: () => open({ t: "topic", channel: id }) });
  if (about?.mayArchive)
    acts.push({
      label: dialogs.archive.submit,
      icon: <Archive />,
      onSelect: () => open({ t: "archive", channel: id }),
    });
  if (about?.mayLeave && channel.joined)
    acts.push({ label: words.leave, icon: <LogOut />, onSelect: () => open({ t: "leave", channel: id }) });
  return [...items, { kind: "line" }, ...acts];
}

/** Shows only where something is pinned; the menu leads there always. */
function PinsButton({ channel, panel, onPanel }: Pick<HeaderPaneProps, "channel" | "panel" | "onPanel">) {
  const words = useWords().conversation.pins;
  const { view } = useFrame();
  const count = useTopic(`pins:${view.ws}:${channel.id}`)?.pins.length ?? 0;
  const on = panel?.t === "pins";
  if (count === 0) return null;
  return (
    <IconButton label={words.open(count)} icon={<Pin />} on={on} onClick={() => onPanel(on ? null : { t: "pins" })} />
  );
}

export function HeaderPane(props: HeaderPaneProps) {
  const { channel, about, seen, onSeen, panel, onPanel } = props;
  const { frame: words, search } = useWords();
  const { view, titleOf } = useFrame();
  const topic = useTopicWords(channel, about);
  const menu = useMenu(props);
  const server = seen === "server";
  const toggle = () => onPanel(panel === null ? { t: "details" } : null);
  const readers = about?.readers.length;
  return (
    <Header
      title={server ? shortId("chn", channel.id) : titleOf(channel)}
      glyph={server ? undefined : <Glyph channel={channel} />}
      topic={server ? words.server.nameAndTopic : topic}
      onBack={() => go({ t: "home", ws: view.ws, list: "all" })}
      backLabel={words.backToChannels}
      seen={seen}
      onSeen={onSeen}
      readers={
        readers === undefined
          ? undefined
          : {
              count: readers,
              on: panel?.t === "readers",
              onOpen: server ? undefined : () => onPanel(panel?.t === "readers" ? null : { t: "readers" }),
            }
      }
      actions={
        server ? undefined : (
          <>
            <StarButton channel={channel} />
            <PinsButton channel={channel} panel={panel} onPanel={onPanel} />
            <IconButton
              label={search.open}
              shortcut="Ctrl F"
              icon={<Search />}
              onClick={() => openSearch(view.ws, { text: "", filters: [`in:${channel.id}`] })}
            />
            <IconButton
              label={words.panel}
              shortcut="Ctrl ."
              icon={<PanelRight />}
              on={panel !== null}
              onClick={toggle}
            />
          </>
        )
      }
      more={
        <Menu
          label={words.channelMenu}
          align="end"
          trigger={<IconButton label={words.channelMenu} icon={<MoreHorizontal />} bare />}
          items={menu}
        />
      }
    />
  );
}

/** The head of a place without a conversation, which only the server's view shows. */
export function QuietHeader({ channel, onSeen }: { channel: ChannelId; onSeen: HeaderPaneProps["onSeen"] }) {
  const words = useWords().frame;
  const { view } = useFrame();
  const home = () => go({ t: "home", ws: view.ws, list: "all" });
  return (
    <Header
      title={shortId("chn", channel)}
      topic={words.server.quietPlace}
      onBack={home}
      backLabel={words.backToChannels}
      seen="server"
      onSeen={(seen) => {
        onSeen(seen);
        if (seen === "you") home();
      }}
    />
  );
}
