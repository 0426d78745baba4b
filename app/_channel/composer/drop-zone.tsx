// Files and folders dropped anywhere on the window go to the composer.
"use client";

import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { FILES_AT_ONCE } from "@/app/_channel/limits.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./drop-zone.module.css";
import { filesOf } from "./folders.ts";

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") === true;
}

/** Whether files hover over the window; what is dropped is added. `open`: false where nothing can be written. */
export function useDrop(add: (files: Iterable<File>) => void, open: boolean): boolean {
  const [over, setOver] = useState(false);
  const newest = useRef({ add, open });
  newest.current = { add, open };
  useEffect(() => {
    let depth = 0;
    const sign = () => setOver(depth > 0 && newest.current.open);
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth += 1;
      sign();
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      sign();
    };
    const hover = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = newest.current.open ? "copy" : "none";
    };
    // Without this a browser would leave the app for the file.
    const drop = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      depth = 0;
      sign();
      if (newest.current.open) void filesOf(event.dataTransfer, FILES_AT_ONCE + 1).then(newest.current.add);
    };
    const on = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const;
    for (const [name, listen] of Object.entries(on)) window.addEventListener(name, listen as EventListener);
    return () => {
      for (const [name, listen] of Object.entries(on)) window.removeEventListener(name, listen as EventListener);
    };
  }, []);
  return over;
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
