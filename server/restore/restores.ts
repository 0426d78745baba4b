// Which workspaces lie here in an older state than people have seen, and what may be done until they are whole (PROTOCOL L10).
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, DeviceId, WorkspaceId } from "@/lib/base/ids.ts";
import { ID_BYTES, stateChannel } from "@/lib/base/ids.ts";
import { mainChannel, selfScope } from "@/lib/proof/hash.ts";
import { activeDevices, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import type { RestoredJson } from "@/lib/protocol/sync.ts";
import type { Workspace } from "@/server/ledger/workspace.ts";
import type { Random } from "@/server/random.ts";
import type { RestoreEntry, Store } from "@/server/store/port.ts";

const DAY_MS = 86_400_000;

/** Every device that may still give something back. */
function devicesOf(state: LedgerState): DeviceId[] {
  const members = [...state.users.keys()].filter((user) => roleAt(state, user) !== null);
  return members.flatMap((user) => activeDevices(state, user).map((device) => device.id));
}

/** Every channel of which anybody may hold events. */
function channelsOf(state: LedgerState): ChannelId[] {
  const scopes = [...state.scopes.values()];
  const rooms = scopes.flatMap((scope) =>
    scope.kind === "workspace" ? [stateChannel(scope.id)] : [stateChannel(scope.id), mainChannel(scope.id)],
  );
  const own = [...state.users.keys()].map((user) => stateChannel(selfScope(state.ws, user)));
  return [...state.channels.keys(), ...rooms, ...own];
}

export class Restores {
  private readonly store: Store;
  private readonly now: () => number;
  private readonly random: Random;
  private readonly newest = new Map<WorkspaceId, RestoreEntry>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(store: Store, now: () => number, random: Random) {
    this.store = store;
    this.now = now;
    this.random = random;
  }

  /** Reads what earlier runs and `tacit restore` noted. */
  async load(): Promise<void> {
    for (const ws of await this.store.ledger.workspaces()) await this.reload(ws);
  }

  /** The newest restore of a workspace. */
  of(ws: WorkspaceId): RestoreEntry | undefined {
    return this.newest.get(ws);
  }

  /** Throws may/restored while nothing new is taken. */
  assertWhole(ws: WorkspaceId): void {
    if (this.of(ws)?.closedAt === null) throw new Fault("may/restored");
  }

  /** What devices are told. */
  describe(workspace: Workspace): RestoredJson | null {
    const entry = this.of(workspace.ws);
    if (entry === undefined) return null;
    const devices = devicesOf(workspace.state);
    const given = entry.given.filter((device) => devices.includes(device)).length;
    const { id, at, n } = entry;
    return { id: toJson(id), at, n, open: entry.closedAt === null, given, devices: devices.length };
  }

  /**
   * Notes that this workspace fell back to position n. `open`: nothing new is taken until it is whole; else at most once
   * a day, since each takes a stretch of places. One that is open stays.
   */
  begin(workspace: Workspace, open: boolean, n: number): Promise<void> {
    return this.alone(async () => {
      const at = this.now();
      const known = this.of(workspace.ws);
      if (known?.closedAt === null || (!open && known !== undefined && at - known.at < DAY_MS)) return;
      const entry = { id: this.random(ID_BYTES), at, n, closedAt: open ? null : at };
      this.newest.set(workspace.ws, await this.store.restores.begin(workspace.ws, entry));
      // What is given back may come at once: it must not get places that devices know already.
      if (!open) await this.finish(workspace);
    });
  }

  /** A device gave back what it holds; the last one that could ends it. True when it ended. */
  done(workspace: Workspace, device: DeviceId): Promise<boolean> {
    return this.alone(async () => {
      const entry = this.of(workspace.ws);
      if (entry === undefined) return false;
      await this.store.restores.noteGiven(workspace.ws, entry.number, device);
      await this.reload(workspace.ws);
      const given = this.of(workspace.ws)?.given ?? [];
      if (entry.closedAt !== null || devicesOf(workspace.state).some((one) => !given.includes(one))) return false;
      await this.finish(workspace);
      return true;
    });
  }

  /** An owner or admin says that this is everything. True when it ended now. */
  confirm(workspace: Workspace): Promise<boolean> {
    return this.alone(async () => {
      if (this.of(workspace.ws)?.closedAt !== null) return false;
      await this.finish(workspace);
      return true;
    });
  }

  private async finish(workspace: Workspace): Promise<void> {
    const entry = this.of(workspace.ws);
    if (entry === undefined) return;
    await this.store.restores.close(workspace.ws, entry.number, this.now(), channelsOf(workspace.state));
    await this.reload(workspace.ws);
  }

  private async reload(ws: WorkspaceId): Promise<void> {
    const entry = await this.store.restores.newest(ws);
    if (entry !== undefined) this.newest.set(ws, entry);
  }

  /** One change at a time. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
