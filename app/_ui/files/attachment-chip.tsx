// A file waiting in the composer; says what was done to it: "location removed".
"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { ProgressBar } from "@/app/_ui/rest/progress-bar.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./attachment-chip.module.css";
import { sheetOf } from "./file-card.tsx";

export interface AttachmentChipProps {
  name: string;
  /** "1.9 MB · location removed". */
  meta: ReactNode;
  /** A blob URL of a small picture of it. */
  picture?: string | undefined;
  /** From 0 to 1 while it is being sealed. */
  share?: number | undefined;
  /** What else can be done with it: an `IconButton`. */
  action?: ReactNode;
  onRemove: () => void;
}

/** 42 px high. */
export function AttachmentChip({ name, meta, picture, share, action, onRemove }: AttachmentChipProps) {
  const words = useWords().ui;
  return (
    <li className={styles.chip}>
      <span className={styles.thumb} aria-hidden="true">
        {picture ? <img src={picture} alt="" /> : sheetOf(name)}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        {share === undefined ? <span className={styles.meta}>{meta}</span> : <ProgressBar label={name} share={share} />}
      </span>
      {action}
      <IconButton label={words.remove(name)} icon={<X />} size="sm" onClick={onRemove} />
    </li>
  );
}
