// Request bodies: counted before they are read, timed while they come, bounded in depth before they are parsed.
import type { IncomingMessage } from "node:http";
import { Fault } from "@/lib/base/errors.ts";

export const MAX_DEPTH = 12;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Collects a body of at most `max` bytes within `ms`. Throws wire/too-large or may/slow. */
export function readBody(request: IncomingMessage, max: number, ms: number): Promise<Buffer> {
  const stated = Number(request.headers["content-length"] ?? 0);
  if (stated > max) return Promise.reject(new Fault("wire/too-large"));
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const stop = (fault: Fault): void => {
      clearTimeout(timer);
      request.removeAllListeners("data");
      request.pause();
      reject(fault);
    };
    const timer = setTimeout(() => stop(new Fault("may/slow")), ms);
    request.on("data", (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > max) stop(new Fault("wire/too-large"));
      else pieces.push(piece);
    });
    request.on("end", () => {
      clearTimeout(timer);
      resolve(Buffer.concat(pieces));
    });
    request.on("error", () => stop(new Fault("may/bad-body")));
    request.on("aborted", () => stop(new Fault("may/bad-body")));
  });
}

/** JSON of bounded depth in valid UTF-8. Throws may/bad-body. */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (cause) {
    throw new Fault("may/bad-body", { cause });
  }
  if (depthOf(text) > MAX_DEPTH) throw new Fault("may/bad-body");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault("may/bad-body", { cause });
  }
}

/** How deep objects and arrays nest, without building any. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}
