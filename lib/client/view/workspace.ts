// The workspace as the frame draws it: channels with their badges, people, connection, notices (UX 2).
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { endedOf } from "@/lib/client/account/ending.ts";
import { hasLeft } from "@/lib/client/account/left.ts";
import type { Section } from "@/lib/client/api/daily/places.ts";
import type { InviteMode } from "@/lib/client/api/members.ts";
import type { ChannelItem, ChannelKind, WorkspaceView } from "@/lib/client/api.ts";
import { sectionOf, sectionsOf } from "@/lib/client/places/sections.ts";
import { isConfirmed } from "@/lib/client/recovery/confirmed.ts";
import { threadCounts } from "@/lib/client/threads/view.ts";
import { isAdminRole, isInsideRole, owners, roleAt } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { Role, WorkspacePolicy } from "@/lib/protocol/link.ts";
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

function channelItem(
  account: Account,
  channel: ChannelId,
  { drafts, sections }: { drafts: ReadonlyMap<string, string>; sections: readonly Section[] },
): ChannelItem {
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
    muted: account.notify.muted(channel),
    archived: isArchived(account, channel),
    joined: kind !== "public" || !hasLeft(account, channel),
    draft: drafts.has(channel),
    lastAt: account.log.lastAt(channel),
    section: sectionOf(account, channel, sections),
  };
}

/** What the workspace is called: as members say it, as a guest was told it, or as its founder is about to. */
export function nameOf(account: Account): string {
  const { registers, profiles } = account;
  return plainLabel(registers.workspace()?.name ?? profiles.workspaceName() ?? account.pendingName());
}

export function workspaceView(account: Account): WorkspaceView {
  const role = roleAt(account.state, account.me);
  const policy = latest(account.state.policy);
  const sections = sectionsOf(account);
  const inviteModes = inviteModesOf(role, policy);
  const drafts = account.daily.drafts.texts();
  return {
    ws: account.ws,
    name: nameOf(account),
    me: personById(account, account.me),
    connection: account.live.connection,
    standing: standingOf(account),
    restored: account.healing.view,
    stopped: endedOf(account) === null ? account.book.stop : null,
    notices: [...account.notices],
    recoveryConfirmed: isConfirmed(account),
    founder: account.keyring.founder,
    channels: account.channels().map((channel) => channelItem(account, channel, { drafts, sections })),
    sections,
    people: peopleOf(account),
    mayCreateChannels: isAdminRole(role) || (isInsideRole(role) && policy?.channels === "members"),
    mayInvite: inviteModes.length > 0,
    threads: threadCounts(account),
    outbox: account.outbox.size,
    position: account.state.n,
    ended: endedOf(account),
    policy: { invites: policy?.invites ?? "admins", channels: policy?.channels ?? "members" },
    inviteModes,
    mayDecide: account.desk.mayDecide,
    asking: account.desk.asking.length,
    lastOwner: role === "owner" && owners(account.state).length === 1,
  };
}

/** Admins make all invites; members, where the policy lets them, such as an admin approves (L7). */
function inviteModesOf(role: Role | null, policy: WorkspacePolicy | undefined): readonly InviteMode[] {
  if (isAdminRole(role)) return ["instant", "approval"];
  return isInsideRole(role) && policy?.invites === "members" ? ["approval"] : [];
}
