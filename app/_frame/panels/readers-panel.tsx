// Who can read this: the people whose devices hold the channel's key, since when and by whom; adding and removing.
"use client";

import { MoreHorizontal, UserPlus } from "lucide-react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { TrustOf } from "@/app/_frame/parts/trust-of.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Panel, PanelFoot, PanelGroup, PanelLead, PanelText, PersonRow } from "@/app/_ui/layout/panel.tsx";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelItem, ChannelView } from "@/lib/client/api.ts";
import styles from "./panels.module.css";
import { usePersonLinks } from "./person-links.ts";

type Reader = ChannelView["readers"][number];

function ReaderRow({ reader, about }: { reader: Reader; about: ChannelView }) {
  const words = useWords().panels.readers;
  const formats = useFormats();
  const { view, person, nameOf, open } = useFrame();
  const links = usePersonLinks();
  const who = person(reader.user);
  const name = nameOf(reader.user);
  const me = reader.user === view.me.id;
  const manager = about.members.some((one) => one.user === reader.user && one.manager && about.kind === "private");
  const added = about.kind === "private" && reader.by !== reader.user;
  const more = [added && words.addedBy(nameOf(reader.by)), manager && words.manager].filter((one) => one !== false);
  const remove: MenuEntry = {
    label: words.remove,
    onSelect: () => open({ t: "remove", channel: about.id, user: reader.user }),
  };
  const items: MenuEntry[] = [
    { label: words.profile, onSelect: () => links.profile(reader.user) },
    ...(me ? [] : [{ label: words.message, onSelect: () => void links.message(reader.user) }]),
    ...(about.mayRemove && !me ? [remove] : []),
  ];
  return (
    <PersonRow
      face={who === undefined ? null : <Face person={who} size={32} />}
      name={name}
      meta={
        <>
          {words.since(formats.date(reader.since))} · {words.devices(reader.devices.length)}
          {more.length > 0 && <span className={styles.line}>{more.join(" · ")}</span>}
        </>
      }
      onOpen={() => links.profile(reader.user)}
      end={
        <span className={styles.end}>
          {who !== undefined && <TrustOf person={who} short />}
          <Menu
            label={words.more(name)}
            align="end"
            trigger={<IconButton label={words.more(name)} icon={<MoreHorizontal />} bare />}
            items={items}
          />
        </span>
      }
    />
  );
}

export function ReadersPanel({ channel, onClose }: { channel: ChannelItem; onClose: () => void }) {
  const words = useWords().panels.readers;
  const { view, titleOf, open } = useFrame();
  const about = useTopic(`channel:${view.ws}:${channel.id}`);
  const links = usePersonLinks();
  const sub = channel.kind === "dm" ? titleOf(channel) : `# ${channel.name}`;
  const foot = <PanelFoot>{words.foot(view.position)}</PanelFoot>;
  if (about === undefined)
    return (
      <Panel title={words.title} sub={sub} onClose={onClose} foot={foot}>
        {null}
      </Panel>
    );
  return (
    <Panel title={words.title} sub={sub} onClose={onClose} foot={foot}>
      <PanelLead>
        {words.lead(about.readers.length)}
        <br />
        {words.leadEnd}
      </PanelLead>
      <PanelText>{words.text}</PanelText>
      {about.openInvites > 0 && <PanelText>{words.invites(about.openInvites)}</PanelText>}
      {about.mayAdd && (
        <div className={styles.acts}>
          <Button size="sm" icon={<UserPlus />} onClick={() => open({ t: "add-people", channel: channel.id })}>
            {words.add}
          </Button>
        </div>
      )}
      <div className={styles.acts}>
        <FaultLine fault={links.fault} />
      </div>
      <PanelGroup title={words.people}>
        <ul>
          {about.readers.map((one) => (
            <ReaderRow key={one.user} reader={one} about={about} />
          ))}
        </ul>
      </PanelGroup>
    </Panel>
  );
}
