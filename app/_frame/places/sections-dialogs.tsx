// One's own sections: which there are, and in which one a channel stands.
"use client";

import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { STAR } from "@/app/_frame/workspace/channel-order.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import own from "./places.module.css";
import { usePlaceName } from "./use-place-name.ts";

const NAME_CHARS = 60;
const MOST = 30;
const COMMON = "";

type Row = { readonly key: number; readonly id: string | null; readonly name: string };

export function SectionsDialog({ onClose }: { onClose: () => void }) {
  const { places, dialogs } = useWords();
  const words = places.sections;
  const { view } = useFrame();
  const set = useCommand("setSections");
  const [rows, setRows] = useState<readonly Row[]>(view.sections.map(({ id, name }, key) => ({ key, id, name })));
  const [next, setNext] = useState(rows.length);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sections = rows.filter(({ name }) => name.trim() !== "").map(({ id, name }) => ({ id, name }));
    const done = await set.run({ ws: view.ws, sections });
    if (done.ok) onClose();
  };
  const add = () => {
    setRows([...rows, { key: next, id: null, name: "" }]);
    setNext(next + 1);
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
          <Button look="filled" type="submit" form="sections" disabled={set.pending}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={styles.form} id="sections" onSubmit={(event) => void submit(event)} noValidate>
        {rows.length === 0 ? (
          <p className={styles.ask}>{words.none}</p>
        ) : (
          <ul className={own.rows}>
            {rows.map((row, at) => (
              <li key={row.key} className={own.section}>
                <Input
                  aria-label={words.name(at + 1)}
                  maxLength={NAME_CHARS}
                  autoComplete="off"
                  autoFocus={row.id === null}
                  value={row.name}
                  onChange={(event) =>
                    setRows(rows.map((one) => (one === row ? { ...one, name: event.target.value } : one)))
                  }
                />
                <IconButton
                  label={words.remove(row.name === "" ? words.name(at + 1) : row.name)}
                  icon={<X />}
                  onClick={() => setRows(rows.filter((one) => one !== row))}
                />
              </li>
            ))}
          </ul>
        )}
        {rows.length < MOST && (
          <div>
            <Button size="sm" icon={<Plus />} onClick={add}>
              {words.add}
            </Button>
          </div>
        )}
        <FaultLine fault={set.fault} />
      </form>
    </Dialog>
  );
}

export function MoveDialog({ channel, onClose }: { channel: ChannelId; onClose: () => void }) {
  const { places, dialogs } = useWords();
  const words = places.moving;
  const { view, open } = useFrame();
  const place = usePlaceName(channel);
  const move = useCommand("moveChannel");
  const item = view.channels.find((one) => one.id === channel);
  const [section, setSection] = useState(item?.section ?? COMMON);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await move.run({ ws: view.ws, channel, section: section === COMMON ? null : section });
    if (done.ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title(place)}
      sentence={words.sentence}
      footer={
        <>
          <Button onClick={() => open({ t: "sections" })}>{words.sections}</Button>
          <Button onClick={onClose}>{dialogs.cancel}</Button>
          <Button look="filled" type="submit" form="move" disabled={move.pending}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={styles.form} id="move" onSubmit={(event) => void submit(event)} noValidate>
        <RadioGroup
          label={words.label}
          value={section}
          onChange={setSection}
          options={[
            { value: COMMON, label: words.none },
            { value: STAR, label: places.starred },
            ...view.sections.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <FaultLine fault={move.fault} />
      </form>
    </Dialog>
  );
}
