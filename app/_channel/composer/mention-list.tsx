// The listbox of people above the composer; the text box keeps the focus.
"use client";

import { Megaphone } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./mention-list.module.css";
import type { Callee } from "./use-mentions.ts";

export interface MentionListProps {
  id: string;
  found: readonly Callee[];
  active: number;
  onPick: (one: Callee) => void;
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
      {found.map((one, index) => (
        <div
          key={"id" in one ? one.id : one.call}
          id={optionId(id, index)}
          className={styles.option}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(one);
          }}
        >
          {"id" in one ? <Face person={one} size={24} /> : <Megaphone className={styles.call} />}
          <span className={styles.name}>{"id" in one ? one.name : `@${one.call}`}</span>
          <span className={styles.note}>
            {"id" in one ? (one.id === people.me.id ? words.trust.you : one.title) : words.threads.calls[one.call]}
          </span>
        </div>
      ))}
    </div>
  );
}
