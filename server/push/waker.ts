// Who is woken, and how often: devices that asked for it and have no socket open, of people who may read what came (PROTOCOL S2).
import type { ChannelId, DeviceId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { deviceActiveAt, mayReadChannel } from "@/lib/proof/queries.ts";
import type { Workspace } from "@/server/ledger/workspace.ts";
import type { Hub } from "@/server/live/hub.ts";
import type { Log } from "@/server/log.ts";
import { storeFault } from "@/server/store/faults.ts";
import type { PushEntry, PushStore } from "@/server/store/push/port.ts";
import { type PushRoute, type Sent, type Subscription, sendWake } from "./send.ts";

/** Wake-ups on their way at once; more wait in their order, and the oldest of them are let go. */
const AT_ONCE = 16;
const MOST_WAITING = 10_000;

/** A connection that died without a word is noticed so much later; what came meanwhile may have reached nobody. */
const DYING_MS = 70_000;

type Held = { readonly entry: PushEntry; lastAt: number; toldAt: number; due: NodeJS.Timeout | null };

export type WakerOptions = {
  readonly store: PushStore;
  readonly hub: Hub;
  readonly now: () => number;
  readonly log: Log;
  readonly route: () => PushRoute;
  /** at most one wake-up of a device in this time; what comes meanwhile is one more at its end */
  readonly restMs: number;
};

export class Waker {
  private readonly options: WakerOptions;
  private readonly held = new Map<WorkspaceId, Map<DeviceId, Held>>();
  private readonly waiting: Held[] = [];
  private sending = 0;
  private stopped = false;

  constructor(options: WakerOptions) {
    this.options = options;
    options.hub.gone = ({ ws, device }) => this.parted(ws, device);
  }

  async load(): Promise<void> {
    for (const entry of await this.options.store.pushes()) this.hold(entry);
  }

  stop(): void {
    this.stopped = true;
    this.waiting.length = 0;
    for (const devices of this.held.values())
      for (const { due } of devices.values()) if (due !== null) clearTimeout(due);
  }

  /** Keeps a device's subscription in the place of its earlier one. */
  async subscribe(entry: PushEntry): Promise<void> {
    await this.options.store.putPush(entry);
    this.hold(entry);
  }

  /** True when there was one. */
  async forget(ws: WorkspaceId, device: DeviceId): Promise<boolean> {
    this.drop(ws, device);
    return await this.options.store.dropPush(ws, device);
  }

  /** Something came into a channel. What stands in state channels and in people's own scopes wakes nobody. */
  woke(workspace: Workspace, channel: ChannelId, author: UserId): void {
    const { state, ws } = workspace;
    const devices = this.held.get(ws);
    if (devices === undefined || state.scopes.has(channel as string as ScopeId)) return;
    const may = new Map<UserId, boolean>();
    for (const held of devices.values()) {
      const { user } = held.entry;
      const allowed = user !== author && (may.get(user) ?? mayReadChannel(state, user, channel));
      may.set(user, allowed);
      if (allowed) this.plan(held);
    }
  }

  /** Forgets subscriptions of devices that are out; called after every change of the ledger. */
  review({ ws, state }: Workspace): void {
    for (const device of this.held.get(ws)?.keys() ?? [])
      if (!deviceActiveAt(state, device)) void this.forget(ws, device).catch((thrown: unknown) => this.failed(thrown));
  }

  private hold(entry: PushEntry): void {
    const devices = this.held.get(entry.ws) ?? new Map<DeviceId, Held>();
    this.held.set(entry.ws, devices);
    this.drop(entry.ws, entry.device);
    devices.set(entry.device, { entry, lastAt: Number.NEGATIVE_INFINITY, toldAt: Number.NEGATIVE_INFINITY, due: null });
  }

  private drop(ws: WorkspaceId, device: DeviceId): void {
    const held = this.held.get(ws)?.get(device);
    if (held?.due) clearTimeout(held.due);
    this.held.get(ws)?.delete(device);
  }

  /** Now, or when it has rested; a device that is connected hears of everything over its socket. */
  private plan(held: Held): void {
    if (this.options.hub.countOf(held.entry.device) > 0) held.toldAt = this.options.now();
    else if (!this.stopped && held.due === null) this.planNow(held);
  }

  /** The last socket of a device is gone: of what came over it just before nobody knows whether it arrived. */
  private parted(ws: WorkspaceId, device: DeviceId): void {
    const held = this.held.get(ws)?.get(device);
    if (held !== undefined && this.options.now() - held.toldAt < DYING_MS) this.plan(held);
  }

  private planNow(held: Held): void {
    const rest = held.lastAt + this.options.restMs - this.options.now();
    if (rest <= 0) {
      this.enqueue(held);
      return;
    }
    held.due = setTimeout(
      () => {
        held.due = null;
        if (this.options.hub.countOf(held.entry.device) === 0) this.enqueue(held);
      },
      Math.min(rest, this.options.restMs),
    );
    held.due.unref();
  }

  private enqueue(held: Held): void {
    held.lastAt = this.options.now();
    this.waiting.push(held);
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
    this.pump();
  }

  private pump(): void {
    while (!this.stopped && this.sending < AT_ONCE) {
      const held = this.waiting.shift();
      if (held === undefined) return;
      this.sending += 1;
      void this.send(held).finally(() => {
        this.sending -= 1;
        this.pump();
      });
    }
  }

  private async send({ entry }: Held): Promise<void> {
    const subscription: Subscription = entry;
    const outcome: Sent = await sendWake(subscription, this.options.route(), this.options.now());
    this.options.log({ what: "push", route: outcome });
    const current = this.held.get(entry.ws)?.get(entry.device)?.entry;
    if (outcome !== "gone" || current !== entry) return;
    await this.forget(entry.ws, entry.device).catch((thrown: unknown) => this.failed(thrown));
  }

  private failed(thrown: unknown): void {
    this.options.log({ what: "fault", fault: storeFault(thrown).code });
  }
}
