// Adding people to a private channel: each gets its keys, as far back as the channel says.
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import { PeoplePicker } from "./people-picker.tsx";

export function AddPeople({ channel, onClose }: { channel: ChannelId; onClose: () => void }) {
  const { dialogs } = useWords();
  const words = dialogs.add;
  const formats = useFormats();
  const { view, nameOf } = useFrame();
  const about = useTopic(`channel:${view.ws}:${channel}`);
  const add = useCommand("addMember");
  const [chosen, setChosen] = useState<readonly UserId[]>([]);
  const inside = new Set(about?.members.map((one) => one.user));
  const act = async () => {
    const added: UserId[] = [];
    for (const user of chosen) {
      const done = await add.run({ ws: view.ws, channel, user });
      if (!done.ok) break;
      added.push(user);
    }
    if (added.length > 0) toast(words.done(formats.list(added.map(nameOf)), about?.name ?? ""));
    setChosen(chosen.filter((one) => !added.includes(one)));
    if (added.length === chosen.length) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title(about?.name ?? "")}
      sentence={about?.history === "since-join" ? words.sinceJoin : words.full}
      footer={
        <>
          <Button onClick={onClose}>{dialogs.cancel}</Button>
          <Button look="filled" disabled={chosen.length === 0 || add.pending} onClick={() => void act()}>
            {words.submit(chosen.length)}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <PeoplePicker
          label={words.filter}
          none={words.none}
          people={view.people.filter((one) => one.active && !inside.has(one.id))}
          chosen={chosen}
          onChange={setChosen}
          autoFocus
        />
        <FaultLine fault={add.fault} />
      </div>
    </Dialog>
  );
}
