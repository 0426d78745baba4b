// People and the place: invites, profiles, removal, the workspace's name, the recovery code (PROTOCOL I1, I2, I6, D3).
import { Fault } from "@/lib/base/errors.ts";
import { type InviteId, stateChannel, type UserId, workspaceScope } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Picture } from "@/lib/client/api.ts";
import { inviteLink, inviteOf, mintInvite, sealInviteBox } from "@/lib/crypto/invite.ts";
import { exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { wordsOf, wordTags } from "@/lib/crypto/recovery.ts";
import { currentEpoch, recipients } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { Thumbnail } from "@/lib/protocol/file.ts";
import { formatInviteFragment } from "@/lib/protocol/invite.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const HOUR_MS = 3_600_000;

/** Makes an instant invite: the link in the fragment, the current key sealed to it, the rest in a box (I1, I2). */
export async function createInvite(
  account: Account,
  input: { label: string; maxUses: number; hours: number },
): Promise<{ invite: InviteId; link: string }> {
  const { book, rooms, registers } = account;
  const rik = latest(account.state.users.get(account.me)?.rik ?? []);
  if (rik === undefined) throw new Fault("proof/not-member");
  const maxUses = Math.min(Math.max(Math.trunc(input.maxUses), 1), LIMITS.instantUses);
  const hours = Math.min(Math.max(input.hours, 1), LIMITS.instantHours);
  const invite = mintInvite(account.ws, rik, "instant");
  const scope = workspaceScope(account.ws);
  // The key must be writable, that is newer than every revoking change, before it is handed to a link.
  const write = await rooms.writeKey(scope);
  if (write === undefined) throw new Fault("crypto/no-key");
  await book.append(async (draft) => {
    const { n, head } = draft.state;
    const expires = account.ports.clock.now() + hours * HOUR_MS;
    draft.add({
      kind: "W",
      type: "invite_create",
      body: { invite: invite.id, ...invite.public, mode: "instant", role: "member", maxUses, expires },
    });
    draft.boxes.push(
      sealInviteBox(invite, {
        workspace: registers.workspace()?.name ?? "",
        inviter: registers.profile(account.me)?.name ?? "",
        inviterId: account.me,
        inviterRik: rik,
        ws: account.ws,
        n,
        head,
        fingerprint: null,
      }),
    );
    const epoch = currentEpoch(draft.state, scope);
    const key = epoch === null ? undefined : await rooms.known(scope, epoch.epoch);
    const reader = recipients(draft.state, scope).filter((one) => one.kind === "invite" && one.id === invite.id);
    if (epoch !== null && key !== undefined)
      draft.seals.push(...rooms.sealAll({ ws: account.ws, scope, epoch: epoch.epoch }, key, reader));
  });
  const label = input.label.toWellFormed().slice(0, LIMITS.nameChars);
  await account.send(account.selfChannel, {
    k: "invite",
    invite: invite.id,
    rev: 1,
    label,
    secret: exposeSecret(invite.secret),
  });
  return {
    invite: invite.id,
    link:
      linkOf(account, invite.id) ?? `${account.ports.transport.origin}/join${formatInviteFragment(inviteLink(invite))}`,
  };
}

/** The link of an invite that this person made, from the secret kept in the self scope. */
export function linkOf(account: Account, id: InviteId): string | null {
  const secret = account.registers.invite(id)?.secret ?? null;
  const rik = latest(account.state.users.get(account.me)?.rik ?? []);
  if (secret === null || rik === undefined) return null;
  const invite = inviteOf(secretFrom("invite", secret), account.ws, rik, "instant");
  return invite.id === id ? `${account.ports.transport.origin}/join${formatInviteFragment(inviteLink(invite))}` : null;
}

/** Closes an invite and takes new keys for the workspace: its holders could read public channels (I2, E4). */
export async function closeInvite(account: Account, invite: InviteId): Promise<void> {
  await account.book.append(async (draft) => {
    if ((draft.state.invites.get(invite)?.closedAt ?? null) !== null) return;
    draft.add({ kind: "W", type: "invite_close", body: { invite } });
    await account.rooms.rotateAllInto(draft);
  });
}

/** Removes a person from the workspace, and rotates every scope that both are in, in one batch (E10, I6). */
export async function removeFromWorkspace(account: Account, user: UserId): Promise<void> {
  await account.book.append(async (draft) => {
    draft.add({ kind: "W", type: "member_remove", body: { user } });
    if (user !== account.me) await account.rooms.rotateAllInto(draft);
  });
}

export async function setProfile(
  account: Account,
  input: { name: string; title: string; avatar: Picture | null },
): Promise<void> {
  const name = input.name.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.profileChars);
  if (name === "") throw new Fault("app/empty");
  const rev = account.registers.nextRev(account.registers.profile(account.me));
  const title = input.title.toWellFormed().slice(0, LIMITS.profileChars);
  await account.send(stateChannel(account.workspaceScope), {
    k: "profile",
    rev,
    name,
    title,
    avatar: input.avatar as Thumbnail | null,
  });
}

export async function renameWorkspace(account: Account, name: string): Promise<void> {
  const clean = name.toWellFormed().replace(/\s+/g, " ").trim().slice(0, LIMITS.nameChars);
  if (clean === "") throw new Fault("app/empty");
  const current = account.registers.workspace();
  await account.send(stateChannel(account.workspaceScope), {
    k: "workspace",
    rev: account.registers.nextRev(current),
    name: clean,
    icon: current?.icon ?? null,
  });
}

/** The words of the recovery code while it is unconfirmed (D3). */
export function recoveryWords(account: Account): readonly string[] | null {
  return account.keyring.code === null ? null : wordsOf(account.keyring.code);
}

/** Three words asked back: right ones end the stay of code and root key on this device (D3). */
export async function confirmRecovery(
  account: Account,
  answers: readonly { index: number; word: string }[],
): Promise<boolean> {
  const words = recoveryWords(account);
  if (words === null) return true;
  const distinct = new Set(answers.map((answer) => answer.index));
  const right = answers.every(({ index, word }) => words[index] === word.trim().toLowerCase());
  if (distinct.size < 3 || !right) return false;
  await account.keyring.confirmCode(wordTags(words));
  account.changed("workspace");
  return true;
}

/** Leaves this device. Refused while there is no way back in (D3). */
export function checkSignOut(account: Account): void {
  if (!account.keyring.confirmed) throw new Fault("app/no-way-back");
}
