// A file on its way up, with what can be done about it.
"use client";

import { Pause, Play, RotateCcw, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { ProgressBar } from "@/app/_ui/rest/progress-bar.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./file-card.module.css";
import { sheetOf } from "./file-card.tsx";

export interface UploadCardProps {
  name: string;
  /** What is being done and how far: "Sealing on this device · 268 of 412 MB". */
  meta: ReactNode;
  /** From 0 to 1; without one there is no bar. */
  share: number | undefined;
  /** The bar's name: "Sealing", "Uploading". */
  doing: string;
  /** It does not go on by itself, and why. */
  held?: "paused" | "failed" | undefined;
  /** Pauses it, or lets it go on. */
  onPause: () => void;
  onCancel: () => void;
}

export function UploadCard({ name, meta, share, doing, held, onPause, onCancel }: UploadCardProps) {
  const words = useWords();
  const icon = held === "failed" ? <RotateCcw /> : held === "paused" ? <Play /> : <Pause />;
  const { pause, resume, cancelUpload } = words.message;
  const label = held === "failed" ? words.files.upload.retry : held === "paused" ? resume : pause;
  return (
    <div className={styles.upload}>
      <div className={styles.line}>
        <span className={styles.sheet} aria-hidden="true">
          {sheetOf(name)}
        </span>
        <div className={styles.words}>
          <div className={styles.name}>{name}</div>
          <div className={held === "failed" ? styles.why : styles.meta}>{meta}</div>
        </div>
        <IconButton label={label} icon={icon} onClick={onPause} />
        <IconButton label={cancelUpload} icon={<X />} onClick={onCancel} />
      </div>
      {share !== undefined && <ProgressBar label={doing} share={share} />}
    </div>
  );
}
