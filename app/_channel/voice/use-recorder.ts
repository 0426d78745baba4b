// Recording from the microphone: asked for on press alone, let go of at once afterwards; loudness is measured on the way.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { loudness, peaksOf } from "./peaks.ts";

/** Ends a recording by itself. */
const MOST_MS = 15 * 60_000;
const EVERY_MS = 60;
/** Bars of the moments that were just heard. */
export const LIVE_BARS = 48;
/** What browsers record, the first one they can. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export type Recording = { readonly file: File; readonly ms: number; readonly peaks: Uint8Array };
/** refused: its person or system said no; none: there is no microphone, or the browser records nothing. */
export type RecorderFault = "refused" | "none";
export type RecorderState =
  | { readonly t: "idle" }
  | { readonly t: "asking" }
  | { readonly t: "recording"; readonly ms: number; readonly levels: readonly number[] }
  | { readonly t: "done"; readonly recording: Recording }
  | { readonly t: "failed"; readonly why: RecorderFault };

type Run = {
  readonly stream: MediaStream;
  readonly recorder: MediaRecorder;
  readonly sound: AudioContext;
  readonly began: number;
  readonly levels: number[];
  readonly parts: Blob[];
  timer: ReturnType<typeof setInterval> | undefined;
  kept: boolean;
};

function letGo(run: Run): void {
  clearInterval(run.timer);
  for (const track of run.stream.getTracks()) track.stop();
  void run.sound.close();
}

/** How loud it is now; measured beside the recording, which it does not touch. */
function meterOf(sound: AudioContext, stream: MediaStream): () => number {
  const analyser = sound.createAnalyser();
  analyser.fftSize = 1024;
  sound.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return loudness(samples);
  };
}

async function open(): Promise<Run> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, type === undefined ? {} : { mimeType: type });
  return {
    stream,
    recorder,
    sound: new AudioContext(),
    began: performance.now(),
    levels: [],
    parts: [],
    timer: undefined,
    kept: false,
  };
}

function recordingOf({ recorder, parts, levels, began }: Run): Recording {
  const type = recorder.mimeType.split(";")[0] ?? "audio/webm";
  const ending = type === "audio/mp4" ? "m4a" : type === "audio/ogg" ? "ogg" : "webm";
  const ms = Math.max(1, Math.round(performance.now() - began));
  return { file: new File(parts, `voice.${ending}`, { type }), ms, peaks: peaksOf(levels) };
}

function faultOf(thrown: unknown): RecorderFault {
  return thrown instanceof DOMException && thrown.name === "NotAllowedError" ? "refused" : "none";
}

export function useRecorder() {
  const [state, setState] = useState<RecorderState>({ t: "idle" });
  const now = useRef<Run | null>(null);
  const stop = useCallback(() => {
    const run = now.current;
    if (run === null || run.recorder.state === "inactive") return;
    run.kept = true;
    run.recorder.stop();
  }, []);
  const drop = useCallback(() => {
    const run = now.current;
    now.current = null;
    if (run !== null) {
      run.kept = false;
      if (run.recorder.state !== "inactive") run.recorder.stop();
      letGo(run);
    }
    setState({ t: "idle" });
  }, []);
  const start = useCallback(async () => {
    setState({ t: "asking" });
    try {
      const run = await open();
      now.current = run;
      const measure = meterOf(run.sound, run.stream);
      run.recorder.addEventListener("dataavailable", ({ data }) => run.parts.push(data));
      run.recorder.addEventListener("stop", () => {
        if (!run.kept) return;
        const recording = recordingOf(run);
        now.current = null;
        letGo(run);
        setState({ t: "done", recording });
      });
      run.timer = setInterval(() => {
        run.levels.push(measure());
        const ms = performance.now() - run.began;
        setState({ t: "recording", ms, levels: run.levels.slice(-LIVE_BARS) });
        if (ms >= MOST_MS) stop();
      }, EVERY_MS);
      run.recorder.start();
      setState({ t: "recording", ms: 0, levels: [] });
    } catch (thrown) {
      setState({ t: "failed", why: faultOf(thrown) });
    }
  }, [stop]);
  // Nobody is recorded who has left.
  useEffect(
    () => () => {
      const run = now.current;
      now.current = null;
      if (run === null) return;
      run.kept = false;
      if (run.recorder.state !== "inactive") run.recorder.stop();
      letGo(run);
    },
    [],
  );
  return { state, start, stop, drop };
}
