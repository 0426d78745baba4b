// The listbox of people above the composer; the text box keeps the focus.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { Person } from "@/lib/client/api.ts";
import styles from "./mention-list.module.css";

export interface MentionListProps {
  id: string;
  found: readonly Person[];
  active: number;
  onPick: (person: Person) => void;
}

/** The id of the option at `index`, for `aria-activedescendant`. */
export function optionId(id: string, index: number): string {
  return `${id}-${index}`;
}

export function MentionList({ id, found, active, onPick }: MentionListProps) {
  const words = useWords();
  const { people } = useChannel();
  return (
    <div className={styles.list} id={id} role="listbox" aria-label={words.composer.people}>
      {found.map((person, index) => (
        <div
          key={person.id}
          id={optionId(id, index)}
          className={styles.option}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(person);
          }}
        >
          <Face person={person} size={24} />
          <span className={styles.name}>{person.name}</span>
          <span className={styles.note}>{person.id === people.me.id ? words.trust.you : person.title}</span>
        </div>
      ))}
    </div>
  );
}
