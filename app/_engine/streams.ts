// Files that play before all of them is here, and large ones that go straight to the disk: by the service worker.
"use client";

import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import { STREAM_LINE, streamPath } from "@/lib/platform/browser/stream/line.ts";

export type FileAt = { readonly ws: WorkspaceId; readonly channel: ChannelId; readonly id: string };

/** A browser lets go of a worker that hears nothing for a while, in the middle of a long file, too. */
const ALIVE_MS = 10_000;
let spoke = 0;
let listening = false;

/** While files are asked for, whoever asks is kept awake. */
function keepAwake(): void {
  if (listening) return;
  listening = true;
  new BroadcastChannel(STREAM_LINE).addEventListener("message", () => {
    const now = Date.now();
    if (now - spoke < ALIVE_MS) return;
    spoke = now;
    navigator.serviceWorker.controller?.postMessage("alive");
  });
}

/** Where a file plays from; undefined where this browser runs no service worker for the page. */
export function playUrl(at: FileAt): string | undefined {
  if (!("serviceWorker" in navigator) || navigator.serviceWorker.controller === null) return undefined;
  keepAwake();
  return streamPath({ ...at, id: at.id as EventId }, false);
}

/** Lets the browser save a file as it comes, without holding it; false: that can't be done here. */
export async function saveStream(at: FileAt): Promise<boolean> {
  if (playUrl(at) === undefined) return false;
  const url = streamPath({ ...at, id: at.id as EventId }, true);
  const there = await fetch(url, { method: "HEAD" }).catch(() => undefined);
  if (there?.ok !== true || there.headers.get("content-disposition") === null) return false;
  const link = document.createElement("a");
  link.href = url;
  link.rel = "noopener";
  document.body.append(link);
  link.click();
  link.remove();
  return true;
}
