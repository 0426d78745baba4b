// Requests to be let in: which the server keeps, for how long, and how many (PROTOCOL I3, I4, S1).
import { equal } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { InviteId } from "@/lib/base/ids.ts";
import { deciders, isUndecided, readJoinRequest } from "@/lib/proof/joins.ts";
import { isOpenAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { SignedRequest } from "@/lib/protocol/invite.ts";
import type { App } from "@/server/app.ts";
import type { JoinEntry } from "@/server/store/port.ts";
import type { Workspace } from "./workspace.ts";

/** Still to be decided: the invite is open and not past its time, and the person is not in. */
function isOpenJoin(state: LedgerState, now: number, join: JoinEntry): boolean {
  const found = state.invites.get(join.invite);
  const open = found !== undefined && isOpenAt(found, state.n) && found.expires > now;
  return open && isUndecided(state, join.invite, join.user, join);
}

/** Those who wait, oldest first. */
export async function openJoins(app: App, workspace: Workspace): Promise<JoinEntry[]> {
  const all = await app.store.joins.joins(workspace.ws);
  return all.filter((join) => isOpenJoin(workspace.state, app.now(), join));
}

/** Forgets requests that are decided, or whose invite has ended; answers how many. */
export async function dropDecided(app: App, workspace: Workspace): Promise<number> {
  const all = await app.store.joins.joins(workspace.ws);
  const over = all.filter((join) => !isOpenJoin(workspace.state, app.now(), join));
  return over.length === 0 ? 0 : await app.store.joins.dropJoins(workspace.ws, over);
}

/**
 * Keeps a request that its invite's holder makes. Throws what is wrong with it; may/waiting-full when as many wait as
 * the invite lets in or the server keeps; proof/duplicate when another root key waits under the same id.
 */
export async function keepJoin(app: App, workspace: Workspace, invite: InviteId, signed: SignedRequest): Promise<void> {
  const { state } = workspace;
  const read = readJoinRequest(state, invite, signed);
  if ("code" in read) throw new Fault(read.code);
  const may = new Map(deciders(state).map(({ user, gen }) => [user, gen]));
  const named = new Set(read.request.names.map(({ to }) => to));
  if (named.size < read.request.names.length || !read.request.names.every(({ to, gen }) => may.get(to) === gen))
    throw new Fault("proof/unknown-target");
  const { user, rik } = read.card;
  const waiting = await openJoins(app, workspace);
  const earlier = waiting.find((join) => join.user === user);
  if (earlier !== undefined && (earlier.invite !== invite || !isSameRoot(state, earlier, rik)))
    throw new Fault("proof/duplicate");
  const found = state.invites.get(invite);
  const room = Math.min((found?.maxUses ?? 0) - (found?.usedBy.length ?? 0), app.settings.limits.waitingPerInvite);
  const others = waiting.filter((join) => join.invite === invite && join.user !== user).length;
  if (others >= room) throw new Fault("may/waiting-full");
  await app.store.joins.putJoin(workspace.ws, { invite, user, receivedAt: app.now(), ...signed });
}

/** Nobody takes another's place among those who wait by knowing his id. */
function isSameRoot(state: LedgerState, { invite, bytes, sig }: JoinEntry, rik: Uint8Array): boolean {
  const read = readJoinRequest(state, invite, { bytes, sig });
  return !("code" in read) && equal(read.card.rik, rik);
}
