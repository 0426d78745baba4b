// Which channels stand in the list, in which order, and which is next.

import type { ChannelId } from "@/lib/base/ids.ts";
import type { Section, STARRED } from "@/lib/client/api/daily/places.ts";
import type { ChannelItem } from "@/lib/client/api.ts";

/** The section of starred channels. */
export const STAR: typeof STARRED = "star";

export type ChannelLists = { readonly channels: readonly ChannelItem[]; readonly dms: readonly ChannelItem[] };

/** Joined, unarchived channels by name, #general first; DMs by the newest. `keep` stays listed: it is open. */
export function listChannels(all: readonly ChannelItem[], keep: ChannelId | null): ChannelLists {
  const shown = all.filter((one) => (one.joined && !one.archived) || one.id === keep);
  const rank = (one: ChannelItem) => (one.name === "general" ? 0 : 1);
  const channels = shown
    .filter((one) => one.kind !== "dm")
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, undefined, { numeric: true }));
  const dms = shown.filter((one) => one.kind === "dm").sort((a, b) => b.lastAt - a.lastAt);
  return { channels, dms };
}

/** A titled group of one's own list. */
export type Shelf = { readonly section: Section; readonly items: readonly ChannelItem[] };
export type Shelves = ChannelLists & { readonly starred: readonly ChannelItem[]; readonly shelves: readonly Shelf[] };

/** Takes out of the common lists what stands among the starred or in a section of one's own. */
export function shelve(lists: ChannelLists, sections: readonly Section[]): Shelves {
  const all = [...lists.channels, ...lists.dms];
  const common = (one: ChannelItem) => one.section === null;
  return {
    channels: lists.channels.filter(common),
    dms: lists.dms.filter(common),
    starred: all.filter((one) => one.section === STAR),
    shelves: sections.map((section) => ({ section, items: all.filter((one) => one.section === section.id) })),
  };
}

/** The channel before (−1) or after (+1) `from` in the list; with `unread` the next one that has something new. */
export function neighbour(
  lists: ChannelLists & Partial<Shelves>,
  from: ChannelId | null,
  step: -1 | 1,
  unread: boolean,
): ChannelItem | undefined {
  const { starred = [], shelves = [] } = lists;
  const order = [...starred, ...shelves.flatMap(({ items }) => items), ...lists.channels, ...lists.dms];
  const at = order.findIndex((one) => one.id === from);
  for (let i = 1; i <= order.length; i += 1) {
    const next = order[(at + step * i + order.length * 2) % order.length];
    if (next !== undefined && next.id !== from && (!unread || next.unread > 0)) return next;
  }
  return undefined;
}

/** Where one lands: what was open last, else #general, else the first channel. */
export function firstChannel(all: readonly ChannelItem[], last: ChannelId | null): ChannelItem | undefined {
  const lists = listChannels(all, null);
  return all.find((one) => one.id === last) ?? lists.channels[0] ?? lists.dms[0];
}
