// The live connection: socket first, then state, then what was missed; comes back by itself with backoff (PROTOCOL A2).
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { Connection } from "@/lib/client/api.ts";
import type { Clock, LiveSocket, Transport } from "@/lib/client/ports.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { type ClientFrame, type ServerFrame, serverFrame } from "@/lib/protocol/sync.ts";
import type { Session } from "./session.ts";

const FIRST_MS = 250;
const LONGEST_MS = 30_000;
const BEAT_MS = 25_000;
/** One refused sign-in may be a server that was started anew between challenge and answer. */
const TURNED_AWAY = 3;
/** Faults of a connection that do not mend by waiting, or that an honest server does not cause. */
const TOLD: readonly FaultCode[] = ["may/wrong-origin", "net/redirected", "net/bad-answer", "net/clock"];

export type LiveOptions = {
  readonly transport: Transport;
  readonly session: Session;
  readonly clock: Clock;
  /** brings this device up to date; called on every new connection and on `refresh` */
  readonly catchUp: () => Promise<void>;
  readonly frame: (frame: ServerFrame) => void;
  readonly changed: (connection: Connection) => void;
  /** the server does not know this device as one that may sign in */
  readonly refused: () => void;
  /** a fault that only a person can mend */
  readonly fault: (code: FaultCode) => void;
};

/** Keeps one socket open as long as it runs. */
export class LiveLink {
  readonly #options: LiveOptions;
  #socket: LiveSocket | null = null;
  #attempt = 0;
  #running = false;
  #cancel: (() => void) | null = null;
  #beat: (() => void) | null = null;
  #answered = true;
  #greeted = false;
  #token: string | null = null;
  #turnedAway = 0;
  connection: Connection = "connecting";

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** The server takes no sign-in any more, and not because it was just started anew: only its word for it. */
  get refused(): boolean {
    return this.#turnedAway >= TURNED_AWAY;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#cancel?.();
    this.#beat?.();
    this.#socket?.close();
    this.#socket = null;
  }

  /** Tries at once instead of waiting out the backoff: the network came back. */
  wake(): void {
    if (!this.#running || this.#socket !== null) return;
    this.#cancel?.();
    this.#attempt = 0;
    void this.#connect();
  }

  /** Sends a frame while this device is up to date; false: it is not, and the frame is lost. */
  say(frame: ClientFrame): boolean {
    if (this.#socket === null || this.connection !== "online") return false;
    this.#socket.send(frame);
    return true;
  }

  async #connect(): Promise<void> {
    this.#cancel = null;
    this.#set(this.#attempt > 1 ? "offline" : "connecting");
    try {
      const token = await this.#options.session.token();
      if (!this.#running) return;
      // Listening comes before reading, so that nothing falls between the two.
      const socket = this.#options.transport.live({
        frame: (frame) => this.#frame(socket, frame),
        closed: () => this.#closed(socket),
      });
      this.#socket = socket;
      this.#greeted = false;
      this.#token = token;
      socket.send({ t: "hello", token });
      // A socket that opens and then says nothing of use looks like a slow one, but for its patience (MS-23).
      this.#beat?.();
      this.#beat = this.#options.clock.after(BEAT_MS, () => {
        if (socket === this.#socket && !this.#greeted) this.#drop("net/timeout");
      });
    } catch (thrown) {
      this.#retry(asFault(thrown).code);
    }
  }

  #frame(socket: LiveSocket, value: unknown): void {
    if (socket !== this.#socket) return;
    const parsed = serverFrame.safeParse(value);
    if (!parsed.success) {
      this.#options.fault("net/bad-answer");
      return;
    }
    const frame = parsed.data;
    this.#answered = true;
    if (frame.t === "ready") {
      // Once a connection: every greeting would start a whole catch-up.
      if (!this.#greeted) void this.#ready(socket);
      this.#greeted = true;
    } else if (frame.t !== "pong") this.#options.frame(frame);
  }

  async #ready(socket: LiveSocket): Promise<void> {
    try {
      await this.#options.catchUp();
      if (socket !== this.#socket) return;
      this.#attempt = 0;
      this.#turnedAway = 0;
      this.#token = null;
      this.#set("online");
      this.#schedule(socket);
    } catch (thrown) {
      if (socket === this.#socket) this.#drop(asFault(thrown).code);
    }
  }

  #schedule(socket: LiveSocket): void {
    this.#beat?.();
    this.#answered = true;
    const beat = () => {
      if (socket !== this.#socket) return;
      // A socket that stalls looks alive: only an answer within a beat counts (MS-23).
      if (!this.#answered) return this.#drop("net/timeout");
      this.#answered = false;
      socket.send({ t: "ping" });
      this.#beat = this.#options.clock.after(BEAT_MS, beat);
    };
    this.#beat = this.#options.clock.after(BEAT_MS, beat);
  }

  #drop(code: FaultCode): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#retry(code);
  }

  #closed(socket: LiveSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    // Shut before a greeting: the server may not know this token any more, as after its restart.
    if (!this.#greeted && this.#token !== null) this.#options.session.forget(this.#token);
    this.#retry("net/closed");
  }

  #retry(code: FaultCode): void {
    this.#beat?.();
    if (!this.#running) return;
    this.#attempt += 1;
    if (code === "may/bad-challenge") this.#turnedAway += 1;
    if (this.#turnedAway === TURNED_AWAY) this.#options.changed("offline");
    this.#set("offline");
    if (code === "may/bad-challenge") this.#options.refused();
    if (TOLD.includes(code)) this.#options.fault(code);
    const wait = Math.min(FIRST_MS * 2 ** Math.min(this.#attempt - 1, 10), LONGEST_MS);
    const jitter = 0.5 + (randomBytes(1)[0] ?? 0) / 510;
    this.#cancel = this.#options.clock.after(wait * jitter, () => void this.#connect());
  }

  #set(connection: Connection): void {
    if (this.connection === connection) return;
    this.connection = connection;
    this.#options.changed(connection);
  }
}
