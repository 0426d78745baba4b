// What was kept for later: open things by when they are due, done ones apart, and notes to oneself.
"use client";

import { AlarmClock, Bookmark, Check, RotateCcw, StickyNote, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Entries, Entry } from "@/app/_frame/daily/entry.tsx";
import { Excerpt } from "@/app/_frame/daily/excerpt.tsx";
import { usePlaces } from "@/app/_frame/daily/place.ts";
import { TimeMenu } from "@/app/_frame/daily/time-menu.tsx";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { Face } from "@/app/_frame/parts/face.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Segment } from "@/app/_ui/controls/segment.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { LaterItem } from "@/lib/client/api/daily/keeping.ts";
import styles from "./views.module.css";

function Acts({ item }: { item: LaterItem }) {
  const words = useWords().day.list;
  const { view } = useFrame();
  const { run } = useCommand("changeLater");
  const change = (next: { at?: number | null; state?: "open" | "done" | "gone" }) =>
    void run({ ws: view.ws, item: item.item, ...next });
  if (item.state === "done")
    return (
      <>
        <IconButton label={words.reopen} icon={<RotateCcw />} onClick={() => change({ state: "open" })} />
        <IconButton label={words.remove} icon={<Trash2 />} onClick={() => change({ state: "gone" })} />
      </>
    );
  return (
    <>
      <IconButton label={words.finish} icon={<Check />} onClick={() => change({ state: "done" })} />
      <TimeMenu
        label={words.snooze}
        trigger={<IconButton bare label={words.snooze} icon={<AlarmClock />} />}
        onPick={(at) => change({ at })}
      />
      <IconButton label={words.remove} icon={<Trash2 />} onClick={() => change({ state: "gone" })} />
    </>
  );
}

function Line({ item }: { item: LaterItem }) {
  const words = useWords().day;
  const { person, nameOf } = useFrame();
  const places = usePlaces();
  const when = useWhen();
  const author = item.message === null ? undefined : person(item.message.author);
  const place = item.channel === null ? "" : places.nameOf(item.channel);
  const time = item.at === null ? "" : item.due ? words.list.overdue(when(item.at)) : words.list.due(when(item.at));
  const note = item.event === null;
  const text = note ? item.note : item.message?.deleted ? words.deleted : (item.message?.text ?? words.missing);
  return (
    <Entry
      sign={author === undefined ? note ? <StickyNote /> : <Bookmark /> : <Face person={author} size={36} />}
      head={note ? words.list.note : item.message === null ? place : nameOf(item.message.author)}
      meta={[note || item.message === null ? "" : place, item.state === "open" ? time : ""]
        .filter((part) => part !== "")
        .join(" · ")}
      href={item.channel === null ? undefined : places.hrefOf(item.channel, item.event)}
      acts={<Acts item={item} />}
      lit={item.due}
      quiet={item.state === "done"}
    >
      <Excerpt text={text} />
    </Entry>
  );
}

function NoteForm() {
  const words = useWords().day.list;
  const { view } = useFrame();
  const { run } = useCommand("remind");
  const [text, setText] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    if ((await run({ ws: view.ws, text, at: null })).ok) setText("");
  };
  return (
    <form className={styles.noteForm} onSubmit={(event) => void submit(event)}>
      <Field label={words.note} quiet>
        {(parts) => (
          <Input {...parts} value={text} placeholder={words.note} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <Button type="submit" size="lg">
        {words.add}
      </Button>
    </form>
  );
}

export function LaterView() {
  const words = useWords().day.list;
  const { view } = useFrame();
  const keeps = useTopic(`keeps:${view.ws}`);
  const [state, setState] = useState<"open" | "done">("open");
  const items = keeps?.later.filter((one) => one.state === state) ?? [];
  return (
    <PlaceBody>
      <div className={styles.bar}>
        <Segment
          label={words.title}
          options={[
            { value: "open", label: words.open },
            { value: "done", label: words.done },
          ]}
          value={state}
          onChange={setState}
        />
      </div>
      {state === "open" && <NoteForm />}
      {keeps !== undefined && items.length === 0 && (
        <EmptyState title={words.emptyTitle} sentence={state === "open" ? words.empty : words.emptyDone} />
      )}
      {items.length > 0 && (
        <Entries label={words.title}>
          {items.map((item) => (
            <Line key={item.item} item={item} />
          ))}
        </Entries>
      )}
    </PlaceBody>
  );
}
