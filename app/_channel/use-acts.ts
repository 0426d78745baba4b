// What can be done with a message, as one object that never changes; and which dialog that has opened.
"use client";

import { useMemo, useRef, useState } from "react";
import { type ConversationOver, useConversationActs } from "@/app/_channel/conversation/acts.ts";
import { anchorOf } from "@/app/_channel/reactions/may-react.ts";
import { useNamed } from "@/app/_channel/text/use-named.ts";
import { useEngine } from "@/app/_engine/provider.tsx";
import { saveFile } from "@/app/_files/save.ts";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import type { Anchor } from "@/app/_ui/overlay/popover.tsx";
import { useWords } from "@/app/_words/words.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import type { ChannelActs } from "./context.tsx";

export type Over =
  | { readonly t: "react"; readonly item: MessageItem; readonly from: Anchor }
  | ConversationOver
  | { readonly t: "delete" | "menu" | "reactors" | "remind"; readonly item: MessageItem }
  | { readonly t: "xray"; readonly id: EventId }
  | { readonly t: "file"; readonly file: FileItem };

export function useActs(ws: WorkspaceId, channel: ChannelId) {
  const engine = useEngine();
  const words = useWords();
  const [editing, setEditing] = useState<EventId | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const { acts: conversation, quoting } = useConversationActs(ws, channel, setOver);
  const when = useWhen();
  const named = useNamed();
  const newest = useRef({ named, words, when });
  newest.current = { named, words, when };
  const acts = useMemo<ChannelActs>(() => {
    const place = { ws, channel };
    const told = (work: Promise<unknown>) =>
      void work.catch((thrown: unknown) => toast(newest.current.words.faults[asFault(thrown).code]));
    const download = async (file: FileItem) => {
      await saveFile(engine, { ...place, id: file.id }, file.size);
    };
    const copy = async (item: MessageItem) => {
      await navigator.clipboard.writeText(newest.current.named(item.text));
      toast(newest.current.words.channel.copied);
    };
    const keepIt = async (item: MessageItem, at: number | null) => {
      await engine.saveLater({ ...place, event: item.id, at });
      const { keep } = newest.current.words.day;
      const said = at === null ? keep.saved : keep.savedUntil(newest.current.when(at));
      toast(said, { label: keep.show, onSelect: () => go({ t: "view", ws, view: "later" }) });
    };
    return {
      ...conversation,
      edit: setEditing,
      saveEdit: (item, text) => {
        setEditing(null);
        if (text !== item.text) told(engine.editMessage({ ...place, id: item.id, text }));
      },
      askDelete: (item) => setOver({ t: "delete", item }),
      copy: (item) => told(copy(item)),
      keep: (item, at) => told(keepIt(item, at)),
      remind: (item) => setOver({ t: "remind", item }),
      xray: (id) => setOver({ t: "xray", id }),
      menu: (item) => setOver({ t: "menu", item }),
      retry: (id) => told(engine.retryMessage({ ...place, id })),
      discard: (id) => told(engine.discardMessage({ ...place, id })),
      pauseUpload: (id) => told(engine.pauseUpload({ ...place, id })),
      resumeUpload: (id) => told(engine.resumeUpload({ ...place, id })),
      cancelUpload: (id) => told(engine.cancelUpload({ ...place, id })),
      openFile: (file) => setOver({ t: "file", file }),
      download: (file) => told(download(file)),
      readers: (event) => go({ t: "channel", ws, channel, panel: { t: "message", event } }),
      react: (item, emoji) => {
        const on = item.reactions.find((one) => one.emoji === emoji)?.mine !== true;
        told(engine.react({ ...place, id: item.id, emoji, on }));
      },
      pickReaction: (item, from) => setOver({ t: "react", item, from: anchorOf(from) }),
      thread: (item) => go({ t: "channel", ws, channel, panel: { t: "thread", root: item.thread ?? item.id } }),
      reactors: (item) => setOver({ t: "reactors", item }),
      profile: (user) => go({ t: "channel", ws, channel, panel: { t: "person", user } }),
    };
  }, [engine, ws, channel, conversation]);
  return { acts, editing, quoting, over, close: () => setOver(null) };
}
