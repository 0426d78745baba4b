// The list of keyboard shortcuts.
"use client";

import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { Kbd } from "@/app/_ui/signs/pill.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./dialogs.module.css";

/** Every shortcut there is, by what it is for; `chords` are alternatives. */
export function KeyTable() {
  const { frame, message, conversation, search, day, slash } = useWords();
  const words = frame.keys;
  const groups = [
    {
      title: words.groups.go,
      rows: [
        [words.jump, ["Ctrl K"]],
        [search.keys.everywhere, ["Ctrl G"]],
        [search.keys.channel, ["Ctrl F"]],
        [words.previous, ["Alt ↑", "Alt ↓"]],
        [words.unread, ["Alt Shift ↑", "Alt Shift ↓"]],
        [day.unreads, ["Ctrl Shift A"]],
        [day.activity, ["Ctrl Shift M"]],
        [day.later, ["Ctrl Shift S"]],
        [words.panel, ["Ctrl ."]],
        [words.regions, ["F6"]],
        [words.preferences, ["Ctrl ,"]],
        [words.lock, ["Ctrl Shift F"]],
        [words.list, ["Ctrl /"]],
        [words.close, ["Esc"]],
      ],
    },
    {
      title: words.groups.write,
      rows: [
        [words.send, ["Enter"]],
        [words.newline, ["Shift Enter"]],
        [words.editLast, ["↑"]],
        [words.bold, ["Ctrl B", "Ctrl I"]],
        [slash.title, ["/"]],
      ],
    },
    {
      title: words.groups.read,
      rows: [
        [words.messages, ["↑", "↓"]],
        [conversation.copyLink, ["C"]],
        [conversation.quote, ["Q"]],
        [day.keep.save, ["A"]],
        [message.forward, ["F"]],
        [conversation.pin, ["P"]],
      ],
    },
  ] as const;
  return (
    <div className={styles.keys}>
      {groups.map((group) => (
        <section key={group.title}>
          <h2 className={styles.keyGroup}>{group.title}</h2>
          <ul>
            {group.rows.map(([what, chords]) => (
              <li key={what} className={styles.keyRow}>
                <span>{what}</span>
                <span className={styles.chord}>
                  {chords.map((chord) => (
                    <Kbd key={chord}>{chord}</Kbd>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

export function KeyList({ onClose }: { onClose: () => void }) {
  const words = useWords().frame.keys;
  return (
    <Dialog open onOpenChange={onClose} title={words.title} sentence={words.sentence}>
      <KeyTable />
    </Dialog>
  );
}
