// A channel's name and topic, changed for everybody in it.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input, TextArea } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import { channelName } from "./channel-name.ts";

const NAME_CHARS = 80;
const TOPIC_CHARS = 250;
const ABOUT_CHARS = 2000;

export function TopicDialog({ channel, onClose }: { channel: ChannelId; onClose: () => void }) {
  const { dialogs, places } = useWords();
  const words = dialogs.topic;
  const { view } = useFrame();
  const item = view.channels.find((one) => one.id === channel);
  const rename = useCommand("renameChannel");
  const [typed, setName] = useState(item?.name ?? "");
  const [topic, setTopic] = useState(item?.topic ?? "");
  const held = useTopic(`channel:${view.ws}:${channel}`)?.description;
  const describe = useCommand("describeChannel");
  const [text, setText] = useState<string | null>(null);
  const name = typed.replace(/^-+|-+$/g, "");
  const taken = view.channels.some((one) => one.kind !== "dm" && one.id !== channel && one.name === name);
  const wrong = name === "" ? dialogs.create.nameMissing : taken ? dialogs.create.nameTaken : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== undefined || rename.pending) return;
    const done = await rename.run({ ws: view.ws, channel, name, topic: topic.trim() });
    if (!done.ok) return;
    const changed = text !== null && text.trim() !== held;
    if (!changed || (await describe.run({ ws: view.ws, channel, text })).ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      sentence={words.sentence}
      footer={
        <>
          <Button onClick={onClose}>{dialogs.cancel}</Button>
          <Button look="filled" type="submit" form="topic" disabled={rename.pending || wrong !== undefined}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={styles.form} id="topic" onSubmit={(event) => void submit(event)} noValidate>
        <Field label={words.name} error={wrong}>
          {(parts) => (
            <Input
              {...parts}
              maxLength={NAME_CHARS}
              autoComplete="off"
              value={typed}
              onChange={(event) => setName(channelName(event.target.value))}
            />
          )}
        </Field>
        <Field label={words.topic}>
          {(parts) => (
            <TextArea
              {...parts}
              rows={2}
              maxLength={TOPIC_CHARS}
              value={topic}
              onChange={(event) => setTopic(event.target.value)}
            />
          )}
        </Field>
        <Field label={places.description} help={places.descriptionHelp}>
          {(parts) => (
            <TextArea
              {...parts}
              rows={4}
              maxLength={ABOUT_CHARS}
              value={text ?? held ?? ""}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <FaultLine fault={rename.fault ?? describe.fault} />
      </form>
    </Dialog>
  );
}
