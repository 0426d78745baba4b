// What is pinned in a channel, newest first: the words as they stand now, who pinned them, and the way there.
"use client";

import { Pin, PinOff } from "lucide-react";
import { useNamed } from "@/app/_channel/text/use-named.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { PHONE, useMediaQuery } from "@/app/_ui/hooks/use-media-query.ts";
import { Panel, PanelLead, PanelText } from "@/app/_ui/layout/panel.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { EventId } from "@/lib/base/ids.ts";
import type { PinItem } from "@/lib/client/api/conversation/commands.ts";
import type { ChannelItem } from "@/lib/client/api.ts";
import styles from "./pins-panel.module.css";

const MOST_LETTERS = 600;

interface PinnedProps {
  pin: PinItem;
  href: string;
  mayUnpin: boolean;
  onUnpin: () => void;
}

function Pinned({ pin, href, mayUnpin, onUnpin }: PinnedProps) {
  const words = useWords();
  const formats = useFormats();
  const { person, nameOf } = useFrame();
  const { item, by, at } = pin;
  const author = person(item.author);
  const text = useNamed()(item.text);
  return (
    <li className={styles.pin}>
      <div className={styles.head}>
        {author !== undefined && <Face person={author} size={24} />}
        <b>{nameOf(item.author)}</b>
        <time dateTime={new Date(item.sentAt).toISOString()} title={formats.full(item.sentAt)}>
          {formats.date(item.sentAt)}
        </time>
        {mayUnpin && <IconButton label={words.conversation.unpin} icon={<PinOff />} onClick={onUnpin} />}
      </div>
      <p className={styles.text} dir="auto">
        {text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text}
      </p>
      {item.files.length > 0 && <p className={styles.files}>{words.channel.files(item.files.length)}</p>}
      <p className={styles.foot}>
        <span>
          <Pin />
          {by === null ? words.conversation.pins.pinned : words.conversation.pins.by(nameOf(by), formats.date(at))}
        </span>
        <a href={href}>{words.conversation.goTo}</a>
      </p>
    </li>
  );
}

export function PinsPanel({ channel, onClose }: { channel: ChannelItem; onClose: () => void }) {
  const words = useWords().conversation.pins;
  const { view, titleOf } = useFrame();
  const phone = useMediaQuery(PHONE);
  const found = useTopic(`pins:${view.ws}:${channel.id}`);
  const about = useTopic(`channel:${view.ws}:${channel.id}`);
  const pin = useCommand("pinMessage");
  const place = { ws: view.ws, channel: channel.id };
  const hrefTo = (at: EventId) => hrefOf({ t: "channel", ...place, panel: phone ? null : { t: "pins" }, at });
  return (
    <Panel title={words.title} sub={channel.kind === "dm" ? titleOf(channel) : `# ${channel.name}`} onClose={onClose}>
      <FaultLine fault={pin.fault} />
      {found !== undefined && found.pins.length === 0 && (
        <>
          <PanelLead>{words.none}</PanelLead>
          <PanelText>{words.noneSays}</PanelText>
        </>
      )}
      <ul className={styles.list}>
        {found?.pins.map((one) => (
          <Pinned
            key={one.item.id}
            pin={one}
            href={hrefTo(one.item.id)}
            mayUnpin={about?.mayPost === true}
            onUnpin={() => void pin.run({ ...place, id: one.item.id, on: false })}
          />
        ))}
      </ul>
    </Panel>
  );
}
