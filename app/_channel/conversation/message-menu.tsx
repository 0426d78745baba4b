// The acts of a message that lead beyond it, as menu entries: link, quote, pin, its text; forwarding has a button of its own.
"use client";

import { Copy, Link, Pin, PinOff, TextQuote } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import type { MenuAct } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";

/** What can be done with a message that has landed; nothing else has an address. */
export function useMessageMenu(item: MessageItem): readonly MenuAct[] {
  const { acts } = useChannel();
  const words = useWords();
  const says = words.conversation;
  const stored = item.pos !== null && !item.deleted;
  const copy: MenuAct[] =
    item.text === "" ? [] : [{ label: words.channel.copyText, icon: <Copy />, onSelect: () => acts.copy(item) }];
  if (!stored) return copy;
  return [
    { label: says.quote, icon: <TextQuote />, shortcut: "Q", onSelect: () => acts.quote(item) },
    { label: says.copyLink, icon: <Link />, shortcut: "C", onSelect: () => acts.copyLink(item) },
    ...copy,
    {
      label: item.pinned ? says.unpin : says.pin,
      icon: item.pinned ? <PinOff /> : <Pin />,
      shortcut: "P",
      onSelect: () => acts.pin(item),
    },
  ];
}
