// A link at the top of a channel: made, changed, taken away.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId, ItemId } from "@/lib/base/ids.ts";

const NAME_CHARS = 80;
const URL_CHARS = 2000;

export interface BookmarkDialogProps {
  channel: ChannelId;
  /** null: a new one */
  id: ItemId | null;
  onClose: () => void;
}

export function BookmarkDialog({ channel, id, onClose }: BookmarkDialogProps) {
  const { places, dialogs } = useWords();
  const words = places.bookmark;
  const { view } = useFrame();
  const held = useTopic(`channel:${view.ws}:${channel}`)?.bookmarks.find((one) => one.id === id);
  const keep = useCommand("setBookmark");
  const remove = useCommand("removeBookmark");
  const [title, setTitle] = useState(held?.title ?? "");
  const [url, setUrl] = useState(held?.url ?? "");
  const [tried, setTried] = useState(false);
  const wrong = title.trim() === "" || url.trim() === "" ? words.missing : undefined;
  const busy = keep.pending || remove.pending;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong !== undefined || busy) return;
    const done = await keep.run({ ws: view.ws, channel, id, title, url });
    if (done.ok) onClose();
  };
  const drop = async () => {
    if (id === null) return;
    const done = await remove.run({ ws: view.ws, channel, id });
    if (done.ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={held === undefined ? words.add : words.title}
      sentence={words.sentence}
      footer={
        <>
          {held !== undefined && (
            <Button disabled={busy} onClick={() => void drop()}>
              {words.remove}
            </Button>
          )}
          <Button onClick={onClose}>{dialogs.cancel}</Button>
          <Button look="filled" type="submit" form="bookmark" disabled={busy}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={styles.form} id="bookmark" onSubmit={(event) => void submit(event)} noValidate>
        <Field label={words.name}>
          {(parts) => (
            <Input
              {...parts}
              maxLength={NAME_CHARS}
              autoComplete="off"
              autoFocus
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label={words.address} error={tried ? wrong : undefined}>
          {(parts) => (
            <Input
              {...parts}
              maxLength={URL_CHARS}
              inputMode="url"
              autoComplete="off"
              placeholder="https://"
              dir="ltr"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <FaultLine fault={keep.fault ?? remove.fault} />
      </form>
    </Dialog>
  );
}
