// The list of keyboard shortcuts.
"use client";

import { ELSEWHERE, GLOBAL, ON_MESSAGE, shown } from "@/app/_frame/keys/table.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { Kbd } from "@/app/_ui/signs/pill.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./dialogs.module.css";

type Row = readonly [what: string, chords: readonly string[]];

function useGroups(): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  const { frame, message, conversation, search, slash, threads } = useWords();
  const words = frame.keys;
  const g = GLOBAL;
  const m = ON_MESSAGE;
  const e = ELSEWHERE;
  return [
    {
      title: words.groups.go,
      rows: [
        [words.jump, [g.jump]],
        [search.keys.everywhere, [g.search]],
        [search.keys.channel, [g.searchHere]],
        [words.previous, [g.previous, g.next]],
        [words.unread, [g.previousUnread, g.nextUnread]],
        [words.back, [g.back, g.forth]],
        [words.unreads, [g.unreads]],
        [threads.title, [g.threads]],
        [words.activity, [g.activity]],
        [words.later, [g.later]],
        [frame.newDm, [g.newDm]],
        [frame.browseChannels, [g.browse]],
        [words.panel, [g.panel]],
        [words.regions, [g.region, g.regionBack]],
        [words.preferences, [g.preferences]],
        [words.lock, [g.lock]],
        [words.list, [g.list]],
        [words.close, [e.close]],
      ],
    },
    {
      title: words.groups.write,
      rows: [
        [words.send, [e.send]],
        [words.newline, [e.newline]],
        [words.editLast, [e.editLast]],
        [words.bold, [e.bold, e.italic]],
        [words.strike, [e.strike, e.code]],
        [words.upload, [e.upload]],
        [slash.title, [e.slash]],
      ],
    },
    {
      title: words.groups.read,
      rows: [
        [words.read, [e.read]],
        [words.readAll, [g.readAll]],
        [words.reactLast, [g.reactLast]],
        [words.messages, [e.messageUp, e.messageDown]],
      ],
    },
    {
      title: words.groups.message,
      rows: [
        [message.react, [m.react]],
        [message.thread, [m.thread]],
        [message.edit, [m.edit]],
        [conversation.quote, [m.quote]],
        [message.forward, [m.forward]],
        [conversation.pin, [m.pin]],
        [words.keep, [m.keep]],
        [conversation.copyLink, [m.link]],
        [words.remove, [m.remove]],
        [words.menu, [m.menu]],
      ],
    },
  ];
}

/** Every shortcut there is, by what it is for; `chords` are alternatives. */
export function KeyTable() {
  const groups = useGroups();
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
                    <Kbd key={chord}>{shown(chord)}</Kbd>
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
