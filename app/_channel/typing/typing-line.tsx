// Who writes at this moment, in a still sentence under the timeline; read out seldom, so that it does not chatter.
"use client";

import { useEffect, useRef, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./typing-line.module.css";

/** Names that fit into a sentence; more are a number. */
const NAMED = 2;
/** Between two readings of this line aloud. */
const REST_MS = 20_000;

/** What a screen reader is told: that somebody began, and nothing again for a while. */
function useSpoken(line: string): string {
  const [spoken, setSpoken] = useState("");
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (line === "") return setSpoken("");
    const now = performance.now();
    if (now - last.current < REST_MS) return;
    last.current = now;
    setSpoken(line);
  }, [line]);
  return spoken;
}

export function TypingLine() {
  const { ws, channel, people } = useChannel();
  const words = useWords().notify.typing;
  const typing = useTopic(`typing:${ws}:${channel}`)?.people ?? [];
  const names = typing.slice(0, NAMED).map((user) => people.nameOf(user));
  const line = typing.length === 0 ? "" : typing.length > NAMED ? words.many(typing.length) : words.some(names);
  const spoken = useSpoken(line);
  return (
    <>
      <p className={styles.line} aria-hidden="true">
        {line}
      </p>
      <p className="sr" role="status">
        {spoken}
      </p>
    </>
  );
}
