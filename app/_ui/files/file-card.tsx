// A file in a message.
"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { ProgressBar } from "@/app/_ui/rest/progress-bar.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./file-card.module.css";

/** The letters on a sheet: the extension, at most four. */
export function sheetOf(name: string): string {
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 ? name.slice(dot + 1) : "";
  return /^[\p{L}\p{N}]{1,4}$/u.test(ending) ? ending.toLocaleUpperCase() : "…";
}

export interface FileCardProps {
  name: string;
  /** "8.4 MB · 6 pages". */
  meta: ReactNode;
  /** Opens or shows it. */
  onOpen?: (() => void) | undefined;
  onDownload?: (() => void) | undefined;
  /** Coming down: from 0 to 1. */
  share?: number | undefined;
}

export function FileCard({ name, meta, onOpen, onDownload, share }: FileCardProps) {
  const words = useWords().message;
  return (
    <div className={styles.card}>
      <span className={styles.sheet} aria-hidden="true">
        {sheetOf(name)}
      </span>
      <div className={styles.words}>
        {onOpen ? (
          <button type="button" className={styles.name} onClick={onOpen}>
            {name}
          </button>
        ) : (
          <div className={styles.name}>{name}</div>
        )}
        <div className={styles.meta}>{meta}</div>
        {share !== undefined && <ProgressBar label={name} share={share} />}
      </div>
      {onDownload && <IconButton label={words.download(name)} icon={<Download />} onClick={onDownload} />}
    </div>
  );
}
