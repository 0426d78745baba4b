// All workspaces of this server, and which of them an invite belongs to.
import { Fault } from "@/lib/base/errors.ts";
import type { InviteId, WorkspaceId } from "@/lib/base/ids.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { KeyEntries, Store } from "@/server/store/port.ts";
import type { ParsedLink } from "./workspace.ts";
import { foldStrictly, loadState, Workspace } from "./workspace.ts";

export class Workspaces {
  private readonly store: Store;
  private readonly all = new Map<WorkspaceId, Workspace>();
  private readonly invites = new Map<InviteId, WorkspaceId>();
  private readonly listeners: ((workspace: Workspace) => void)[] = [];

  constructor(store: Store) {
    this.store = store;
  }

  /** Folds every ledger that lies in the store. */
  async load(): Promise<void> {
    for (const ws of await this.store.ledger.workspaces()) this.add(await loadState(this.store, ws));
  }

  /** Calls `run` after each commit that changed a ledger. */
  onChange(run: (workspace: Workspace) => void): void {
    this.listeners.push(run);
  }

  get ids(): WorkspaceId[] {
    return [...this.all.keys()];
  }

  get count(): number {
    return this.all.size;
  }

  find(ws: WorkspaceId | null): Workspace | undefined {
    return ws === null ? undefined : this.all.get(ws);
  }

  /** The workspace of a session, which exists as long as the session. */
  of(ws: WorkspaceId): Workspace {
    const found = this.all.get(ws);
    if (found === undefined) throw new Fault("may/not-found");
    return found;
  }

  /** The workspace in which an invite was made, open or not. */
  ofInvite(invite: InviteId): Workspace | undefined {
    return this.find(this.invites.get(invite) ?? null);
  }

  /** Makes a workspace of a whole first batch, for a setup token. Throws may/setup-used or what the fold refuses. */
  async create(
    first: { links: readonly ParsedLink[]; tokenHash: Uint8Array; now: number },
    keysOf: (state: LedgerState) => KeyEntries,
  ): Promise<Workspace> {
    const state = foldStrictly(first.links);
    const rows = first.links.map(({ row }) => row);
    const { tokenHash, now } = first;
    const made = { ws: state.ws, tokenHash, now, links: rows, keys: keysOf(state) };
    if ((await this.store.ledger.createWorkspace(made)) === "refused") throw new Fault("may/setup-used");
    return this.add(state);
  }

  private add(state: LedgerState): Workspace {
    const workspace = new Workspace(this.store, state, (changed) => this.announce(changed));
    this.all.set(state.ws, workspace);
    this.announce(workspace);
    return workspace;
  }

  private announce(workspace: Workspace): void {
    for (const invite of workspace.state.invites.keys()) this.invites.set(invite, workspace.ws);
    for (const run of this.listeners) run(workspace);
  }
}
