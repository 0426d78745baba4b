// The link by which one who lost everything asks for his old place (PROTOCOL D7).
import { Fault } from "@/lib/base/errors.ts";
import type { InviteId, UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { createInvite } from "@/lib/client/members/invites.ts";
import { roleAt } from "@/lib/proof/queries.ts";
import { formatReturnFragment, parseInviteFragment } from "@/lib/protocol/invite.ts";
import { mayRekey } from "./returning.ts";

const HOURS = 72;

/** A link to be sent to him by another way: it lets him ask, and an admin then decides. Throws proof/no-right. */
export async function createReturnLink(account: Account, user: UserId): Promise<{ invite: InviteId; link: string }> {
  if (!mayRekey(account.state, account.me, user)) throw new Fault("proof/no-right");
  const label = account.registers.profile(user)?.name ?? "";
  const role = roleAt(account.state, user) === "guest" ? "guest" : "member";
  const made = await createInvite(account, { label, maxUses: 1, hours: HOURS, mode: "approval", role });
  const [page, fragment] = made.link.split("#");
  return { invite: made.invite, link: `${page}${formatReturnFragment(parseInviteFragment(fragment ?? ""), user)}` };
}
