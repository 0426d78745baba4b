// The engine's side of streams: answers the service worker with opened, checked bytes.
import { asFault } from "@/lib/base/errors.ts";
import type { FileCommands } from "@/lib/client/api/daily/files.ts";
import type { OpenWire } from "@/lib/platform/browser/messages.ts";
import { PIECE, STREAM_LINE, type StreamMessage } from "./line.ts";

/** Serves until the returned end is called. Every answer is at most one piece, asked for when the last one was taken. */
export function serveStreams(open: OpenWire, engine: () => Pick<FileCommands, "readFile"> | undefined): () => void {
  const line = open(STREAM_LINE, (heard) => {
    const message = heard as StreamMessage;
    const host = engine();
    if (message.t !== "ask" || host === undefined) return;
    const { ask, at, from } = message;
    const to = Math.min(message.to, from + PIECE);
    host.readFile({ ...at, from, to }).then(
      (piece) => line.post({ t: "piece", ask, ...piece } satisfies StreamMessage),
      (thrown: unknown) => line.post({ t: "refused", ask, code: asFault(thrown).code } satisfies StreamMessage),
    );
  });
  return () => line.close();
}
