// What goes out over the sockets after a commit, and to whom: only to those who may read it now.
import type { ChannelId, EventId, UserId } from "@/lib/base/ids.ts";
import { isAdminRole, isScopeMember, mayReadChannel, roleAt } from "@/lib/proof/queries.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import type { KeyRequest, RowJson } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import type { Workspace } from "@/server/ledger/workspace.ts";
import type { EventRow, KeyEntries } from "@/server/store/port.ts";
import { type FrameBytes, frameBytes } from "./hub.ts";

export function toRowJson(row: EventRow): RowJson {
  return { ...row, header: toJson(row.header), nonce: toJson(row.nonce), ciphertext: toJson(row.ciphertext) };
}

const readers =
  (workspace: Workspace, channel: ChannelId) =>
  (user: UserId): boolean =>
    mayReadChannel(workspace.state, user, channel);

export function announceEvents(app: App, workspace: Workspace, rows: readonly EventRow[]): void {
  if (!app.hub.hears(workspace.ws)) return;
  const frames = new Map<ChannelId, FrameBytes[]>();
  for (const row of rows) {
    const own = frames.get(row.channel) ?? [];
    own.push(frameBytes({ t: "event", row: toRowJson(row) }));
    frames.set(row.channel, own);
  }
  for (const [channel, own] of frames) app.hub.publishAll(workspace.ws, own, readers(workspace, channel));
}

export function announcePurge(app: App, workspace: Workspace, channel: ChannelId, ids: EventId[]): void {
  app.hub.publish(workspace.ws, frameBytes({ t: "purged", channel, ids }), readers(workspace, channel));
}

/** Every member hears of a new head; what it says he reads as far as he may. */
export function announceHead(app: Pick<App, "hub">, workspace: Workspace): void {
  const { n, head } = workspace.state;
  app.hub.publish(workspace.ws, frameBytes({ t: "ledger", head: { n, hash: toJson(head) } }), () => true);
}

/** Every device is to look again at what lies here. */
export function announceRestored(app: App, workspace: Workspace): void {
  app.hub.publish(workspace.ws, frameBytes({ t: "restored" }), () => true);
}

/** One frame for each epoch, to those for whom something lies ready. */
export function announceKeys(app: App, workspace: Workspace, keys: KeyEntries): void {
  const { state } = workspace;
  const places = new Map<string, { scope: KeyEntries["seals"][number]["scope"]; epoch: number; users: Set<string> }>();
  const rows = [...keys.seals, ...keys.boxes];
  for (const row of rows.filter((one) => one.purpose === "epoch" || one.purpose === "prev")) {
    const name = `${row.scope} ${row.epoch}`;
    const place = places.get(name) ?? { scope: row.scope, epoch: row.epoch, users: new Set<string>() };
    places.set(name, place);
    const scope = state.scopes.get(row.scope);
    if ("recipient" in row) place.users.add(row.recipient);
    else if (scope !== undefined)
      for (const user of state.users.keys()) if (isScopeMember(state, scope, user)) place.users.add(user);
  }
  for (const { scope, epoch, users } of places.values())
    app.hub.publish(workspace.ws, frameBytes({ t: "keys", scope, epoch }), (user) => users.has(user));
}

export function announceRequest(app: App, workspace: Workspace, request: KeyRequest): void {
  const { state } = workspace;
  const scope = state.scopes.get(request.scope);
  if (scope === undefined) return;
  app.hub.publish(workspace.ws, frameBytes({ t: "request", request }), (user) => isScopeMember(state, scope, user));
}

/** Somebody asks to be let in, or need not any more: to those who decide. */
export function announceJoins(app: App, workspace: Workspace): void {
  const { state } = workspace;
  app.hub.publish(workspace.ws, frameBytes({ t: "joins" }), (user) => isAdminRole(roleAt(state, user)));
}
