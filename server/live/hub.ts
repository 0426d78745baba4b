// Live sockets: who listens, and frames serialised once for all who may have them (PROTOCOL A2, HOSTILE B 08).
import type { DeviceId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { ServerFrame } from "@/lib/protocol/sync.ts";

/** What the hub needs of a socket; the real one is a `ws` WebSocket. */
export interface Wire {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: Buffer, options: { binary: boolean }): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
}

/** A wire that can be listened to. */
export interface HeardWire extends Wire {
  on(event: "message", listener: (data: unknown, binary: boolean) => void): unknown;
  on(event: "error" | "close", listener: () => void): unknown;
}

/** The connection beneath a wire: what is written between cork and uncork leaves in one piece. */
export type Pipe = { cork(): void; uncork(): void };

export type Listener = {
  readonly wire: Wire;
  readonly pipe: Pipe;
  readonly ws: WorkspaceId;
  readonly user: UserId;
  readonly device: DeviceId;
  expires: number;
};

export type FrameBytes = Buffer;
/** A frame as it goes out; made once, sent to many. */
export const frameBytes = (frame: ServerFrame): FrameBytes => Buffer.from(JSON.stringify(frame));

const OPEN = 1;
const CLOSE_POLICY = 1008;
const CLOSE_BUSY = 1013;
const LINGER_MS = 2000;

export class Hub {
  private readonly rooms = new Map<WorkspaceId, Set<Listener>>();
  private readonly perDevice = new Map<DeviceId, number>();
  private readonly backlog: number;
  private readonly held = new Set<Pipe>();
  /** told when the last socket of a device is gone */
  gone: (listener: Listener) => void = () => undefined;

  constructor(backlog: number) {
    this.backlog = backlog;
  }

  get count(): number {
    let sum = 0;
    for (const room of this.rooms.values()) sum += room.size;
    return sum;
  }

  countOf(device: DeviceId): number {
    return this.perDevice.get(device) ?? 0;
  }

  add(listener: Listener): void {
    const room = this.rooms.get(listener.ws) ?? new Set();
    this.rooms.set(listener.ws, room.add(listener));
    this.perDevice.set(listener.device, this.countOf(listener.device) + 1);
  }

  remove(listener: Listener): void {
    const room = this.rooms.get(listener.ws);
    if (room === undefined || !room.delete(listener)) return;
    if (room.size === 0) this.rooms.delete(listener.ws);
    const left = this.countOf(listener.device) - 1;
    if (left > 0) this.perDevice.set(listener.device, left);
    else {
      this.perDevice.delete(listener.device);
      this.gone(listener);
    }
  }

  /** True when anybody listens: else no frame need be made. */
  hears(ws: WorkspaceId): boolean {
    return this.rooms.has(ws);
  }

  /** Sends to every listener of a workspace whom `may` lets have it; `may` is asked once a person. */
  publish(ws: WorkspaceId, frame: FrameBytes, may: (user: UserId) => boolean, except?: Listener): void {
    this.publishAll(ws, [frame], may, except);
  }

  /** The same for several frames, in order. */
  publishAll(ws: WorkspaceId, frames: readonly FrameBytes[], may: (user: UserId) => boolean, except?: Listener): void {
    const asked = new Map<UserId, boolean>();
    for (const listener of this.rooms.get(ws) ?? []) {
      if (listener === except) continue;
      let allowed = asked.get(listener.user);
      if (allowed === undefined) {
        allowed = may(listener.user);
        asked.set(listener.user, allowed);
      }
      if (!allowed) continue;
      this.hold(listener.pipe);
      for (const frame of frames) this.send(listener, frame);
    }
  }

  /** Whatever one commit brings to a socket leaves in one write. */
  private hold(pipe: Pipe): void {
    if (this.held.has(pipe)) return;
    if (this.held.size === 0) process.nextTick(() => this.release());
    this.held.add(pipe);
    pipe.cork();
  }

  private release(): void {
    const pipes = [...this.held];
    this.held.clear();
    for (const pipe of pipes) pipe.uncork();
  }

  /** One who reads slower than others write is dropped; the client resumes from its cursor. */
  send(listener: Listener, frame: FrameBytes): void {
    if (listener.wire.bufferedAmount > this.backlog) this.dismiss(listener, "net/closed", CLOSE_BUSY);
    else listener.wire.send(frame, { binary: false });
  }

  /** Says bye and closes; who does not read even that is cut off. */
  dismiss(listener: Listener, code: string, closeCode: number = CLOSE_POLICY): void {
    this.remove(listener);
    sayBye(listener.wire, code, closeCode);
  }

  /** Closes the sockets of those who no longer count. */
  review(ws: WorkspaceId, judge: (listener: Listener) => string | null): void {
    for (const listener of [...(this.rooms.get(ws) ?? [])]) {
      const code = judge(listener);
      if (code !== null) this.dismiss(listener, code);
    }
  }

  reviewAll(judge: (listener: Listener) => string | null): void {
    for (const ws of [...this.rooms.keys()]) this.review(ws, judge);
  }
}

export function sayBye(wire: Wire, code: string, closeCode: number = CLOSE_POLICY): void {
  if (wire.readyState === OPEN) wire.send(frameBytes({ t: "bye", code }), { binary: false });
  wire.close(closeCode, code);
  setTimeout(() => wire.terminate(), LINGER_MS).unref();
}
