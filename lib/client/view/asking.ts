// Those who ask to be let in, as the ones who decide see them (PROTOCOL I4).
import type { Account } from "@/lib/client/account/account.ts";
import type { AskingView } from "@/lib/client/api/members.ts";
import { channelsOf } from "@/lib/client/members/invites.ts";
import { mayManage } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import { plainLabel } from "./label.ts";

export function askingView(account: Account): AskingView {
  const { state, me, registers } = account;
  const now = account.ports.clock.now();
  const addable = account.channels().filter((channel) => {
    const scope = account.scopeState(channel);
    if (scope === undefined || scope.kind !== "private" || scope.archivedAt !== null) return false;
    return mayManage(state, scope, me) || latest(scope.policy)?.adds === "members";
  });
  const asks = account.desk.asking.map(({ user, name, invite, at, returning, check }) => ({
    user,
    name: name === null ? null : plainLabel(name),
    role: invite.role,
    invite: invite.id,
    label: registers.invite(invite.id)?.label ?? "",
    invitedBy: invite.by,
    at,
    expired: invite.expires < now,
    returning,
    check,
    channels: channelsOf(account, invite.id).filter((channel) => addable.includes(channel)),
  }));
  return { asks, addable };
}
