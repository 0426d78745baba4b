// A tab's part: it holds the engine by proxy, and stands in line to run the engine's worker when the leading tab goes.
import { Fault } from "@/lib/base/errors.ts";
import { hasHeldKeys, RETURNING } from "@/lib/platform/browser/guard/marker.ts";
import { broadcastWire, webLocks } from "./lines.ts";
import { LEAD_LOCK } from "./messages.ts";
import { type EngineProxy, engineProxy } from "./proxy.ts";

let joined: EngineProxy | undefined;
let lead: () => void = () => undefined;
/** Resolves when this tab is the one that runs the engine: of several it alone speaks for all. */
export const leading = new Promise<void>((resolve) => {
  lead = resolve;
});

function startWorker(proxy: EngineProxy, letGo: () => void): void {
  // A worker reads no word beside the database, so that its name says what stands there.
  const name = hasHeldKeys() ? RETURNING : "tacit-engine";
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name });
  const failed = () => {
    worker.terminate();
    // another tab may have better luck
    letGo();
    proxy.fail(new Fault("bug/unexpected", { detail: "the worker did not start" }));
  };
  worker.addEventListener("error", failed);
  // Once it serves, a stray error in it is not its end.
  worker.addEventListener("message", () => worker.removeEventListener("error", failed), { once: true });
}

/** The engine of this profile, joined once per tab. */
export function joinEngine(): EngineProxy {
  if (joined !== undefined) return joined;
  const locks = webLocks();
  const proxy = engineProxy({ open: broadcastWire, locks });
  joined = proxy;
  window.addEventListener("online", () => proxy.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") proxy.wake();
  });
  locks
    .hold(LEAD_LOCK)
    .then((letGo) => {
      startWorker(proxy, letGo);
      lead();
    })
    .catch((cause: unknown) => proxy.fail(new Fault("store/unavailable", { cause })));
  return proxy;
}
