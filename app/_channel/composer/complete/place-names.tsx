// The list behind a #: channels that one may read, by name; in the text they are sent by their ids.
"use client";

import { Hash, Lock } from "lucide-react";
import { type RefObject, useCallback, useMemo, useRef } from "react";
import { hashBefore, matchChannels } from "@/app/_channel/text/mention-text.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { ChannelItem } from "@/lib/client/api.ts";
import { OptionList } from "./option-list.tsx";
import { type Completion, useCompletion } from "./use-completion.ts";

const MOST = 6;

type Place = Pick<ChannelItem, "id" | "name" | "kind" | "topic">;

/** Channels by name, as the same object while none is renamed. */
function useChannels(): readonly Place[] {
  const { view } = useFrame();
  const kept = useRef<readonly Place[]>([]);
  const now = view.channels.filter((one) => one.kind !== "dm");
  const same =
    kept.current.length === now.length &&
    now.every((one, at) => one.id === kept.current[at]?.id && one.name === kept.current[at]?.name);
  if (!same) kept.current = now;
  return kept.current;
}

export function usePlaceNames(area: RefObject<HTMLTextAreaElement | null>) {
  const channels = useChannels();
  const byId = useMemo(() => new Map(channels.map((one) => [one.id, one.name])), [channels]);
  const nameOf = useCallback((id: ChannelId) => byId.get(id), [byId]);
  const list = useCompletion<Place>({
    area,
    ask: hashBefore,
    find: (query) => matchChannels(channels, query, MOST),
    text: ({ name }) => `#${name} `,
  });
  return { channels, nameOf, list };
}

export function PlaceList({ id, places }: { id: string; places: Completion<Place> }) {
  const words = useWords().threads;
  const options = places.found.map(({ id: key, name, kind, topic }) => ({
    key,
    glyph: kind === "private" ? <Lock /> : <Hash />,
    name,
    note: topic,
  }));
  const pick = (index: number) => {
    const one = places.found[index];
    if (one !== undefined) places.pick(one);
  };
  return <OptionList id={id} label={words.channels} options={options} active={places.active} onPick={pick} />;
}
