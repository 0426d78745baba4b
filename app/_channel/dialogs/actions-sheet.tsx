// All acts on a message in one sheet: for long presses, and for Enter on a focused row.
"use client";

import {
  AlarmClock,
  Bookmark,
  Forward,
  MessageSquareReply,
  Pencil,
  ScanEye,
  Smile,
  Trash2,
  UsersRound,
} from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useMessageMenu } from "@/app/_channel/conversation/message-menu.tsx";
import { mayAnswer, mayReact } from "@/app/_channel/reactions/may-react.ts";
import { QuickReactions } from "@/app/_channel/reactions/reaction-picker.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./dialogs.module.css";

export function ActionsSheet({ item, onClose }: { item: MessageItem; onClose: () => void }) {
  const { acts, mayWrite, thread } = useChannel();
  const words = useWords();
  const beyond = useMessageMenu(item);
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.channel.actions.title}>
      <div className={styles.acts}>
        {mayWrite && mayReact(item) && <QuickReactions item={item} onDone={onClose} />}
        {mayAnswer(item, thread) && (
          <Button wide size="lg" icon={<MessageSquareReply />} onClick={then(() => acts.thread(item))}>
            {words.message.thread}
          </Button>
        )}
        {item.pos !== null && !item.deleted && (
          <Button wide size="lg" icon={<Forward />} onClick={then(() => acts.forward(item))}>
            {words.message.forward}
          </Button>
        )}
        {beyond.map((act) => (
          <Button key={act.label} wide size="lg" icon={act.icon} onClick={then(act.onSelect)}>
            {act.label}
          </Button>
        ))}
        {item.mine && !item.deleted && item.poll === null && item.state !== "failed" && (
          <Button wide size="lg" icon={<Pencil />} onClick={then(() => acts.edit(item.id))}>
            {words.channel.editMessage}
          </Button>
        )}
        {item.pos !== null && !item.deleted && (
          <>
            <Button wide size="lg" icon={<Bookmark />} onClick={then(() => acts.keep(item, null))}>
              {words.day.keep.save}
            </Button>
            <Button wide size="lg" icon={<AlarmClock />} onClick={then(() => acts.remind(item))}>
              {words.day.keep.remind}
            </Button>
          </>
        )}
        {item.reactions.length > 0 && (
          <Button wide size="lg" icon={<Smile />} onClick={then(() => acts.reactors(item))}>
            {words.message.reactions.all}
          </Button>
        )}
        {item.pos !== null && (
          <Button wide size="lg" icon={<ScanEye />} onClick={then(() => acts.xray(item.id))}>
            {words.message.xray}
          </Button>
        )}
        {item.pos !== null && (
          <Button wide size="lg" icon={<UsersRound />} onClick={then(() => acts.readers(item.id))}>
            {words.message.readers}
          </Button>
        )}
        {item.mayDelete && !item.deleted && (
          <Button wide size="lg" icon={<Trash2 />} onClick={then(() => acts.askDelete(item))}>
            {words.channel.deleteMessage}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
