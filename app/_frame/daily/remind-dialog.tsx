// When to be reminded: the times that are offered, or any other.
"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./remind-dialog.module.css";
import { TimeDialog } from "./time-dialog.tsx";
import { type Preset, presetTime } from "./times.ts";
import { useWhen } from "./use-when.ts";

const PRESETS: readonly Preset[] = ["soon", "hour", "hours", "tomorrow", "monday"];

export interface RemindDialogProps {
  title: string;
  onClose: () => void;
  onPick: (at: number) => void;
}

export function RemindDialog({ title, onClose, onPick }: RemindDialogProps) {
  const words = useWords().day.when;
  const when = useWhen();
  const [custom, setCustom] = useState(false);
  const [now] = useState(() => Date.now());
  if (custom) return <TimeDialog onClose={onClose} onPick={onPick} />;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <div className={styles.times}>
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            wide
            size="lg"
            className={styles.time}
            onClick={() => {
              onClose();
              onPick(presetTime(preset, Date.now()));
            }}
          >
            <span>{words[preset]}</span>
            <span className={styles.when}>{when(presetTime(preset, now), now)}</span>
          </Button>
        ))}
        <Button wide size="lg" className={styles.time} onClick={() => setCustom(true)}>
          {words.custom}
        </Button>
      </div>
    </Dialog>
  );
}
