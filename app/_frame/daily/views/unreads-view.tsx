// Every place with something new, the newest first: opened with one click, read with another.
"use client";

import { CheckCheck, Hash, Lock } from "lucide-react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Entries, Entry } from "@/app/_frame/daily/entry.tsx";
import { usePlaces } from "@/app/_frame/daily/place.ts";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { Face } from "@/app/_frame/parts/face.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelItem } from "@/lib/client/api.ts";
import styles from "./views.module.css";

function Sign({ channel }: { channel: ChannelItem }) {
  const { person } = useFrame();
  const [only, ...more] = channel.people;
  const other = only === undefined || more.length > 0 ? undefined : person(only);
  if (other !== undefined) return <Face person={other} size={36} />;
  return channel.kind === "private" ? <Lock /> : <Hash />;
}

function Line({ channel }: { channel: ChannelItem }) {
  const words = useWords();
  const { view } = useFrame();
  const places = usePlaces();
  const when = useWhen();
  const { run } = useCommand("markRead");
  const mentions = channel.kind !== "dm" && channel.mentions > 0 ? ` · ${words.ui.mentions(channel.mentions)}` : "";
  return (
    <Entry
      sign={<Sign channel={channel} />}
      head={places.nameOf(channel.id)}
      meta={when(channel.lastAt)}
      href={places.hrefOf(channel.id, null)}
      lit={channel.kind === "dm" || channel.mentions > 0}
      acts={
        <IconButton
          label={words.day.unread.mark}
          icon={<CheckCheck />}
          onClick={() => void run({ ws: view.ws, channel: channel.id })}
        />
      }
    >
      {words.day.unread.count(channel.unread)}
      {mentions}
    </Entry>
  );
}

export function UnreadsView() {
  const words = useWords().day.unread;
  const { view } = useFrame();
  const { run } = useCommand("markRead");
  const places = view.channels
    .filter((one) => one.joined && !one.archived && one.unread > 0)
    .sort((a, b) => b.lastAt - a.lastAt);
  if (places.length === 0)
    return (
      <PlaceBody>
        <EmptyState title={words.emptyTitle} sentence={words.empty} />
      </PlaceBody>
    );
  return (
    <PlaceBody>
      <div className={styles.bar}>
        <Button
          icon={<CheckCheck />}
          onClick={() => {
            for (const { id } of places) void run({ ws: view.ws, channel: id });
          }}
        >
          {words.markAll}
        </Button>
      </div>
      <Entries label={words.title}>
        {places.map((channel) => (
          <Line key={channel.id} channel={channel} />
        ))}
      </Entries>
    </PlaceBody>
  );
}
