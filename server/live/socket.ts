// One live socket from its first frame to its bye (PROTOCOL A2).
import { asFault, Fault } from "@/lib/base/errors.ts";
import { mayReadChannel } from "@/lib/proof/queries.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import type { ClientFrame } from "@/lib/protocol/sync.ts";
import { clientFrame, fromEventJson } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import { findSession } from "@/server/app.ts";
import type { DeviceSession } from "@/server/auth/tokens.ts";
import { judgeEvent, parseEvent } from "@/server/ledger/event.ts";
import { placeOf } from "@/server/log.ts";
import { audienceOf, judgeSession, judgeWrite } from "@/server/may.ts";
import { parseJson } from "@/server/web/body.ts";
import type { HeardWire, Listener, Pipe } from "./hub.ts";
import { frameBytes, sayBye } from "./hub.ts";

/** Bytes of one frame from a client: a token, or an ephemeral event. */
export const MAX_FRAME_BYTES = 64 * 1024;
const PONG = frameBytes({ t: "pong" });

/** What the counters of sockets are told when one ends. */
export type SocketEnd = () => void;

export class LiveSocket {
  private readonly app: App;
  private readonly wire: HeardWire;
  private readonly pipe: Pipe;
  private readonly address: string;
  private listener: Listener | undefined;
  private session: DeviceSession | undefined;
  private readonly hello: NodeJS.Timeout;
  private readonly opened: number;

  constructor(app: App, wire: HeardWire, pipe: Pipe, address: string, ended: SocketEnd) {
    this.app = app;
    this.pipe = pipe;
    this.wire = wire;
    this.address = address;
    this.opened = app.now();
    this.hello = setTimeout(() => this.end(new Fault("may/slow")), app.settings.limits.headMs);
    wire.on("message", (data, binary) => this.hear(data, binary));
    wire.on("error", () => wire.terminate());
    wire.on("close", () => {
      clearTimeout(this.hello);
      if (this.listener !== undefined) app.hub.remove(this.listener);
      app.log({ what: "socket-close", ms: app.now() - this.opened });
      ended();
    });
  }

  private hear(data: unknown, binary: boolean): void {
    try {
      if (binary || !Buffer.isBuffer(data)) throw new Fault("may/bad-body");
      this.app.rates.take("frames", this.session === undefined ? this.address : this.session.device);
      const parsed = clientFrame.safeParse(parseJson(data));
      if (!parsed.success) throw new Fault("may/bad-body");
      this.obey(parsed.data);
    } catch (thrown) {
      this.end(asFault(thrown), thrown);
    }
  }

  private obey(frame: ClientFrame): void {
    if (frame.t === "hello") this.greet(frame.token);
    else if (this.session === undefined || this.listener === undefined) throw new Fault("may/not-signed-in");
    else if (frame.t === "ping") this.app.hub.send(this.listener, PONG);
    else this.relay(frame, this.session, this.listener);
  }

  /** The first frame; later ones with a new token of the same device keep the socket open. */
  private greet(token: string): void {
    const { app } = this;
    const session = findSession(app, token);
    if (session === undefined) throw new Fault("may/not-signed-in");
    if (session.as !== "device" || !audienceOf("socket hello").who.includes(session.as))
      throw new Fault("may/forbidden");
    if (this.session !== undefined && this.session.device !== session.device) throw new Fault("may/forbidden");
    const first = this.listener === undefined;
    if (first && app.hub.countOf(session.device) >= app.settings.limits.socketsPerDevice) throw new Fault("may/quota");
    clearTimeout(this.hello);
    this.session = session;
    const { ws, user, device, expires } = session;
    if (this.listener === undefined) {
      this.listener = { wire: this.wire, pipe: this.pipe, ws, user, device, expires };
      app.hub.add(this.listener);
    } else this.listener.expires = expires;
    const { state } = app.workspaces.of(ws);
    const head = { n: state.n, hash: toJson(state.head) };
    app.hub.send(this.listener, frameBytes({ t: "ready", head, now: app.now() }));
  }

  /** Ephemeral events are passed on to those who may read the channel now, and kept nowhere. */
  private relay(frame: ClientFrame & { t: "ephemeral" }, session: DeviceSession, listener: Listener): void {
    const { app } = this;
    const workspace = app.workspaces.of(session.ws);
    const { state } = workspace;
    const { header } = parseEvent(fromEventJson(frame.event));
    const code =
      judgeWrite(state, session.user, frame.channel) ??
      judgeEvent(state, session, header, { channel: frame.channel, class: "ephemeral" });
    // A typing sign under keys that have just changed is no offence; it is lost.
    if (code === "proof/stale-epoch") return;
    if (code !== null) throw new Fault(code);
    const bytes = frameBytes({ t: "ephemeral", channel: frame.channel, event: frame.event });
    app.hub.publish(session.ws, bytes, (user) => mayReadChannel(state, user, frame.channel), listener);
  }

  private end(fault: Fault, thrown?: unknown): void {
    if (fault.code === "bug/unexpected") this.app.log({ what: "fault", fault: fault.code, at: placeOf(thrown) });
    clearTimeout(this.hello);
    if (this.listener === undefined) sayBye(this.wire, fault.code);
    else this.app.hub.dismiss(this.listener, fault.code);
  }
}

/** Judges a listener again: expired, revoked, removed. */
export function judgeListener(app: App, listener: Listener): string | null {
  const workspace = app.workspaces.find(listener.ws);
  if (workspace === undefined) return "may/not-signed-in";
  const { ws, user, device, expires } = listener;
  return judgeSession(workspace.state, { as: "device", ws, user, device, expires }, app.now());
}
