// Making a channel: its name, its topic, who can read it, and how far back those read who come later.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { PeoplePicker } from "@/app/_frame/dialogs/people/people-picker.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { channelName } from "./channel-name.ts";

type Kind = "public" | "private";
type History = "full" | "since-join";
const NAME_CHARS = 80;
const TOPIC_CHARS = 250;

function useDraft() {
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const [kind, setKind] = useState<Kind>("public");
  const [history, setHistory] = useState<History>("full");
  const [members, setMembers] = useState<readonly UserId[]>([]);
  return { name, setName, topic, setTopic, kind, setKind, history, setHistory, members, setMembers };
}

function Fields({ draft, error }: { draft: ReturnType<typeof useDraft>; error: string | undefined }) {
  const words = useWords().dialogs.create;
  const addWords = useWords().dialogs.add;
  const { view } = useFrame();
  return (
    <>
      <Field label={words.name} help={words.nameHelp} error={error}>
        {(parts) => (
          <Input
            {...parts}
            maxLength={NAME_CHARS}
            autoComplete="off"
            autoFocus
            value={draft.name}
            onChange={(event) => draft.setName(channelName(event.target.value))}
          />
        )}
      </Field>
      <Field label={words.topic} help={words.topicHelp}>
        {(parts) => (
          <Input
            {...parts}
            maxLength={TOPIC_CHARS}
            autoComplete="off"
            value={draft.topic}
            onChange={(event) => draft.setTopic(event.target.value)}
          />
        )}
      </Field>
      <RadioGroup<Kind>
        label={words.who}
        value={draft.kind}
        onChange={draft.setKind}
        options={[
          { value: "public", label: words.public, sub: words.publicSub },
          { value: "private", label: words.private, sub: words.privateSub },
        ]}
      />
      {draft.kind === "private" && (
        <>
          <RadioGroup<History>
            label={words.history}
            value={draft.history}
            onChange={draft.setHistory}
            options={[
              { value: "full", label: words.full, sub: words.fullSub },
              { value: "since-join", label: words.sinceJoin, sub: words.sinceJoinSub },
            ]}
          />
          <PeoplePicker
            label={words.people}
            none={addWords.none}
            people={view.people.filter((one) => one.active && !one.me)}
            chosen={draft.members}
            onChange={draft.setMembers}
          />
        </>
      )}
    </>
  );
}

export function CreateChannel({ onClose }: { onClose: () => void }) {
  const words = useWords().dialogs;
  const { view } = useFrame();
  const create = useCommand("createChannel");
  const draft = useDraft();
  const [tried, setTried] = useState(false);
  const name = draft.name.replace(/^-+|-+$/g, "");
  const taken = view.channels.some((one) => one.kind !== "dm" && one.name === name);
  const wrong = name === "" ? words.create.nameMissing : taken ? words.create.nameTaken : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong !== undefined || create.pending) return;
    const open = draft.kind === "public";
    const done = await create.run({
      ws: view.ws,
      kind: draft.kind,
      name,
      topic: draft.topic.trim(),
      history: open ? "full" : draft.history,
      members: open ? [] : draft.members,
    });
    if (!done.ok) return;
    onClose();
    go({ t: "channel", ws: view.ws, channel: done.value.channel, panel: null });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.create.title}
      sentence={words.create.sentence}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="filled" type="submit" form="create-channel" disabled={create.pending}>
            {words.create.submit}
          </Button>
        </>
      }
    >
      <form className={styles.form} id="create-channel" onSubmit={(event) => void submit(event)} noValidate>
        <Fields draft={draft} error={tried || taken ? wrong : undefined} />
        <FaultLine fault={create.fault} />
      </form>
    </Dialog>
  );
}
