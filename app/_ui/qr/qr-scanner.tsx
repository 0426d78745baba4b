// A scanner for codes: the camera's picture with a frame, and a sentence when there is none.
"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/app/_ui/controls/button.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./qr.module.css";
import { type CameraTrouble, useScan } from "./use-scan.ts";

export interface QrScannerProps {
  /** Hears each code once; the camera stays on until this is taken away. */
  onRead: (text: string) => void;
  /** Hears why there is no camera; the sentence shows here anyway. */
  onRefused?: ((why: CameraTrouble) => void) | undefined;
}

/** One try at the camera. */
function Camera({ onRead, onRefused, onAgain }: QrScannerProps & { onAgain: () => void }) {
  const words = useWords().qr;
  const video = useRef<HTMLVideoElement>(null);
  const state = useScan(video, onRead);
  const trouble = state === "starting" || state === "looking" ? undefined : state;
  const tell = useRef(onRefused);
  useEffect(() => {
    tell.current = onRefused;
  });
  useEffect(() => {
    if (trouble) tell.current?.(trouble);
  }, [trouble]);
  return (
    <div className={styles.scanner}>
      <div className={styles.view} hidden={trouble !== undefined}>
        <video ref={video} className={styles.video} aria-label={words.camera} muted playsInline />
        <span className={styles.frame} aria-hidden="true" />
      </div>
      <p className={styles.says} role="status">
        {trouble ? words.trouble[trouble] : words[state === "looking" ? "looking" : "starting"]}
      </p>
      {trouble && trouble !== "unsupported" && (
        <div>
          <Button size="sm" onClick={onAgain}>
            {words.again}
          </Button>
        </div>
      )}
    </div>
  );
}

export function QrScanner(props: QrScannerProps) {
  const [round, setRound] = useState(0);
  return <Camera key={round} {...props} onAgain={() => setRound(round + 1)} />;
}
