// Invites as their list shows them (PROTOCOL I2, I3).

import type { Account } from "@/lib/client/account/account.ts";
import type { InvitesView } from "@/lib/client/api/access/invites.ts";
import { linkOf } from "@/lib/client/members/invites.ts";
import type { InviteState } from "@/lib/proof/state.ts";

function stateOf(invite: InviteState, now: number): "open" | "used" | "expired" | "closed" {
  if (invite.usedBy.length >= invite.maxUses) return "used";
  if (invite.closedAt !== null) return "closed";
  return invite.expires < now ? "expired" : "open";
}

/** Newest first. */
export function invitesView(account: Account): InvitesView {
  const now = account.ports.clock.now();
  const all = [...account.state.invites.values()].sort((a, b) => b.createdAt - a.createdAt);
  return {
    invites: all.map((invite) => {
      const state = stateOf(invite, now);
      return {
        id: invite.id,
        label: account.registers.invite(invite.id)?.label ?? "",
        by: invite.by,
        mode: invite.mode,
        createdAt: account.book.timeOf(invite.createdAt),
        expires: invite.expires,
        uses: invite.usedBy.length,
        maxUses: invite.maxUses,
        state,
        link: state === "open" ? linkOf(account, invite.id) : null,
        joined: [...invite.usedBy],
      };
    }),
  };
}
