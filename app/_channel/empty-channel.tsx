// A channel in which nothing has been said: who made it, who can read it, and what one might do first.
"use client";

import { AlignLeft, UserPlus, Users } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { EmptyAct, EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelView } from "@/lib/client/api.ts";
import { useChannel } from "./context.tsx";

const MOST_NAMED = 3;
const RECENT_MS = 2 * 86_400_000;

/** "You made #water-board a minute ago. It is private: you, Mirela and Theo can read it." */
function useStory(about: ChannelView) {
  const { people, place } = useChannel();
  const words = useWords().channel.empty;
  const formats = useFormats();
  const others = about.members.map((one) => one.user).filter((id) => id !== people.me.id);
  const named = others.slice(0, MOST_NAMED).map(people.shortOf);
  if (about.kind === "dm") return others.length === 0 ? words.self : words.dm(formats.list(others.map(people.nameOf)));
  const now = Date.now();
  const fresh = now - about.createdAt < RECENT_MS;
  const when = fresh ? formats.relative(about.createdAt, now) : words.onDate(formats.date(about.createdAt));
  const mine = about.creator === people.me.id;
  const made = mine ? words.madeByYou(place, when) : words.madeBy(people.nameOf(about.creator), place, when);
  if (about.kind === "public") return `${made} ${words.isPublic}`;
  const readers =
    others.length === 0
      ? words.onlyYou
      : words.isPrivate(formats.list(words.youAnd(named, others.length - named.length)));
  return `${made} ${readers}`;
}

function Later({ about }: { about: ChannelView }) {
  const words = useWords().channel.empty;
  if (about.kind !== "private") return null;
  const [before, strong, after] = about.history === "full" ? words.full : words.sinceJoin;
  return (
    <>
      {" "}
      {before}
      <b>{strong}</b>
      {after}
    </>
  );
}

export function EmptyChannel({ about }: { about: ChannelView }) {
  const { ws, channel } = useChannel();
  const frame = useFrame();
  const words = useWords().channel.empty;
  const story = useStory(about);
  const self = about.kind === "dm" && about.members.length <= 1;
  return (
    <PlaceBody bottom>
      <EmptyState
        title={self ? words.selfTitle : words.title}
        sentence={
          <>
            {story}
            <Later about={about} />
          </>
        }
      >
        {about.mayAdd && (
          <EmptyAct
            icon={<UserPlus />}
            title={words.addPeople}
            words={words.addPeopleSays}
            onClick={() => frame.open({ t: "add-people", channel })}
          />
        )}
        {about.mayRename && (
          <EmptyAct
            icon={<AlignLeft />}
            title={words.topic}
            words={words.topicSays}
            onClick={() => frame.open({ t: "topic", channel })}
          />
        )}
        {!self && (
          <EmptyAct
            icon={<Users />}
            title={words.readers}
            words={words.readersSays}
            onClick={() => go({ t: "channel", ws, channel, panel: { t: "readers" } })}
          />
        )}
      </EmptyState>
    </PlaceBody>
  );
}
