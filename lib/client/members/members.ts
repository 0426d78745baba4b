// Members: let in or declined, given roles, removed, taken back; and what the workspace lets members do (PROTOCOL L7, E8, E10, I6).
import { type UserId, workspaceScope } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { Role } from "@/lib/protocol/link.ts";

/** Gives a role. Who comes in from being a guest gets the workspace's key; who becomes one loses it at once (E4, E8, E10). */
export async function setRole(account: Account, user: UserId, role: Role): Promise<void> {
  await account.book.append(async (draft) => {
    const before = roleAt(draft.state, user);
    if (before === role) return;
    draft.add({ kind: "W", type: "role_set", body: { user, role } });
    if (!isInsideRole(before) && isInsideRole(role))
      await account.rooms.sealCurrentInto(draft, workspaceScope(draft.state.ws), user);
    await account.rooms.rotateAllInto(draft);
  });
}

/** Makes somebody owner and steps down to admin, in one batch: at no time is there no owner. */
export async function transferOwnership(account: Account, user: UserId): Promise<void> {
  await account.book.append(async (draft) => {
    if (roleAt(draft.state, user) !== "owner")
      draft.add({ kind: "W", type: "role_set", body: { user, role: "owner" } });
    if (roleAt(draft.state, account.me) === "owner")
      draft.add({ kind: "W", type: "role_set", body: { user: account.me, role: "admin" } });
  });
}

/** Removes a person from the workspace, and rotates every scope that both are in, in one batch (E10, I6). */
export async function removeFromWorkspace(account: Account, user: UserId): Promise<void> {
  await account.book.append(async (draft) => {
    // Somebody else was first: that is what was wanted.
    if (draft.state.users.has(user) && roleAt(draft.state, user) === null) return;
    draft.add({ kind: "W", type: "member_remove", body: { user } });
    if (user !== account.me) await account.rooms.rotateAllInto(draft);
  });
}

/** Takes a former member back under his old keys; the current key of the workspace lies in the batch (E8). */
export async function restoreMember(account: Account, user: UserId): Promise<void> {
  await account.book.append(async (draft) => {
    if (roleAt(draft.state, user) !== null) return;
    draft.add({ kind: "W", type: "member_restore", body: { user } });
    if (isInsideRole(roleAt(draft.state, user)))
      await account.rooms.sealCurrentInto(draft, workspaceScope(draft.state.ws), user);
  });
}

export async function setPolicy(
  account: Account,
  wanted: { invites: "admins" | "members"; channels: "members" | "admins" },
): Promise<void> {
  await account.book.append((draft) => {
    const now = latest(draft.state.policy);
    if (now === undefined || (now.invites === wanted.invites && now.channels === wanted.channels)) return;
    draft.add({
      kind: "W",
      type: "policy_set",
      body: { ...now, invites: wanted.invites, channels: wanted.channels },
    });
  });
}
