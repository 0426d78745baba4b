// One channel in detail: who is in, who may do what, and who can read it (UX 4).
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { ChannelView } from "@/lib/client/api.ts";
import { isFirst } from "@/lib/client/commands/channels.ts";
import { termsOf } from "@/lib/client/places/terms.ts";
import { heldBy } from "@/lib/client/verify/standing.ts";
import { standing } from "@/lib/client/view/ledger/readers.ts";
import {
  activeDevices,
  isAdminRole,
  mayManage,
  mayWriteChannel,
  openInvites,
  roleAt,
  scopeMembersAt,
  scopeRoleAt,
} from "@/lib/proof/queries.ts";
import { at } from "@/lib/proof/state.ts";
import { plainLabel } from "./label.ts";
import { isArchived, kindOf } from "./workspace.ts";

export function channelView(account: Account, channel: ChannelId): ChannelView | undefined {
  const scope = account.scopeState(channel);
  if (scope === undefined) return undefined;
  const { state, me } = account;
  const open = state.channels.get(channel);
  const kind = kindOf(account, channel);
  const archived = isArchived(account, channel);
  const named = account.registers.channel(channel);
  const users = scopeMembersAt(state, scope.id);
  const admin = isAdminRole(roleAt(state, me));
  const creator = open?.creator ?? scope.creator;
  const runs = kind === "public" ? admin || creator === me : kind === "private" && mayManage(state, scope, me);
  const byPolicy = at(scope.policy, state.n)?.adds === "members";
  return {
    id: channel,
    kind,
    name: plainLabel(named?.name ?? ""),
    topic: plainLabel(named?.topic ?? ""),
    archived,
    createdAt: account.book.timeOf(open?.createdAt ?? scope.createdAt),
    creator,
    history: scope.history,
    members: users.map((user) => ({
      user,
      manager: kind === "public" ? user === creator : scopeRoleAt(state, scope, user) === "manager",
    })),
    mayPost: !archived && mayWriteChannel(state, me, channel) === null,
    mayAdd: kind === "private" && !archived && (runs || byPolicy),
    mayRemove: kind === "private" && runs,
    mayLeave: kind !== "dm" && !isFirst(account, channel),
    mayRename: runs && !archived,
    mayArchive: runs && !archived && !isFirst(account, channel),
    readers: users.map((user) => {
      const { since, by } = standing(account, scope, user);
      const devices = activeDevices(state, user).map((device) => ({
        id: device.id,
        addedAt: account.book.timeOf(device.addedAt),
      }));
      return { user, devices, since: account.book.timeOf(since), by };
    }),
    openInvites: kind === "public" ? openInvites(state).filter((invite) => invite.mode === "instant").length : 0,
    held: heldBy(account, channel),
    ...termsOf(account, channel),
  };
}
