// All ports of an engine in a browser's worker, and the wires and locks that its tabs share with it.
import type { ByteSink, Locks, Ports } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { markdownMarkup } from "@/lib/platform/markup.ts";
import { anySource } from "@/lib/platform/source.ts";
import { createTransport } from "@/lib/platform/transport.ts";
import { openDatabase } from "./database.ts";
import { idbKeystore } from "./keystore.ts";
import type { OpenWire } from "./messages.ts";
import { idbStorage } from "./storage.ts";

/** Types that a browser shows as a picture and as nothing else; every other download is bytes without a claim (MS-26). */
const RASTER = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

/** Collects into Blobs, which browsers keep on disk when they grow; `done` yields one. */
export function blobSink(type: string): ByteSink {
  let parts: Blob[] = [];
  return {
    async write(bytes) {
      parts.push(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    },
    async done() {
      return new Blob(parts, { type: RASTER.has(type) ? type : "application/octet-stream" });
    },
    async abort() {
      parts = [];
    },
  };
}

/** Web Locks under `prefix`: one line for all tabs and workers of this origin. */
export function webLocks(prefix = ""): Locks {
  return {
    hold: (name) =>
      new Promise((resolve, reject) => {
        navigator.locks
          .request(prefix + name, () => new Promise<void>((letGo) => resolve(() => letGo())))
          .catch(reject);
      }),
  };
}

/** BroadcastChannels of this origin. */
export const broadcastWire: OpenWire = (name, hear) => {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event) => hear(event.data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
};

/** Ports over this origin's database and server. The engine's own lock names are kept apart from the host's. */
export function browserPorts(origin: string): Ports {
  const withDatabase = openDatabase();
  return {
    storage: idbStorage(withDatabase),
    keystore: idbKeystore(withDatabase),
    transport: createTransport({ origin, socket: (url) => new WebSocket(url) }),
    clock: wallClock(),
    locks: webLocks("tacit-port-"),
    markup: markdownMarkup(),
    source: anySource,
    sink: (_name, type) => blobSink(type),
  };
}
