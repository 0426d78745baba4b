// What every part of one open channel needs: where it is, who is in it, and what can be done with a message.
"use client";

import { createContext, useContext } from "react";
import type { ConversationActs } from "@/app/_channel/conversation/acts.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import type { People } from "./people.ts";

/** Stays the same object while the channel is open, so that rows need not be drawn again. */
export type ChannelActs = ConversationActs & {
  readonly edit: (id: EventId | null) => void;
  readonly saveEdit: (item: MessageItem, text: string) => void;
  readonly askDelete: (item: MessageItem) => void;
  readonly copy: (item: MessageItem) => void;
  /** for later; `at`: when to be reminded */
  readonly keep: (item: MessageItem, at: number | null) => void;
  readonly remind: (item: MessageItem) => void;
  readonly xray: (id: EventId) => void;
  readonly menu: (item: MessageItem) => void;
  readonly retry: (id: EventId) => void;
  readonly discard: (id: EventId) => void;
  readonly pauseUpload: (id: string) => void;
  /** Goes on after a pause, or tries again. */
  readonly resumeUpload: (id: string) => void;
  readonly cancelUpload: (id: string) => void;
  readonly openFile: (file: FileItem) => void;
  readonly download: (file: FileItem) => void;
  readonly profile: (user: UserId) => void;
  readonly readers: (id: EventId) => void;
  /** says an emoji of a message, or takes one's own back */
  readonly react: (item: MessageItem, emoji: string) => void;
  /** offers emoji beside the element where they were asked for */
  readonly pickReaction: (item: MessageItem, from: HTMLElement) => void;
  readonly reactors: (item: MessageItem) => void;
  /** opens the thread of a message */
  readonly thread: (item: MessageItem) => void;
};

export type OpenThread = {
  readonly root: EventId;
  readonly also: boolean;
  readonly setAlso: (also: boolean) => void;
};

export type OpenChannel = {
  readonly ws: WorkspaceId;
  readonly channel: ChannelId;
  /** "#river-story", or the people of a DM. */
  readonly place: string;
  readonly people: People;
  /** false: what is written waits here, sealed */
  readonly online: boolean;
  /** what is written here waits, because somebody’s key changed */
  readonly held: boolean;
  /** false: one can only read here */
  readonly mayWrite: boolean;
  /** the thread that one is in, and whether the next answer stands in the channel too */
  readonly thread: OpenThread | null;
  readonly acts: ChannelActs;
};

export const ChannelContext = createContext<OpenChannel | null>(null);

/** The channel around this part of the screen. */
export function useChannel(): OpenChannel {
  const channel = useContext(ChannelContext);
  if (channel === null) throw new Fault("bug/unexpected", { detail: "a part outside the channel" });
  return channel;
}
