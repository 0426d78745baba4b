// All ports of an engine in Node, over one folder.
import { join } from "node:path";
import type { Ports } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { markdownMarkup } from "@/lib/platform/markup.ts";
import { breathe } from "@/lib/platform/runtime/breathe.ts";
import { webCryptoVerifier } from "@/lib/platform/runtime/verifier.ts";
import { fileKeystore } from "./keystore.ts";
import { folderLocks } from "./locks.ts";
import { fileSink } from "./sink.ts";
import { nodeSource } from "./source.ts";
import { folderSpool } from "./spool.ts";
import { sqliteStorage } from "./storage.ts";
import { nodeTransport } from "./transport.ts";

/** `folder` holds the profile: store, key and locks, for this user alone. Downloads end in `downloads`. `close` lets the store go. */
export function nodePorts(options: { folder: string; origin: string; downloads: string }): Ports & { close(): void } {
  const storage = sqliteStorage(join(options.folder, "store.db"));
  return {
    storage,
    keystore: fileKeystore(options.folder),
    transport: nodeTransport(options.origin),
    clock: wallClock(),
    locks: folderLocks(options.folder),
    markup: markdownMarkup(),
    breathe,
    verifier: webCryptoVerifier(),
    source: nodeSource,
    spool: folderSpool(join(options.folder, "uploads")),
    sink: (name) => fileSink(options.downloads, name),
    close: () => storage.close(),
  };
}
