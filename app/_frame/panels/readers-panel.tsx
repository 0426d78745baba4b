// Who can read this: the people whose devices hold the key of a channel or of one message, since when and by whom.
"use client";

import { MoreHorizontal, UserPlus } from "lucide-react";
import type { ReactNode } from "react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { TrustOf } from "@/app/_frame/parts/trust-of.tsx";
import { deviceMark } from "@/app/_frame/record/sentence.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Panel, PanelGroup, PanelLead, PanelText, PersonRow } from "@/app/_ui/layout/panel.tsx";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { EventId } from "@/lib/base/ids.ts";
import type { Reader, ReadersView } from "@/lib/client/api/ledger.ts";
import type { ChannelItem, ChannelView } from "@/lib/client/api.ts";
import styles from "./panels.module.css";
import { usePersonLinks } from "./person-links.ts";
import { ReadersFoot } from "./readers-foot.tsx";

/** Each device by its fingerprint, and the entry that let the person in. */
function Devices({ reader }: { reader: Reader }) {
  const words = useWords().panels.readers;
  const formats = useFormats();
  const { open } = useFrame();
  return (
    <details className={styles.devices}>
      <summary>{words.devices(reader.devices.length)}</summary>
      <ul>
        {reader.devices.map(({ id, addedAt, entry }) => (
          <li key={id}>
            <button type="button" onClick={() => open({ t: "entry", n: entry })}>
              {words.device(deviceMark(id), formats.date(addedAt))}
            </button>
          </li>
        ))}
        {reader.removedDevices > 0 && <li>{words.removedDevices(reader.removedDevices)}</li>}
      </ul>
    </details>
  );
}

interface ReaderRowProps {
  reader: Reader;
  about: ChannelView;
  message: boolean;
}

function useFacts({ reader, about, message }: ReaderRowProps): readonly string[] {
  const words = useWords().panels.readers;
  const { nameOf } = useFrame();
  const manager = about.members.some((one) => one.user === reader.user && one.manager && about.kind === "private");
  const added = about.kind === "private" && reader.by !== reader.user;
  const facts = [added && words.addedBy(nameOf(reader.by)), manager && words.manager, reader.later && words.later];
  return facts.filter((one) => typeof one === "string").filter((one) => message || one !== words.later);
}

function ReaderRow(props: ReaderRowProps) {
  const { reader, about } = props;
  const words = useWords().panels.readers;
  const formats = useFormats();
  const { view, person, nameOf, open } = useFrame();
  const links = usePersonLinks();
  const who = person(reader.user);
  const name = nameOf(reader.user);
  const me = reader.user === view.me.id;
  const more = useFacts(props);
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
          {words.since(formats.date(reader.since))} ·{" "}
          <button type="button" className={styles.entry} onClick={() => open({ t: "entry", n: reader.entry })}>
            {words.entry(reader.entry)}
          </button>
          {more.length > 0 && <span className={styles.line}>{more.join(" · ")}</span>}
          <Devices reader={reader} />
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

function Gone({ gone }: { gone: ReadersView["gone"] }) {
  const words = useWords().panels.readers;
  const { person, nameOf } = useFrame();
  if (gone.length === 0) return null;
  return (
    <PanelGroup title={words.gone}>
      <PanelText>{words.goneText}</PanelText>
      <ul>
        {gone.map(({ user }) => {
          const who = person(user);
          return (
            <PersonRow
              key={user}
              face={who === undefined ? null : <Face person={who} size={32} />}
              name={nameOf(user)}
            />
          );
        })}
      </ul>
    </PanelGroup>
  );
}

function Links({ readers }: { readers: ReadersView }) {
  const words = useWords().panels.readers;
  const formats = useFormats();
  const { nameOf, open } = useFrame();
  const { invites, closedInvites } = readers;
  if (invites.length === 0 && closedInvites === 0) return null;
  return (
    <PanelGroup title={words.links}>
      {invites.length > 0 && <PanelText>{words.linkText}</PanelText>}
      <ul>
        {invites.map((one) => (
          <PersonRow
            key={one.id}
            face={null}
            name={words.linkBy(nameOf(one.by))}
            meta={words.linkUntil(`${formats.date(one.expires)}, ${formats.time(one.expires)}`)}
            onOpen={() => open({ t: "entry", n: one.entry })}
          />
        ))}
      </ul>
      {closedInvites > 0 && <PanelText>{words.closedLinks(closedInvites)}</PanelText>}
    </PanelGroup>
  );
}

function Lead({ readers }: { readers: ReadersView }) {
  const words = useWords().panels.readers;
  const end = readers.invites.length > 0 ? words.leadInvites : readers.gone.length > 0 ? words.leadGone : words.leadEnd;
  const says = readers.history === "full" ? words.messageFull : words.messageSince;
  return (
    <>
      <PanelLead>
        {words.lead(readers.people.length)}
        <br />
        {end}
      </PanelLead>
      <PanelText>
        {readers.message === null ? words.text : `${words.messageText(readers.key?.epoch ?? 0)} ${says}`}
      </PanelText>
    </>
  );
}

export interface ReadersPanelProps {
  channel: ChannelItem;
  /** One message of it, or null: the channel as it stands now. */
  message: EventId | null;
  onClose: () => void;
}

export function ReadersPanel({ channel, message, onClose }: ReadersPanelProps) {
  const words = useWords().panels.readers;
  const { view, titleOf, open } = useFrame();
  const about = useTopic(`channel:${view.ws}:${channel.id}`);
  const readers = useTopic(
    message === null ? `readers:${view.ws}:${channel.id}` : `readers:${view.ws}:${channel.id}:${message}`,
  );
  const links = usePersonLinks();
  const sub = channel.kind === "dm" ? titleOf(channel) : `# ${channel.name}`;
  const title = message === null ? words.title : words.messageTitle;
  const whole = (children: ReactNode) => (
    <Panel title={title} sub={sub} onClose={onClose} foot={<ReadersFoot change={readers?.lastChange ?? null} />}>
      {children}
    </Panel>
  );
  if (about === undefined || readers === undefined) return whole(null);
  return whole(
    <>
      <Lead readers={readers} />
      {about.mayAdd && message === null && (
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
          {readers.people.map((one) => (
            <ReaderRow key={one.user} reader={one} about={about} message={message !== null} />
          ))}
        </ul>
      </PanelGroup>
      <Links readers={readers} />
      <Gone gone={readers.gone} />
    </>,
  );
}
