// The camera while a scanner is open: on, read a few times a second, and off the moment it closes.
"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { type FrameReader, frameReader } from "./read-frame.ts";

/** Why there is no picture. */
export type CameraTrouble = "refused" | "absent" | "busy" | "unsupported";
export type ScanState = "starting" | "looking" | CameraTrouble;

/** Pause between two pictures that are read, in ms. */
const EVERY = 120;

const TROUBLES: Record<string, CameraTrouble> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "busy",
  AbortError: "busy",
};

function troubleOf(cause: unknown): CameraTrouble {
  return (cause instanceof DOMException && TROUBLES[cause.name]) || "unsupported";
}

async function openCamera(): Promise<MediaStream> {
  // absent on pages without HTTPS
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia) throw new DOMException("no camera here", "NotSupportedError");
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 1280 } },
  });
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

async function readOn(video: HTMLVideoElement, signal: AbortSignal, read: FrameReader, found: (text: string) => void) {
  let last: string | undefined;
  while (!signal.aborted) {
    const text = await read(video).catch(() => undefined);
    if (signal.aborted) return;
    if (text !== undefined && text !== "" && text !== last) {
      last = text;
      found(text);
    }
    await new Promise((done) => setTimeout(done, EVERY));
  }
}

async function run(
  video: HTMLVideoElement,
  signal: AbortSignal,
  on: (state: ScanState) => void,
  found: (text: string) => void,
) {
  let stream: MediaStream | undefined;
  const off = () => {
    stop(stream);
    video.srcObject = null;
  };
  signal.addEventListener("abort", off, { once: true });
  try {
    const [camera, reader] = await Promise.all([openCamera(), frameReader()]);
    stream = camera;
    if (signal.aborted) return off();
    for (const track of stream.getVideoTracks()) track.addEventListener("ended", () => signal.aborted || on("busy"));
    video.srcObject = stream;
    await video.play();
    if (signal.aborted) return;
    on("looking");
    await readOn(video, signal, reader, found);
  } catch (cause) {
    stop(stream);
    if (!signal.aborted) on(troubleOf(cause));
  }
}

/** `found` hears each code once in a row. */
export function useScan(video: RefObject<HTMLVideoElement | null>, found: (text: string) => void): ScanState {
  const [state, setState] = useState<ScanState>("starting");
  const heard = useRef(found);
  useEffect(() => {
    heard.current = found;
  });
  useEffect(() => {
    const screen = video.current;
    if (!screen) return;
    const end = new AbortController();
    void run(screen, end.signal, setState, (text) => heard.current(text));
    return () => end.abort();
  }, [video]);
  return state;
}
