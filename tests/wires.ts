// A transport that a test can cut, slow or let lose answers: faults at the port, in front of the real server.
import { Fault } from "@/lib/base/errors.ts";
import type { LiveSocket, Procedure, Transport } from "@/lib/client/ports.ts";

/** What becomes of a call: `pass`; `drop`: it never arrives; `lose`: it arrives and its answer does not. */
export type Fate = "pass" | "drop" | "lose";

export class Wire implements Transport {
  readonly origin: string;
  readonly #inner: Transport;
  readonly #sockets = new Map<LiveSocket, (reason: string) => void>();
  #cut = false;
  /** decides per call; the default passes all */
  fate: (procedure: Procedure) => Fate = () => "pass";

  constructor(inner: Transport) {
    this.#inner = inner;
    this.origin = inner.origin;
  }

  /** Ends every socket and lets nothing through until `mend`. */
  cut(): void {
    this.#cut = true;
    for (const [socket, closed] of this.#sockets) {
      socket.close();
      closed("cut");
    }
    this.#sockets.clear();
  }

  mend(): void {
    this.#cut = false;
  }

  call: Transport["call"] = async (procedure, input, token, signal) => {
    const fate = this.#cut ? "drop" : this.fate(procedure);
    if (fate === "drop") throw new Fault("net/offline");
    const answer = await this.#inner.call(procedure, input, token, signal);
    if (fate === "lose" || this.#cut) throw new Fault("net/timeout");
    return answer;
  };

  live: Transport["live"] = (handlers) => {
    if (this.#cut) {
      queueMicrotask(() => handlers.closed("cut"));
      return { send: () => undefined, close: () => undefined };
    }
    const socket = this.#inner.live(handlers);
    this.#sockets.set(socket, handlers.closed);
    return socket;
  };

  putSegment: Transport["putSegment"] = async (...args) => {
    if (this.#cut) throw new Fault("net/offline");
    return await this.#inner.putSegment(...args);
  };

  getSegment: Transport["getSegment"] = async (...args) => {
    if (this.#cut) throw new Fault("net/offline");
    return await this.#inner.getSegment(...args);
  };
}
