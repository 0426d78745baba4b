// The live socket: one JSON frame a message, bounded in size and in patience (PROTOCOL A2, MS-23).
import { Fault, type FaultCode } from "@/lib/base/errors.ts";
import type { LiveHandlers, LiveSocket } from "@/lib/client/ports.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { parseJson } from "./json.ts";

/** What browsers' WebSocket and Node's `ws` have in common. */
export type WebSocketLike = {
  send(text: string): void;
  close(): void;
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
};

/** UTF-16 units of one frame: an event in base64url with its header, and room beside. */
export const FRAME_CHARS = LIMITS.eventBytes * 2;
/** Frames that may wait for the socket to open. */
const WAITING = 100;

/**
 * Opens a socket. Frames sent before it is open wait. `closed` is called once, never from within this call, with a
 * fault code: net/offline (never opened), net/timeout (no first frame in time), net/bad-answer, net/closed.
 */
export function openLive(open: () => WebSocketLike, handlers: LiveHandlers, firstFrameMs: number): LiveSocket {
  let socket: WebSocketLike | undefined;
  let waiting: string[] | undefined = [];
  let over = false;
  const end = (code: FaultCode, told: boolean) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    waiting = undefined;
    socket?.close();
    if (told) queueMicrotask(() => handlers.closed(code));
  };
  const timer = setTimeout(() => end("net/timeout", true), firstFrameMs);
  const hear = (data: unknown) => {
    if (over) return;
    clearTimeout(timer);
    if (typeof data !== "string" || data.length > FRAME_CHARS) return end("net/bad-answer", true);
    let frame: unknown;
    try {
      frame = parseJson(data);
    } catch {
      return end("net/bad-answer", true);
    }
    handlers.frame(frame);
  };
  try {
    socket = open();
    socket.addEventListener("open", () => {
      for (const text of waiting ?? []) socket?.send(text);
      waiting = undefined;
    });
    socket.addEventListener("message", (event) => hear(event.data));
    socket.addEventListener("error", () => end(waiting === undefined ? "net/closed" : "net/offline", true));
    socket.addEventListener("close", () => end(waiting === undefined ? "net/closed" : "net/offline", true));
  } catch {
    end("net/offline", true);
  }
  return {
    send(frame) {
      if (over) return;
      const text = JSON.stringify(frame);
      if (waiting === undefined) socket?.send(text);
      else if (waiting.length < WAITING) waiting.push(text);
      else throw new Fault("net/offline", { detail: "too many frames wait" });
    },
    close: () => end("net/closed", false),
  };
}
