// A new direct message, with one person or several.
"use client";

import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { PeoplePicker } from "./people-picker.tsx";

const MOST = 8;

export function StartDm({ onClose }: { onClose: () => void }) {
  const { dialogs } = useWords();
  const words = dialogs.dm;
  const { view } = useFrame();
  const start = useCommand("startDm");
  const [chosen, setChosen] = useState<readonly UserId[]>([]);
  const act = async () => {
    const done = await start.run({ ws: view.ws, users: chosen });
    if (!done.ok) return;
    onClose();
    go({ t: "channel", ws: view.ws, channel: done.value.channel, panel: null });
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
          <Button look="filled" disabled={chosen.length === 0 || start.pending} onClick={() => void act()}>
            {words.submit(chosen.length)}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <PeoplePicker
          label={words.to}
          none={words.none}
          people={view.people.filter((one) => one.active && !one.me)}
          chosen={chosen}
          onChange={setChosen}
          most={MOST}
          autoFocus
        />
        {chosen.length >= MOST && <p role="status">{words.full}</p>}
        <FaultLine fault={start.fault} />
      </div>
    </Dialog>
  );
}
