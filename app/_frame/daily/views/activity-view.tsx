// What concerns one across all places: mentions, reactions, answers; seen as soon as the list is looked at.
"use client";

import { useEffect, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Entries, Entry } from "@/app/_frame/daily/entry.tsx";
import { Excerpt } from "@/app/_frame/daily/excerpt.tsx";
import { usePlaces } from "@/app/_frame/daily/place.ts";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { EventId } from "@/lib/base/ids.ts";
import type { ActivityItem } from "@/lib/client/api/daily/activity.ts";

function Line({ item, isNew }: { item: ActivityItem; isNew: boolean }) {
  const words = useWords().day;
  const { person, nameOf } = useFrame();
  const places = usePlaces();
  const when = useWhen();
  const by = person(item.by);
  const text = item.message?.text ?? words.missing;
  return (
    <Entry
      sign={by === undefined ? undefined : <Face person={by} size={36} />}
      head={words.feed[item.what](nameOf(item.by), places.nameOf(item.channel))}
      meta={isNew ? `${when(item.at)} · ${words.feed.isNew}` : when(item.at)}
      href={places.hrefOf(item.channel, item.event)}
      lit={isNew}
    >
      {item.emoji !== "" && (
        <>
          <EmojiSign emoji={item.emoji} />{" "}
        </>
      )}
      <Excerpt text={text} />
    </Entry>
  );
}

export function ActivityView() {
  const words = useWords().day.feed;
  const { view } = useFrame();
  const { ws } = view;
  const activity = useTopic(`activity:${ws}`);
  const { run } = useCommand("markActivity");
  const count = activity?.fresh ?? 0;
  // What was new when one came stays marked while one is here.
  const [fresh, setFresh] = useState<ReadonlySet<EventId>>(new Set());
  useEffect(() => {
    if (activity === undefined || count === 0) return;
    const ids = activity.items.filter((one) => one.fresh).map((one) => one.id);
    setFresh((known) => new Set([...known, ...ids]));
    void run({ ws });
  }, [activity, count, run, ws]);
  if (activity === undefined) return <PlaceBody>{null}</PlaceBody>;
  return (
    <PlaceBody>
      {activity.items.length === 0 ? (
        <EmptyState title={words.emptyTitle} sentence={words.empty} />
      ) : (
        <Entries label={words.title}>
          {activity.items.map((item) => (
            <Line key={item.id} item={item} isNew={item.fresh || fresh.has(item.id)} />
          ))}
        </Entries>
      )}
    </PlaceBody>
  );
}
