// The workspace as the frame draws it: channels with their badges, people, connection, notices (UX 2).
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { ChannelItem, ChannelKind, WorkspaceView } from "@/lib/client/api.ts";
import { hasLeft } from "@/lib/client/commands/channels.ts";
import { isAdminRole, isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import { standingOf } from "./devices.ts";
import { plainLabel } from "./label.ts";
import { peopleOf, personById } from "./people.ts";

/** public, private or dm. */
export function kindOf(account: Account, channel: ChannelId): ChannelKind {
  const kind = account.scopeState(channel)?.kind;
  return kind === "dm" ? "dm" : kind === "private" ? "private" : "public";
}

export function isArchived(account: Account, channel: ChannelId): boolean {
  const open = account.state.channels.get(channel);
  return (open === undefined ? (account.scopeState(channel)?.archivedAt ?? null) : open.archivedAt) !== null;
}

function channelItem(account: Account, channel: ChannelId): ChannelItem {
  const kind = kindOf(account, channel);
  const named = account.registers.channel(channel);
  const scope = account.scopeState(channel);
  const { unread, mentions } = account.unread.count(channel);
  return {
    id: channel,
    kind,
    name: plainLabel(named?.name ?? ""),
    topic: plainLabel(named?.topic ?? ""),
    people: kind === "dm" && scope !== undefined ? [...scope.named.keys()].filter((user) => user !== account.me) : [],
    unread,
    mentions,
    archived: isArchived(account, channel),
    joined: kind !== "public" || !hasLeft(account, channel),
    draft: account.drafts.has(channel),
    lastAt: account.log.lastAt(channel),
  };
}

export function workspaceView(account: Account): WorkspaceView {
  const role = roleAt(account.state, account.me);
  const policy = latest(account.state.policy);
  return {
    ws: account.ws,
    name: plainLabel(account.registers.workspace()?.name ?? account.pendingName()),
    me: personById(account, account.me),
    connection: account.live.connection,
    standing: standingOf(account),
    stopped: account.book.stop,
    restored: account.healing.view,
    notices: [...account.notices],
    recoveryConfirmed: account.keyring.confirmed,
    founder: account.keyring.founder,
    channels: account.channels().map((channel) => channelItem(account, channel)),
    people: peopleOf(account),
    mayCreateChannels: isAdminRole(role) || (isInsideRole(role) && policy?.channels === "members"),
    mayInvite: isAdminRole(role),
    outbox: account.outbox.size,
    position: account.state.n,
  };
}
