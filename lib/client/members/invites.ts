// Invites: made in both modes, shown again, closed (PROTOCOL I1 to I3).
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, type InviteId, workspaceScope } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { InviteMode } from "@/lib/client/api/members.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { type Invite, inviteLink, inviteOf, mintInvite, sealInviteBox } from "@/lib/crypto/invite.ts";
import { exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { currentEpoch, recipients } from "@/lib/proof/queries.ts";
import { at, latest } from "@/lib/proof/state.ts";
import { formatInviteFragment } from "@/lib/protocol/invite.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const HOUR_MS = 3_600_000;
/** As many channel ids as one setting holds. */
const MOST_CHANNELS = 100;

export type NewInvite = {
  label: string;
  maxUses: number;
  hours: number;
  mode?: InviteMode;
  role?: "member" | "guest";
  channels?: readonly ChannelId[];
};

const clamp = (value: number, most: number): number => Math.min(Math.max(Math.trunc(value), 1), most);
const channelsKey = (invite: InviteId): string => `invite-channels ${invite}`;

/** Makes an invite: the secret in the fragment, what it says in a box, and where it is instant the current key (I1, I2). */
export async function createInvite(account: Account, input: NewInvite): Promise<{ invite: InviteId; link: string }> {
  const rik = latest(account.state.users.get(account.me)?.rik ?? []);
  if (rik === undefined) throw new Fault("proof/not-member");
  const mode = input.mode ?? "instant";
  const role = input.role ?? "member";
  const instant = mode === "instant";
  const maxUses = clamp(input.maxUses, instant ? LIMITS.instantUses : LIMITS.approvalUses);
  const hours = clamp(input.hours, instant ? LIMITS.instantHours : LIMITS.approvalHours);
  const invite = mintInvite(account.ws, rik, mode);
  // The key must be writable, that is newer than every revoking change, before it is handed to a link.
  if (instant && (await account.rooms.writeKey(workspaceScope(account.ws))) === undefined)
    throw new Fault("crypto/no-key");
  await account.book.append(async (draft) => {
    const { n, head } = draft.state;
    const expires = account.ports.clock.now() + hours * HOUR_MS;
    const body = { invite: invite.id, ...invite.public, mode, role, maxUses, expires };
    draft.add({ kind: "W", type: "invite_create", body });
    draft.boxes.push(
      sealInviteBox(invite, {
        workspace: account.registers.workspace()?.name ?? "",
        inviter: account.registers.profile(account.me)?.name ?? "",
        inviterId: account.me,
        inviterRik: rik,
        ws: account.ws,
        n,
        head,
        fingerprint: null,
      }),
    );
    if (instant) await sealToHolder(account, draft, invite.id);
  });
  await keepSecret(account, invite, input);
  const fragment = formatInviteFragment(inviteLink(invite));
  return {
    invite: invite.id,
    link: linkOf(account, invite.id) ?? `${account.ports.transport.origin}/join${fragment}`,
  };
}

async function sealToHolder(account: Account, draft: Draft, invite: InviteId): Promise<void> {
  const scope = workspaceScope(account.ws);
  const epoch = currentEpoch(draft.state, scope);
  const key = epoch === null ? undefined : await account.rooms.known(scope, epoch.epoch);
  const reader = recipients(draft.state, scope).filter((one) => one.kind === "invite" && one.id === invite);
  if (epoch !== null && key !== undefined)
    draft.seals.push(...account.rooms.sealAll({ ws: account.ws, scope, epoch: epoch.epoch }, key, reader));
}

/** In the self scope: so that all devices of its maker show the link again, and know where he wants his guests. */
async function keepSecret(account: Account, invite: Invite, input: NewInvite): Promise<void> {
  const label = input.label.toWellFormed().slice(0, LIMITS.nameChars);
  const secret = exposeSecret(invite.secret);
  await account.send(account.selfChannel, { k: "invite", invite: invite.id, rev: 1, label, secret });
  const channels = (input.channels ?? []).slice(0, MOST_CHANNELS);
  if (channels.length === 0) return;
  const value = channels.join(" ");
  await account.send(account.selfChannel, { k: "setting", key: channelsKey(invite.id), rev: 1, value });
}

/** Where the maker of an invite wants those who come by it; for other people nothing is known. */
export function channelsOf(account: Account, invite: InviteId): ChannelId[] {
  const value = account.registers.setting(channelsKey(invite))?.value ?? "";
  return value.split(" ").filter((channel) => channel !== "") as ChannelId[];
}

/** The link of an invite that this person made, from the secret kept in the self scope. */
export function linkOf(account: Account, id: InviteId): string | null {
  const secret = account.registers.invite(id)?.secret ?? null;
  const made = account.state.invites.get(id);
  // Its id commits to the root key that was in force when it was made (I1, D7).
  const rik = at(account.state.users.get(account.me)?.rik ?? [], made?.createdAt ?? 0);
  if (secret === null || rik === undefined || made === undefined) return null;
  const invite = inviteOf(secretFrom("invite", secret), account.ws, rik, made.mode);
  return invite.id === id ? `${account.ports.transport.origin}/join${formatInviteFragment(inviteLink(invite))}` : null;
}

/** Closes an invite; where its holders could read public channels, takes new keys for the workspace (I2, E4). */
export async function closeInvite(account: Account, invite: InviteId): Promise<void> {
  await account.book.append(async (draft) => {
    if ((draft.state.invites.get(invite)?.closedAt ?? null) !== null) return;
    draft.add({ kind: "W", type: "invite_close", body: { invite } });
    await account.rooms.rotateAllInto(draft);
  });
}
