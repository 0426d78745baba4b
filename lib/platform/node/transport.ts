// The transport of Node: the common one, with sockets from `ws`.
import { WebSocket } from "ws";
import type { Transport } from "@/lib/client/ports.ts";
import { FRAME_CHARS, type WebSocketLike } from "@/lib/platform/live.ts";
import { createTransport, type TransportOptions } from "@/lib/platform/transport.ts";
import { putPieces } from "./put.ts";

/** Sockets say the origin that logins are bound to, as a browser's would. */
export function nodeTransport(origin: string, options: Partial<TransportOptions> = {}): Transport {
  const socket = (url: string): WebSocketLike =>
    new WebSocket(url, {
      origin: new URL(origin).origin,
      maxPayload: FRAME_CHARS * 3,
      perMessageDeflate: false,
      handshakeTimeout: 20_000,
      followRedirects: false,
    });
  // Who says how requests go says it of all of them.
  return createTransport({ origin, socket, ...(options.fetch === undefined ? { put: putPieces } : {}), ...options });
}
