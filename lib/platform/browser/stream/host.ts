// The engine's side of streams: answers the service worker with opened, checked bytes.
import { asFault } from "@/lib/base/errors.ts";
import type { FileCommands } from "@/lib/client/api/daily/files.ts";
import type { OpenWire } from "@/lib/platform/browser/messages.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { PIECE, STREAM_LINE, type StreamAnswer, type StreamMessage } from "./line.ts";

/** The bytes of one answer: at most a piece, and none of the next segment, which would have to be fetched first. */
function pieceEnd(from: number, to: number): number {
  const border = (Math.floor(from / LIMITS.segmentBytes) + 1) * LIMITS.segmentBytes;
  return Math.min(to, from + PIECE, border);
}

/** Serves until the returned end is called. Every answer is at most one piece, asked for when the last one was taken. */
export function serveStreams(open: OpenWire, engine: () => Pick<FileCommands, "readFile"> | undefined): () => void {
  const going = new Map<string, AbortController>();
  const line = open(STREAM_LINE, (heard) => {
    const message = heard as StreamMessage;
    if (message.t === "drop") return going.get(message.ask)?.abort();
    const host = engine();
    if (message.t !== "ask" || host === undefined) return;
    const { ask, at, from } = message;
    // Asked again, as whoever waits does: it comes once.
    if (going.has(ask)) return line.post({ t: "coming", ask } satisfies StreamMessage);
    const stop = new AbortController();
    going.set(ask, stop);
    const tell = (answer: StreamAnswer) => {
      going.delete(ask);
      if (!stop.signal.aborted) line.post(answer);
    };
    host.readFile({ ...at, from, to: pieceEnd(from, message.to), signal: stop.signal }).then(
      (piece) => tell({ t: "piece", ask, ...piece }),
      (thrown: unknown) => tell({ t: "refused", ask, code: asFault(thrown).code }),
    );
  });
  return () => line.close();
}
