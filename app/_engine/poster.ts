// A picture of a film, taken on this device before it is sealed: what stands in its place until somebody plays it.
"use client";

import type { Picture } from "@/lib/client/api.ts";
import { smallPicture } from "./pictures.ts";

export type Poster = { readonly width: number; readonly height: number; readonly thumbnail: Picture | null };

/** A film that shows nothing by then goes without. */
const PATIENCE_MS = 8_000;
/** Not the first moment, which is often black. */
const MOMENT = 0.1;
const LATEST_S = 3;

/** Waits for one event of a player; rejects when it breaks, or takes too long. */
function heard(video: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE_MS);
    const end = (then: () => void) => () => {
      clearTimeout(timer);
      then();
    };
    video.addEventListener(event, end(resolve), { once: true });
    video.addEventListener("error", end(reject), { once: true });
  });
}

/** Size and a moment of a film; null for what this browser does not play. */
export async function posterOf(file: Blob): Promise<Poster | null> {
  const video = document.createElement("video");
  const url = URL.createObjectURL(file);
  try {
    video.muted = true;
    video.preload = "auto";
    video.src = url;
    await heard(video, "loadeddata");
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0 || height === 0) return null;
    const at = Math.min(LATEST_S, (Number.isFinite(video.duration) ? video.duration : 0) * MOMENT);
    if (at > 0) {
      const there = heard(video, "seeked");
      video.currentTime = at;
      await there.catch(() => undefined);
    }
    const moment = await createImageBitmap(video);
    const thumbnail = await smallPicture(moment);
    moment.close();
    return { width, height, thumbnail };
  } catch {
    return null;
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  }
}
