// The listbox above the composer for emoji and commands; the text box keeps the focus.
"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { optionId } from "@/app/_channel/composer/mention-list.tsx";
import styles from "./option-list.module.css";

export interface OptionListProps {
  id: string;
  label: string;
  options: readonly {
    readonly key: string;
    readonly glyph?: ReactNode;
    readonly name: string;
    readonly note: string;
  }[];
  active: number;
  onPick: (index: number) => void;
}

export function OptionList({ id, label, options, active, onPick }: OptionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} className={styles.list} id={id} role="listbox" aria-label={label}>
      {options.map((one, index) => (
        <div
          key={one.key}
          id={optionId(id, index)}
          className={styles.option}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(index);
          }}
        >
          {one.glyph !== undefined && <span className={styles.glyph}>{one.glyph}</span>}
          <span className={styles.name}>{one.name}</span>
          <span className={styles.note}>{one.note}</span>
        </div>
      ))}
    </div>
  );
}
