// The worker in which the engine of this browser profile runs; started by the tab that leads.
import { createEngine, type Engine } from "@/lib/client/engine.ts";
import { RETURNING } from "@/lib/platform/browser/guard/marker.ts";
import { serveStreams } from "@/lib/platform/browser/stream/host.ts";
import { hostEngine } from "./host.ts";
import { broadcastWire, webLocks } from "./lines.ts";
import { HOST_LOCK } from "./messages.ts";
import { browserPorts } from "./ports.ts";

const locks = webLocks();
// Never let go: the browser frees it when this worker is gone for good.
await locks.hold(HOST_LOCK);
let engine: Engine | undefined;
serveStreams(broadcastWire, () => engine);
await hostEngine({
  open: broadcastWire,
  locks,
  term: crypto.randomUUID(),
  start: async () => {
    engine = await createEngine(browserPorts(self.location.origin, { returning: self.name === RETURNING }));
    return engine;
  },
});
// The tab that started this worker may stop watching for its failure.
self.postMessage("up");
