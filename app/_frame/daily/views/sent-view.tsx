// What was begun and what waits for its time: drafts to go on with, planned messages to change, cancel or send now.
"use client";

import { AlarmClock, Pencil, PenLine, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Entries, Entry } from "@/app/_frame/daily/entry.tsx";
import { Excerpt } from "@/app/_frame/daily/excerpt.tsx";
import { usePlaces } from "@/app/_frame/daily/place.ts";
import { TimeMenu } from "@/app/_frame/daily/time-menu.tsx";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { DraftItem, ScheduledItem } from "@/lib/client/api/daily/keeping.ts";
import styles from "./views.module.css";

function DraftLine({ draft }: { draft: DraftItem }) {
  const words = useWords().day.sent;
  const { view } = useFrame();
  const places = usePlaces();
  const { run } = useCommand("saveDraft");
  const { channel, thread } = draft;
  const discard = async () => {
    const place = thread === null ? { channel } : { channel, thread };
    if ((await run({ ws: view.ws, ...place, text: "" })).ok) toast(words.discarded);
  };
  return (
    <Entry
      sign={<PenLine />}
      head={places.nameOf(channel)}
      meta={thread === null ? undefined : words.reply}
      href={places.hrefOf(channel, null)}
      acts={<IconButton label={words.discard} icon={<Trash2 />} onClick={() => void discard()} />}
    >
      <Excerpt text={draft.text} />
    </Entry>
  );
}

function EditDialog({ item, onClose }: { item: ScheduledItem; onClose: () => void }) {
  const words = useWords().day.sent;
  const { view } = useFrame();
  const [text, setText] = useState(item.text);
  const { run, fault } = useCommand("changeScheduled");
  const save = async () => {
    if ((await run({ ws: view.ws, event: item.event, text })).ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.editTitle}
      footer={
        <Button look="filled" disabled={text.trim() === ""} onClick={() => void save()}>
          {words.save}
        </Button>
      }
    >
      <Field label={words.text}>
        {(parts) => (
          <textarea
            {...parts}
            className={styles.area}
            rows={5}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <FaultLine fault={fault} />
    </Dialog>
  );
}

function PlannedLine({ item }: { item: ScheduledItem }) {
  const { day, faults } = useWords();
  const words = day.sent;
  const { view } = useFrame();
  const places = usePlaces();
  const when = useWhen();
  const change = useCommand("changeScheduled");
  const cancel = useCommand("cancelScheduled");
  const send = useCommand("sendScheduled");
  const [editing, setEditing] = useState(false);
  const place = { ws: view.ws, event: item.event };
  const told = async (work: Promise<{ ok: boolean; fault?: { code: keyof typeof faults } }>, done?: string) => {
    const outcome = await work;
    if (outcome.fault !== undefined) toast(faults[outcome.fault.code]);
    else if (done !== undefined) toast(done);
  };
  const fault = item.fault === null ? null : faults[item.fault];
  return (
    <>
      <Entry
        sign={<AlarmClock />}
        head={places.nameOf(item.channel)}
        meta={fault === null ? words.goes(when(item.at)) : words.waits(fault)}
        lit={fault !== null}
        acts={
          <>
            {fault === null && (
              <IconButton label={words.now} icon={<Send />} onClick={() => void told(send.run(place))} />
            )}
            <TimeMenu
              label={words.time}
              trigger={<IconButton bare label={words.time} icon={<AlarmClock />} />}
              onPick={(at) => void told(change.run({ ...place, at }))}
            />
            <IconButton label={words.edit} icon={<Pencil />} onClick={() => setEditing(true)} />
            <IconButton
              label={words.cancel}
              icon={<Trash2 />}
              onClick={() => void told(cancel.run(place), words.cancelled)}
            />
          </>
        }
      >
        <Excerpt text={item.text} />
      </Entry>
      {editing && <EditDialog item={item} onClose={() => setEditing(false)} />}
    </>
  );
}

export function SentView() {
  const words = useWords().day.sent;
  const { view } = useFrame();
  const keeps = useTopic(`keeps:${view.ws}`);
  const { drafts = [], scheduled = [] } = keeps ?? {};
  return (
    <PlaceBody>
      <h2 className={styles.group}>{words.planned}</h2>
      {scheduled.length === 0 ? (
        <p className={styles.none}>{words.noPlanned}</p>
      ) : (
        <Entries label={words.planned}>
          {scheduled.map((item) => (
            <PlannedLine key={item.event} item={item} />
          ))}
        </Entries>
      )}
      <h2 className={styles.group}>{words.drafts}</h2>
      {drafts.length === 0 ? (
        <p className={styles.none}>{words.noDrafts}</p>
      ) : (
        <Entries label={words.drafts}>
          {drafts.map((draft) => (
            <DraftLine key={`${draft.channel} ${draft.thread}`} draft={draft} />
          ))}
        </Entries>
      )}
    </PlaceBody>
  );
}
