// Recording in the composer: what is heard as bars while it runs, then to be heard, sent, or thrown away.
"use client";

import { Square, Trash2 } from "lucide-react";
import { useCallback, useEffect } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { EventId } from "@/lib/base/ids.ts";
import { clockOf } from "./peaks.ts";
import { LIVE_BARS, type Recording, useRecorder } from "./use-recorder.ts";
import styles from "./voice-draft.module.css";
import { VoicePlayer } from "./voice-player.tsx";
import { Waveform } from "./waveform.tsx";

/** The last moments, from the right; as wide before there was a sound. */
function running(levels: readonly number[]): number[] {
  const still = Array.from({ length: Math.max(0, LIVE_BARS - levels.length) }, () => 0);
  return [...still, ...levels.slice(-LIVE_BARS).map((level) => level * 255)];
}

interface DoneProps {
  recording: Recording;
  thread: EventId | null;
  onEnd: () => void;
}

function Done({ recording, thread, onEnd }: DoneProps) {
  const { ws, channel } = useChannel();
  const words = useWords().conversation.voice;
  const { run, pending, fault } = useCommand("sendMessage");
  const { file, ms, peaks } = recording;
  const load = useCallback(async () => file, [file]);
  const send = async () => {
    const voice = { name: file.name, type: file.type, source: file, width: null, height: null, thumbnail: null };
    const files = [{ ...voice, voice: { ms, peaks } }];
    const outcome = await run({ ws, channel, text: "", files, ...(thread === null ? {} : { thread }) });
    if (outcome.ok) onEnd();
  };
  return (
    <>
      <VoicePlayer label={words.preview} ms={ms} peaks={peaks} load={load} />
      <IconButton label={words.drop} icon={<Trash2 />} onClick={onEnd} />
      <Button size="sm" disabled={pending} autoFocus onClick={() => void send()}>
        {words.send}
      </Button>
      <FaultLine fault={fault} />
    </>
  );
}

/** Begins to record when it appears: it does so by the press of a button. */
export function VoiceDraft({ thread, onEnd }: { thread: EventId | null; onEnd: () => void }) {
  const words = useWords().conversation.voice;
  const { state, start, stop, drop } = useRecorder();
  useEffect(() => {
    void start();
  }, [start]);
  const end = () => {
    drop();
    onEnd();
  };
  return (
    <section className={styles.draft} aria-label={words.recorder}>
      {(state.t === "idle" || state.t === "asking") && <p role="status">{words.asking}</p>}
      {state.t === "failed" && (
        <>
          <p role="alert">{words[state.why]}</p>
          <Button size="sm" onClick={end}>
            {words.close}
          </Button>
        </>
      )}
      {state.t === "recording" && (
        <>
          <span className={styles.live}>
            <span className={styles.sign} />
            <span role="timer" aria-label={words.recording}>
              {clockOf(state.ms)}
            </span>
          </span>
          <span className={styles.wave}>
            <Waveform peaks={running(state.levels)} heard={0} />
          </span>
          <IconButton label={words.drop} icon={<Trash2 />} onClick={end} />
          <Button size="sm" icon={<Square />} autoFocus onClick={stop}>
            {words.stop}
          </Button>
        </>
      )}
      {state.t === "done" && <Done recording={state.recording} thread={thread} onEnd={end} />}
    </section>
  );
}
