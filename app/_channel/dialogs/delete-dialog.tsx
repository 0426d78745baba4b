// Asks before a message goes, and shows which one.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { useNamed } from "@/app/_channel/text/use-named.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./dialogs.module.css";

const MOST_LETTERS = 280;

export function DeleteDialog({ item, onClose }: { item: MessageItem; onClose: () => void }) {
  const { ws, channel, people } = useChannel();
  const words = useWords().channel.remove;
  const { run, pending, fault } = useCommand("deleteMessage");
  const remove = async () => {
    const outcome = await run({ ws, channel, id: item.id });
    if (outcome.ok) onClose();
  };
  const text = useNamed()(item.text);
  const cut = text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      sentence={item.mine ? words.sentence : `${words.other(people.nameOf(item.author))} ${words.sentence}`}
      footer={
        <>
          <Button disabled={pending} onClick={() => void remove()}>
            {words.act}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {words.keep}
          </Button>
        </>
      }
    >
      <blockquote className={styles.quote}>
        {cut}
        {item.files.length > 0 && <span className={styles.note}>{words.files(item.files.length)}</span>}
      </blockquote>
      <FaultLine fault={fault} />
    </Dialog>
  );
}
