// What links about invites change, and what closes them without a link of their own (PROTOCOL I2 to I6, E4).
import type { InviteId, UserId } from "@/lib/base/ids.ts";
import type { Draft } from "@/lib/proof/draft.ts";
import { markWorkspaceRevoking } from "@/lib/proof/draft.ts";
import { isOpenAt } from "@/lib/proof/queries.ts";
import type { InviteState } from "@/lib/proof/state.ts";

export type InviteBody = Omit<InviteState, "id" | "by" | "createdAt" | "usedBy" | "closedAt"> & {
  readonly invite: InviteId;
};

export function openInvite(draft: Draft, by: UserId, { invite, ...body }: InviteBody): void {
  draft.invites.set(invite, { ...body, id: invite, by, createdAt: draft.n, usedBy: [], closedAt: null });
}

/** Closes an open invite. The holder of an instant one could read the workspace scope, so that is revoking (E4). */
export function closeInvite(draft: Draft, invite: InviteState): void {
  if (!isOpenAt(invite, draft.n)) return;
  draft.invites.set(invite.id, { ...invite, closedAt: draft.n });
  if (invite.mode === "instant") markWorkspaceRevoking(draft, draft.n);
}

/** Who goes may know any link: whenever somebody or some key goes, every open instant invite closes (I6). */
export function closeInstantInvites(draft: Draft): void {
  for (const invite of [...draft.invites.values()]) if (invite.mode === "instant") closeInvite(draft, invite);
}

/** Closes those of a person's invites for which `which` holds (I6). */
export function closeInvitesOf(draft: Draft, user: UserId, which: (invite: InviteState) => boolean): void {
  for (const invite of [...draft.invites.values()]) if (invite.by === user && which(invite)) closeInvite(draft, invite);
}
