// What every part of one workspace's screen needs: its newest view, names for ids, and the way to dialogs and places.
"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, ItemId, UserId } from "@/lib/base/ids.ts";
import type { ChannelItem, Person, WorkspaceView } from "@/lib/client/api.ts";

/** A dialog that is open; one at a time. */
export type DialogRequest =
  | {
      readonly t:
        | "create-channel"
        | "browse"
        | "start-dm"
        | "invite"
        | "switcher"
        | "keys"
        | "rename-workspace"
        | "restored"
        | "sign-out"
        | "sections"
        | "join-workspace"
        | "leave-workspace"
        | "forget-workspace";
    }
  | {
      readonly t: "add-people" | "topic" | "archive" | "leave" | "retention" | "jump-date" | "move";
      readonly channel: ChannelId;
    }
  | { readonly t: "notify"; readonly channel: ChannelId }
  | { readonly t: "bookmark"; readonly channel: ChannelId; readonly id: ItemId | null }
  | { readonly t: "remove"; readonly channel: ChannelId; readonly user: UserId }
  | { readonly t: "slash" }
  | { readonly t: "status" }
  | { readonly t: "entry"; readonly n: number }
  | { readonly t: "alarm"; readonly id: string }
  | { readonly t: "return" | "remove-from-workspace" | "transfer" | "verify"; readonly user: UserId };

export type Frame = {
  readonly view: WorkspaceView;
  /** undefined for somebody whose entry this device has not read yet */
  readonly person: (id: UserId) => Person | undefined;
  readonly nameOf: (id: UserId) => string;
  /** A channel's name without its sign, or the people of a DM. */
  readonly titleOf: (channel: Pick<ChannelItem, "kind" | "name" | "people">) => string;
  readonly open: (dialog: DialogRequest) => void;
};

const FrameContext = createContext<Frame | null>(null);

interface FrameProviderProps {
  view: WorkspaceView;
  open: (dialog: DialogRequest) => void;
  children: ReactNode;
}

export function FrameProvider({ view, open, children }: FrameProviderProps) {
  const words = useWords();
  const formats = useFormats();
  const frame = useMemo<Frame>(() => {
    const people = new Map(view.people.map((one) => [one.id, one]));
    people.set(view.me.id, view.me);
    const nameOf = (id: UserId) => people.get(id)?.name ?? words.frame.someone;
    return {
      view,
      open,
      person: (id) => people.get(id),
      nameOf,
      titleOf: (channel) => {
        if (channel.kind !== "dm") return channel.name;
        if (channel.people.length === 0) return words.frame.selfDm(view.me.name);
        return formats.list(channel.people.map(nameOf));
      },
    };
  }, [view, open, words, formats]);
  return <FrameContext value={frame}>{children}</FrameContext>;
}

/** The frame around this part of the screen. */
export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (frame === null) throw new Fault("bug/unexpected", { detail: "a part outside the frame" });
  return frame;
}
