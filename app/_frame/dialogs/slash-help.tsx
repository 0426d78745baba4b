// The commands behind a slash, all of them, with what is written behind each.
"use client";

import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./dialogs.module.css";

export function SlashHelp({ onClose }: { onClose: () => void }) {
  const words = useWords().slash;
  const names = Object.keys(words.args) as (keyof typeof words.args)[];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.title} sentence={words.sentence}>
      <ul className={styles.keys}>
        {names.map((name) => (
          <li key={name} className={styles.keyRow}>
            <code>{`/${name} ${words.args[name]}`.trim()}</code>
            <span>{words.about[name]}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
