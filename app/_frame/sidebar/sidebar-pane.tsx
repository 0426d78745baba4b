// The sidebar as people see it: channels, private ones with a lock, direct messages, oneself.
"use client";

import { Compass, FolderPlus, Plus, SmilePlus, SquarePen, Users } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { DayLinks } from "@/app/_frame/daily/day-links.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { usePresence } from "@/app/_frame/presence/use-presence.ts";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { StatusLine } from "@/app/_frame/status/status-sign.tsx";
import { listChannels, shelve } from "@/app/_frame/workspace/channel-order.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Menu } from "@/app/_ui/overlay/menu.tsx";
import { JumpBox, Sidebar, SidebarFoot, SidebarHead } from "@/app/_ui/sidebar/sidebar.tsx";
import { SidebarItem } from "@/app/_ui/sidebar/sidebar-item.tsx";
import { SidebarSection } from "@/app/_ui/sidebar/sidebar-section.tsx";
import { Tag } from "@/app/_ui/signs/pill.tsx";
import type { PresenceSign } from "@/app/_ui/signs/presence.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { ChannelItem, Person } from "@/lib/client/api.ts";
import { ChecklistCard } from "./checklist-card.tsx";
import { DrillCard } from "./drill-card.tsx";
import { WorkspaceMenu } from "./workspace-menu.tsx";

function DmGlyph({ channel, sign }: { channel: ChannelItem; sign: PresenceSign | undefined }) {
  const { person, view } = useFrame();
  const [only, ...more] = channel.people;
  if (more.length > 0) return <Users />;
  const other = only === undefined ? view.me : person(only);
  return other === undefined ? <Users /> : <Face person={other} size={20} sign={sign} />;
}

function Item({ channel, current }: { channel: ChannelItem; current: boolean }) {
  const { view, titleOf } = useFrame();
  const words = useWords().frame;
  const direct = channel.kind === "dm";
  const signs = useWords().ui.presence;
  const presence = usePresence();
  const [only, ...more] = channel.people;
  const sign = direct && only !== undefined && more.length === 0 ? presence(only) : undefined;
  return (
    <SidebarItem
      href={hrefOf({ t: "channel", ws: view.ws, channel: channel.id, panel: null })}
      name={titleOf(channel)}
      glyph={direct ? <DmGlyph channel={channel} sign={sign} /> : channel.kind === "private" ? "private" : "channel"}
      current={current}
      unread={channel.unread > 0 && !current && !channel.muted}
      count={direct ? (channel.muted ? 0 : channel.unread) : channel.mentions}
      direct={direct}
      muted={channel.muted}
      draft={channel.draft}
      said={sign && signs[sign]}
      status={
        more.length === 0 && only !== undefined ? plainStatus(view.people.find((one) => one.id === only)) : undefined
      }
      meta={channel.archived ? <Tag>{words.archived}</Tag> : undefined}
    />
  );
}

function ChannelSection({ items, current }: { items: readonly ChannelItem[]; current: ChannelId | null }) {
  const { frame: words, places } = useWords();
  const { view, open } = useFrame();
  const browse = { label: words.browseChannels, icon: <Compass />, onSelect: () => open({ t: "browse" }) };
  const create = { label: words.createChannel, icon: <Plus />, onSelect: () => open({ t: "create-channel" }) };
  const sections = { label: places.moving.sections, icon: <FolderPlus />, onSelect: () => open({ t: "sections" }) };
  const add = (
    <Menu
      label={words.addChannel}
      align="end"
      trigger={<IconButton label={words.addChannel} icon={<Plus />} size="sm" bare />}
      items={view.mayCreateChannels ? [create, browse, sections] : [browse, sections]}
    />
  );
  return (
    <SidebarSection title={words.channels} action={add}>
      {items.map((one) => (
        <Item key={one.id} channel={one} current={one.id === current} />
      ))}
    </SidebarSection>
  );
}

/** A status in a line of the list: its sign where it is a character, else its words. */
function plainStatus(person: Person | undefined): string | undefined {
  const status = person?.status ?? null;
  if (status === null) return undefined;
  return status.emoji !== "" && !status.emoji.startsWith(":") ? status.emoji : status.text;
}

export interface SidebarPaneProps {
  list: "all" | "dms";
  current: ChannelId | null;
}

export function SidebarPane({ list, current }: SidebarPaneProps) {
  const { frame: words, places, status } = useWords();
  const { view, open } = useFrame();
  const lists = listChannels(view.channels, current);
  const { starred, shelves, channels, dms } = shelve(lists, view.sections);
  const both = list === "all";
  const item = (one: ChannelItem) => <Item key={one.id} channel={one} current={one.id === current} />;
  const startDm = () => open({ t: "start-dm" });
  return (
    <Sidebar
      label={words.channelsAndPeople}
      head={
        <SidebarHead
          name={view.name}
          menu={(trigger) => <WorkspaceMenu trigger={trigger} />}
          actions={<IconButton label={words.newMessage} icon={<SquarePen />} onClick={startDm} />}
        />
      }
      jump={<JumpBox label={words.jump} shortcut="Ctrl K" onOpen={() => open({ t: "switcher" })} />}
      foot={
        <SidebarFoot
          face={<Face person={view.me} size={32} />}
          name={view.me.name}
          status={view.me.status === null ? view.me.title : <StatusLine status={view.me.status} />}
          onOpen={() => go({ t: "settings", ws: view.ws, page: "profile" })}
          actions={<IconButton label={status.act} icon={<SmilePlus />} onClick={() => open({ t: "status" })} />}
        />
      }
    >
      {!view.recoveryConfirmed && view.ended === null && <ChecklistCard />}
      <DrillCard />
      {list === "all" && <DayLinks />}
      {both && starred.length > 0 && <SidebarSection title={places.starred}>{starred.map(item)}</SidebarSection>}
      {both &&
        shelves
          .filter(({ items }) => items.length > 0)
          .map(({ section, items }) => (
            <SidebarSection key={section.id} title={section.name}>
              {items.map(item)}
            </SidebarSection>
          ))}
      {both && <ChannelSection items={channels} current={current} />}
      <SidebarSection
        title={words.directMessages}
        action={<IconButton label={words.newDm} icon={<Plus />} size="sm" onClick={startDm} />}
      >
        {(both ? dms : lists.dms).map(item)}
      </SidebarSection>
    </Sidebar>
  );
}
