// What tabs and workers of one origin share: its locks and its broadcast lines. Apart from the ports, so that a tab loads no more.
import type { Locks } from "@/lib/client/ports.ts";
import type { OpenWire } from "./messages.ts";

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
