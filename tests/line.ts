// A network line between an engine and its server that a test cuts and mends.
import { Fault } from "@/lib/base/errors.ts";
import type { LiveSocket, Transport } from "@/lib/client/ports.ts";

/** A network that a test takes away and gives back. */
export class Line {
  #down = false;
  readonly #open = new Map<LiveSocket, (reason: string) => void>();

  readonly wrap = (inner: Transport): Transport => ({
    origin: inner.origin,
    call: async (...given) => {
      if (this.#down) throw new Fault("net/offline");
      return await inner.call(...given);
    },
    live: (handlers) => {
      if (this.#down) queueMicrotask(() => handlers.closed("net/offline"));
      const socket = this.#down ? { send: () => undefined, close: () => undefined } : inner.live(handlers);
      this.#open.set(socket, handlers.closed);
      return socket;
    },
    putSegment: (...given) => inner.putSegment(...given),
    getSegment: (...given) => inner.getSegment(...given),
  });

  set(down: boolean): void {
    this.#down = down;
    if (!down) return;
    const open = [...this.#open];
    this.#open.clear();
    for (const [socket, closed] of open) {
      socket.close();
      closed("net/closed");
    }
  }
}
