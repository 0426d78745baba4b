// One stored row in the server's view: a rest whose length is its size step, with its true first bytes inside.
"use client";

import type { ComponentProps } from "react";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./stored-row.module.css";

export interface StoredRowProps extends ComponentProps<"li"> {
  /** Short account id for the tile; left out when the row before is of the same account. */
  tile?: string | undefined;
  /** Size in bytes, which picks the bar's length. */
  bytes: number;
  /** The same in words: "512 B", "blob · 9 chunks · 9 MiB". */
  size: string;
  /** First bytes in hex, in groups of four. */
  head: string;
  /** Short device id. */
  device: string;
  /** 09:31:07.482Z. */
  time: string;
  /** What screen readers hear for size and time, when the shown words are too terse. */
  spoken?: { size: string; time: string } | undefined;
  /** Of a person's own scope (drafts, read marks): says whose in the margin. */
  scope?: string | undefined;
  /** Opens the row beside what this device made of it. */
  onOpen?: (() => void) | undefined;
}

const STEPS = [512, 768, 1024, 1536, 2048] as const;

/** 112 px for 512 B, growing with the step; files and whatever is above 2 KiB get 520. */
function stepOf(bytes: number): string | undefined {
  const step = STEPS.find((one) => bytes <= one);
  return step === undefined ? styles.blob : styles[`b${step}`];
}

/** An `li`; the ciphertext is hidden from screen readers, which hear "stored row, 512 bytes, 09:31". */
export function StoredRow(props: StoredRowProps) {
  const { tile, bytes, size, head, device, time, spoken, scope, onOpen, className, ...rest } = props;
  const words = useWords().ui;
  return (
    <li
      {...rest}
      className={cx(styles.row, className)}
      aria-label={words.storedRow(spoken?.size ?? size, spoken?.time ?? time)}
    >
      <span className={cx(styles.tile, !tile && styles.bare)}>{tile}</span>
      <div className={styles.line}>
        <span className={cx(styles.bar, stepOf(bytes))} aria-hidden="true">
          <span className={styles.bytes}>{head}</span>
        </span>
        <span className={styles.cap} />
        <span className={styles.size}>{size}</span>
        {scope && <span className={styles.scope}>{scope}</span>}
        <span className={styles.staff} />
        <span className={styles.device}>{device}</span>
        <time className={styles.time}>{time}</time>
        {onOpen && (
          <button type="button" className={styles.open} onClick={onOpen}>
            {words.openHere}
          </button>
        )}
      </div>
    </li>
  );
}
