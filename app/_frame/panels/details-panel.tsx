// About one channel: what it is for, who made it, how far back newcomers read, and what one may do with it.
"use client";

import { Archive, Link2, LogOut, Pencil, Timer, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import own from "@/app/_frame/places/places.module.css";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { Panel } from "@/app/_ui/layout/panel.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelItem, ChannelView } from "@/lib/client/api.ts";
import styles from "./panels.module.css";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ channel, about }: { channel: ChannelItem; about: ChannelView }) {
  const { places, panels } = useWords();
  const words = panels.details;
  const formats = useFormats();
  const { nameOf } = useFrame();
  return (
    <dl className={styles.facts}>
      {channel.kind !== "dm" && <Fact name={words.topic}>{channel.topic === "" ? words.noTopic : channel.topic}</Fact>}
      {about.description !== "" && (
        <Fact name={places.description}>
          <span className={own.description} dir="auto">
            {about.description}
          </span>
        </Fact>
      )}
      <Fact name={words.kind}>{words[about.kind]}</Fact>
      <Fact name={words.made}>{words.madeBy(nameOf(about.creator), formats.date(about.createdAt))}</Fact>
      <Fact name={places.retention}>
        {about.retentionDays === null ? places.keeps : places.days(about.retentionDays)}
      </Fact>
      {about.kind === "private" && (
        <Fact name={words.history}>{about.history === "full" ? words.full : words.sinceJoin}</Fact>
      )}
    </dl>
  );
}

export function DetailsPanel({ channel, onClose }: { channel: ChannelItem; onClose: () => void }) {
  const { places, panels } = useWords();
  const words = panels.details;
  const { view, titleOf, open } = useFrame();
  const about = useTopic(`channel:${view.ws}:${channel.id}`);
  const { id } = channel;
  const sub = channel.kind === "dm" ? titleOf(channel) : `# ${channel.name}`;
  return (
    <Panel title={words.title} sub={sub} onClose={onClose}>
      {about !== undefined && (
        <>
          <Facts channel={channel} about={about} />
          <div className={styles.column}>
            <ButtonLink
              icon={<UsersRound />}
              href={hrefOf({ t: "channel", ws: view.ws, channel: id, panel: { t: "readers" } })}
            >
              {words.readers}
            </ButtonLink>
            {about.mayRename && (
              <Button icon={<Pencil />} onClick={() => open({ t: "topic", channel: id })}>
                {words.edit}
              </Button>
            )}
            {about.mayPost && (
              <Button icon={<Link2 />} onClick={() => open({ t: "bookmark", channel: id, id: null })}>
                {places.bookmark.add}
              </Button>
            )}
            {about.mayRetain && (
              <Button icon={<Timer />} onClick={() => open({ t: "retention", channel: id })}>
                {places.change}
              </Button>
            )}
            {about.mayLeave && channel.joined && (
              <Button icon={<LogOut />} onClick={() => open({ t: "leave", channel: id })}>
                {words.leave}
              </Button>
            )}
            {about.mayArchive && !about.archived && (
              <Button icon={<Archive />} onClick={() => open({ t: "archive", channel: id })}>
                {words.archive}
              </Button>
            )}
          </div>
        </>
      )}
    </Panel>
  );
}
