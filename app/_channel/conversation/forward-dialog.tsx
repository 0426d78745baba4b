// Passing a message on: to a channel or a person, with a comment; what goes is said before it goes.
"use client";

import { useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import dialogStyles from "@/app/_channel/dialogs/dialogs.module.css";
import { useNamed } from "@/app/_channel/text/use-named.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { type Frame, useFrame } from "@/app/_frame/context.tsx";
import { matchName } from "@/app/_frame/dialogs/fuzzy.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input, TextArea } from "@/app/_ui/fields/input.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./forward-dialog.module.css";

const MOST = 7;
const MOST_LETTERS = 280;

type Target = {
  readonly key: string;
  readonly name: string;
  readonly channel: ChannelId | null;
  readonly user: UserId | null;
};

/** Where one may write, and people one has no conversation with yet; the newest first, or what fits best. */
function targetsOf({ view, titleOf }: Frame, query: string): readonly Target[] {
  const met = new Set(view.channels.flatMap((one) => (one.kind === "dm" && one.people.length === 1 ? one.people : [])));
  const places = view.channels
    .filter((one) => one.joined && !one.archived)
    .map((one) => ({
      key: one.id,
      name: one.kind === "dm" ? titleOf(one) : `#${one.name}`,
      channel: one.id,
      user: null,
      at: one.lastAt,
    }));
  const people = view.people
    .filter((one) => one.active && !one.me && !met.has(one.id))
    .map((one) => ({ key: one.id, name: one.name, channel: null, user: one.id, at: 0 }));
  const fits = [...places, ...people].flatMap((target) => {
    const match = matchName(target.name.replace(/^#/, ""), query.replace(/^#/, ""));
    return match === null ? [] : [{ target, score: match.score }];
  });
  return fits
    .sort((a, b) => b.score - a.score || b.target.at - a.target.at)
    .slice(0, MOST)
    .map(({ target }) => target);
}

/** The conversation with somebody is started first, if there is none. */
function useForward(item: MessageItem, onDone: () => void) {
  const { ws, channel } = useChannel();
  const words = useWords().conversation.forward;
  const start = useCommand("startDm");
  const forward = useCommand("forwardMessage");
  const send = async (target: Target, text: string) => {
    let to = target.channel;
    if (to === null && target.user !== null) {
      const begun = await start.run({ ws, users: [target.user] });
      if (!begun.ok) return;
      to = begun.value.channel;
    }
    if (to === null) return;
    const place = to;
    const sent = await forward.run({ ws, channel, id: item.id, to: place, text });
    if (!sent.ok) return;
    onDone();
    const visit = () => go({ t: "channel", ws, channel: place, panel: null, at: sent.value.id });
    toast(words.done(target.name), { label: words.visit, onSelect: visit });
  };
  return { send, pending: start.pending || forward.pending, fault: start.fault ?? forward.fault };
}

export function ForwardDialog({ item, onClose }: { item: MessageItem; onClose: () => void }) {
  const { place, channel } = useChannel();
  const frame = useFrame();
  const words = useWords();
  const says = words.conversation.forward;
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [text, setText] = useState("");
  const { send, pending, fault } = useForward(item, onClose);
  const found = targetsOf(frame, query);
  const target = found.find((one) => one.key === chosen);
  const here = frame.view.channels.find((one) => one.id === channel);
  const shut = here !== undefined && here.kind !== "public";
  const shown = useNamed()(item.text);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={says.title}
      sentence={shut ? says.sentenceShut(place) : says.sentence}
      footer={
        <>
          <Button
            look="filled"
            disabled={target === undefined || pending}
            onClick={() => target !== undefined && void send(target, text)}
          >
            {says.act}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {words.dialogs.cancel}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label={says.to}>
          {(parts) => (
            <Input
              {...parts}
              type="search"
              autoComplete="off"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
        </Field>
        {found.length === 0 ? (
          <p role="status">{says.none}</p>
        ) : (
          <RadioGroup
            label={says.to}
            quiet
            options={found.map(({ key, name }) => ({ value: key, label: name }))}
            value={target?.key}
            onChange={setChosen}
          />
        )}
        <Field label={says.comment}>
          {(parts) => <TextArea {...parts} rows={2} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <blockquote className={dialogStyles.quote}>
          {shown.length > MOST_LETTERS ? `${shown.slice(0, MOST_LETTERS)}…` : shown}
          {item.files.length > 0 && <span className={dialogStyles.note}>{says.files(item.files.length)}</span>}
        </blockquote>
        <FaultLine fault={fault} />
      </div>
    </Dialog>
  );
}
