// Where one is, in words, and why one cannot write there.
"use client";

import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { ChannelItem, ChannelView } from "@/lib/client/api.ts";

/** Why one cannot write here; null when one can. */
export function useClosed(item: ChannelItem | undefined, about: ChannelView | undefined): string | null {
  const { view } = useFrame();
  const words = useWords().composer;
  if (view.ended !== null) return words.ended[view.ended.why];
  if (view.stopped !== null) return words.stopped;
  if (item?.archived || about?.archived) return words.archived;
  return about !== undefined && !about.mayPost ? words.readOnly : null;
}

/** "#river-story"; the people of a DM. */
export function usePlace(channel: ChannelId, item: ChannelItem | undefined): string {
  const { titleOf, view } = useFrame();
  const about = useTopic(item === undefined ? `ledger:${view.ws}` : null);
  const words = useWords().xray;
  if (item === undefined) {
    const own = about?.quiet.some((one) => one.channel === channel && one.place === null) === true;
    return own ? words.selfScope : words.stateChannel;
  }
  return item.kind === "dm" ? titleOf(item) : `#${item.name}`;
}
