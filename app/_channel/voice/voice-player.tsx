// Hearing a voice message: play and pause, seek along its waveform, faster; all of it by keys as well.
"use client";

import { Pause, Play } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { useWords } from "@/app/_words/words.ts";
import { clockOf } from "./peaks.ts";
import styles from "./voice-player.module.css";
import { Waveform } from "./waveform.tsx";

const SPEEDS = [1, 1.5, 2] as const;

/** What browsers record has no length in its head: going to its end once makes them count. */
async function makeSeekable(audio: HTMLAudioElement): Promise<void> {
  if (audio.readyState < HTMLMediaElement.HAVE_METADATA)
    await new Promise((resolve, reject) => {
      audio.addEventListener("loadedmetadata", resolve, { once: true });
      audio.addEventListener("error", reject, { once: true });
    });
  if (Number.isFinite(audio.duration)) return;
  await new Promise((resolve) => {
    audio.addEventListener("durationchange", resolve, { once: true });
    audio.currentTime = Number.MAX_SAFE_INTEGER;
  });
  audio.currentTime = 0;
}

/** One sound, fetched when it is first played. `at` and the rest in ms. */
function useSound(load: () => Promise<Blob | null>, ms: number) {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1);
  const [busy, setBusy] = useState(false);
  const ready = useCallback(async (): Promise<HTMLAudioElement | null> => {
    if (audio.current !== null) return audio.current;
    const blob = await load();
    if (blob === null) return null;
    const made = new Audio(URL.createObjectURL(blob));
    audio.current = made;
    await makeSeekable(made);
    made.addEventListener("timeupdate", () => setAt(Math.min(ms, made.currentTime * 1000)));
    made.addEventListener("play", () => setPlaying(true));
    made.addEventListener("pause", () => setPlaying(false));
    made.addEventListener("ended", () => {
      setPlaying(false);
      setAt(0);
      made.currentTime = 0;
    });
    return made;
  }, [load, ms]);
  useEffect(
    () => () => {
      const made = audio.current;
      audio.current = null;
      made?.pause();
      if (made) URL.revokeObjectURL(made.src);
    },
    [],
  );
  const toggle = async () => {
    setBusy(true);
    try {
      const made = await ready();
      if (made === null) return;
      made.playbackRate = speed;
      if (made.paused) await made.play();
      else made.pause();
    } finally {
      setBusy(false);
    }
  };
  const seek = async (to: number) => {
    setAt(to);
    const made = await ready();
    if (made !== null) made.currentTime = to / 1000;
  };
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (audio.current !== null) audio.current.playbackRate = next;
  };
  return { playing, at, speed, busy, toggle, seek, faster };
}

export interface VoicePlayerProps {
  /** "Voice message from Ana". */
  label: string;
  ms: number;
  peaks: Uint8Array;
  /** The sound, opened on this device; null where it could not be. */
  load: () => Promise<Blob | null>;
}

export function VoicePlayer({ label, ms, peaks, load }: VoicePlayerProps) {
  const words = useWords().conversation.voice;
  const { playing, at, speed, busy, toggle, seek, faster } = useSound(load, ms);
  const left = playing || at > 0 ? `${clockOf(at)} / ${clockOf(ms)}` : clockOf(ms);
  return (
    <fieldset className={styles.player} aria-label={label}>
      <IconButton
        label={playing ? words.pause : words.play}
        icon={playing ? <Pause /> : <Play />}
        disabled={busy}
        onClick={() => void toggle().catch(() => undefined)}
      />
      <span className={styles.track}>
        <Waveform peaks={peaks} heard={at / ms} />
        <input
          className={styles.seek}
          type="range"
          min={0}
          max={ms}
          step={Math.max(100, Math.round(ms / 100))}
          value={Math.min(at, ms)}
          aria-label={words.position}
          aria-valuetext={words.at(clockOf(at), clockOf(ms))}
          onChange={(event) => void seek(Number(event.target.value)).catch(() => undefined)}
        />
      </span>
      <span className={styles.time}>{left}</span>
      <button type="button" className={styles.speed} aria-label={words.speed(String(speed))} onClick={faster}>
        {speed}×
      </button>
    </fieldset>
  );
}
