// Files dropped anywhere on the channel go to the composer.
"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useWords } from "@/app/_words/words.ts";
import styles from "./drop-zone.module.css";

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}

/** Handlers for the pane, and whether files hover over it. */
export function useDrop(add: (files: Iterable<File>) => void, open: boolean) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const leave = () => {
    depth.current = Math.max(0, depth.current - 1);
    if (depth.current === 0) setOver(false);
  };
  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setOver(open);
    },
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = open ? "copy" : "none";
    },
    onDragLeave: leave,
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      if (open) add([...event.dataTransfer.files]);
    },
  };
  return { over, handlers };
}

export function DropSign() {
  const words = useWords().composer;
  return (
    <div className={styles.zone}>
      <div className={styles.sign}>
        <FileUp />
        <b>{words.drop}</b>
        <span>{words.dropSays}</span>
      </div>
    </div>
  );
}
