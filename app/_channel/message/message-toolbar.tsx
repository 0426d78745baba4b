// What can be done with a message, floating above it: edit, forward, what the server sees, delete.
"use client";

import { AlarmClock, Ellipsis, Pencil, Smile, SmilePlus, Trash2, UsersRound } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useMessageMenu } from "@/app/_channel/conversation/message-menu.tsx";
import { mayAnswer, mayReact } from "@/app/_channel/reactions/may-react.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { HoverToolbar } from "@/app/_ui/message/hover-toolbar.tsx";
import { Menu, type MenuEntry } from "@/app/_ui/overlay/menu.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { useKeep } from "./use-keep.ts";

/** A message that failed has never been stored: there is nothing of it that the server could see. */
function isStored(item: MessageItem): boolean {
  return item.pos !== null;
}

export function MessageToolbar({ item }: { item: MessageItem }) {
  const { acts, mayWrite, thread } = useChannel();
  const words = useWords();
  const mayEdit = item.mine && item.state !== "failed" && item.poll === null;
  const keep = useKeep(item);
  const buttons = (
    <>
      {mayWrite && mayReact(item) && (
        <IconButton
          label={words.message.react}
          shortcut="R"
          icon={<SmilePlus />}
          onClick={(event) => acts.pickReaction(item, event.currentTarget)}
        />
      )}
      {mayEdit && (
        <IconButton
          label={words.channel.editMessage}
          shortcut="E"
          icon={<Pencil />}
          onClick={() => acts.edit(item.id)}
        />
      )}
    </>
  );
  const readers: MenuEntry[] = isStored(item)
    ? [{ label: words.message.readers, icon: <UsersRound />, onSelect: () => acts.readers(item.id) }]
    : [];
  const reactors: MenuEntry[] =
    item.reactions.length > 0
      ? [{ label: words.message.reactions.all, icon: <Smile />, onSelect: () => acts.reactors(item) }]
      : [];
  const remove: MenuEntry[] = item.mayDelete
    ? [
        {
          label: words.channel.deleteMessage,
          icon: <Trash2 />,
          shortcut: "Del",
          onSelect: () => acts.askDelete(item),
        },
      ]
    : [];
  const beyond = useMessageMenu(item);
  const remind: MenuEntry[] = isStored(item)
    ? [{ label: words.day.keep.remind, icon: <AlarmClock />, onSelect: () => acts.remind(item) }]
    : [];
  const items = [...beyond, ...reactors, ...remind, ...readers, ...remove];
  return (
    <HoverToolbar
      react={buttons}
      onThread={mayAnswer(item, thread) ? () => acts.thread(item) : undefined}
      onForward={isStored(item) ? () => acts.forward(item) : undefined}
      onSave={isStored(item) ? keep.toggle : undefined}
      saved={keep.saved}
      onXray={isStored(item) ? () => acts.xray(item.id) : undefined}
      more={
        items.length > 0 && (
          <Menu
            label={words.message.actions}
            align="end"
            trigger={<IconButton bare label={words.ui.more} icon={<Ellipsis />} />}
            items={items}
          />
        )
      }
    />
  );
}
