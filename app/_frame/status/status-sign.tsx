// A person's status beside the name: the emoji, with its words for whoever asks; gone by this device's own clock.
"use client";

import { useEffect, useState } from "react";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import type { Status } from "@/lib/client/api/daily/people.ts";
import styles from "./status.module.css";

const LOOK_MS = 15_000;

/** The status while it holds; null from its time on, also where no news comes. */
export function useLiveStatus(status: Status | null): Status | null {
  const [now, setNow] = useState(() => Date.now());
  const until = status?.until ?? null;
  useEffect(() => {
    if (until === null) return;
    // A machine that slept, or whose clock was set, notices within seconds.
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, [until]);
  return until !== null && until <= now ? null : status;
}

/** Nothing for a status of words alone: those stand in the profile. */
export function StatusSign({ status }: { status: Status | null }) {
  const live = useLiveStatus(status);
  if (live === null || live.emoji === "") return null;
  return (
    <span className={styles.sign} title={live.text}>
      <EmojiSign emoji={live.emoji} silent={live.text !== ""} />
      {live.text !== "" && <span className="sr">{live.text}</span>}
    </span>
  );
}

/** Emoji and words, in one line. */
export function StatusLine({ status }: { status: Status | null }) {
  const live = useLiveStatus(status);
  if (live === null) return null;
  return (
    <>
      {live.emoji !== "" && <EmojiSign emoji={live.emoji} />}
      {live.emoji !== "" && live.text !== "" && " "}
      {live.text}
    </>
  );
}
