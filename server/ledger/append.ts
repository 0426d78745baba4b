// What one login may append: whose links, which types, how many (PROTOCOL L7, S1).

import { isZero } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { activeDevices, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { Link } from "@/lib/protocol/link.ts";
import type { Session } from "@/server/auth/tokens.ts";
import type { Limits } from "@/server/env.ts";

/** On whose behalf a batch acts; for an invite's holder the person that the batch makes. */
export function actorOf(session: Session, links: readonly Link[]): UserId | undefined {
  return session.as === "invite" ? links[0]?.user : session.user;
}

const byRoot = (link: Link): boolean => isZero(idBytes(link.device));

/** Null when every link is the session's own to append. The fold judges the rest. */
export function judgeBatch(session: Session, links: readonly Link[]): FaultCode | null {
  const actor = actorOf(session, links);
  if (!links.every((link) => link.user === actor)) return "may/forbidden";
  const [first] = links;
  if (session.as === "device")
    return links.every((link) => link.device === session.device || byRoot(link)) ? null : "may/forbidden";
  if (session.as === "invite") {
    const joins = links.filter((link) => link.type === "member_join");
    const right = first?.type === "member_join" && first.body.invite === session.invite && joins.length === 1;
    return right && links.every((link) => link.type === "member_join" || link.type === "epoch")
      ? null
      : "may/forbidden";
  }
  const types = ["user_reset", "recovery_set", "invite_close", "epoch"];
  const right = first !== undefined && byRoot(first) && links.every((link) => types.includes(link.type));
  return right ? null : "may/forbidden";
}

/** Null while the workspace keeps within the server's limits after these links. */
export function judgeQuotas(before: LedgerState, next: LedgerState, actor: UserId, limits: Limits): FaultCode | null {
  const members = [...next.users.keys()].filter((user) => roleAt(next, user) !== null).length;
  const grown = next.users.size > before.users.size;
  if (grown && members > limits.members) return "may/quota";
  const places = next.channels.size + next.scopes.size;
  if (places > before.channels.size + before.scopes.size && places > limits.channels) return "may/quota";
  const devices = activeDevices(next, actor).length;
  return devices > activeDevices(before, actor).length && devices > limits.devicesPerUser ? "may/quota" : null;
}
