// All ports of an engine in a browser's worker.
import type { ByteSink, Ports } from "@/lib/client/ports.ts";
import { putByRequest } from "@/lib/platform/browser/stream/put.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { markdownMarkup } from "@/lib/platform/markup.ts";
import { breathe } from "@/lib/platform/runtime/breathe.ts";
import { webCryptoVerifier } from "@/lib/platform/runtime/verifier.ts";
import { anySource } from "@/lib/platform/source.ts";
import { createTransport } from "@/lib/platform/transport.ts";
import { openDatabase } from "./database.ts";
import { idbKeystore } from "./keystore.ts";
import { webLocks } from "./lines.ts";
import { opfsSpool } from "./spool.ts";
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

/** Ports over this origin's database and server; `returning`: keys have been held here. The engine's own lock names are kept apart from the host's. */
export function browserPorts(origin: string, { returning }: { returning: boolean }): Ports {
  const withDatabase = openDatabase();
  return {
    storage: idbStorage(withDatabase),
    keystore: idbKeystore(withDatabase, returning),
    transport: createTransport({ origin, socket: (url) => new WebSocket(url), put: putByRequest }),
    clock: wallClock(),
    locks: webLocks("tacit-port-"),
    markup: markdownMarkup(),
    breathe,
    verifier: webCryptoVerifier(),
    source: anySource,
    spool: opfsSpool(),
    sink: (_name, type) => blobSink(type),
  };
}
