// Rules about members coming, going and coming back, and their roles (PROTOCOL L7, D7).

import { equal } from "@/lib/base/bytes.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { isAdminRole, owners, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { Role } from "@/lib/protocol/link.ts";
import type { Rule, Step } from "./rule.ts";
import { rule } from "./rule.ts";

function isLastOwner(state: LedgerState, user: UserId): boolean {
  return roleAt(state, user) === "owner" && owners(state).length === 1;
}

/** The last role that a person held, also when he holds none now. */
function formerRole(state: LedgerState, user: UserId): Role | null {
  return state.users.get(user)?.role.findLast((entry) => entry.value !== null)?.value ?? null;
}

function actorRole({ state, link }: Step): Role | null {
  return roleAt(state, link.user);
}

/** Removing: oneself; an admin members and guests; an owner anybody. */
function mayRemove(step: Step, user: UserId): boolean {
  if (step.link.user === user) return true;
  const by = actorRole(step);
  return by === "owner" || (by === "admin" && !isAdminRole(roleAt(step.state, user)));
}

/** Bringing back: an admin; of an owner another owner. */
function mayBringBack(step: Step, user: UserId): boolean {
  if (step.link.user === user) return false;
  const by = actorRole(step);
  return formerRole(step.state, user) === "owner" ? by === "owner" : isAdminRole(by);
}

export const PEOPLE_RULES: readonly Rule[] = [
  rule(["member_remove", "role_set", "rekey"], "L7 Whom it is about is a member.", ({ state }, body) =>
    roleAt(state, body.user) === null ? "proof/unknown-target" : null,
  ),
  rule(
    ["member_remove"],
    "L7 A member is removed by himself or an admin, an admin or owner by an owner.",
    (step, body) => (mayRemove(step, body.user) ? null : "proof/no-right"),
  ),
  rule(["member_remove"], "L7 The last owner is never removed.", ({ state }, body) =>
    isLastOwner(state, body.user) ? "proof/last-owner" : null,
  ),
  rule(["member_restore"], "L7 Who is restored was a member once.", ({ state }, body) =>
    state.users.has(body.user) ? null : "proof/unknown-target",
  ),
  rule(["member_restore"], "L7 Who is restored is no member now.", ({ state }, body) =>
    roleAt(state, body.user) === null ? null : "proof/duplicate",
  ),
  rule(["member_restore"], "L7 An admin restores; a former owner, an owner.", (step, body) =>
    mayBringBack(step, body.user) ? null : "proof/no-right",
  ),
  rule(["role_set"], "L7 An owner sets roles.", (step) => (actorRole(step) === "owner" ? null : "proof/no-right")),
  rule(["role_set"], "L7 A role that is set is another than before.", ({ state }, body) =>
    roleAt(state, body.user) === body.role ? "proof/duplicate" : null,
  ),
  rule(["role_set"], "L7 The last owner keeps the role.", ({ state }, body) =>
    isLastOwner(state, body.user) && body.role !== "owner" ? "proof/last-owner" : null,
  ),
  rule(["rekey"], "D7 A rekey brings either a card or a root key.", (_, body) =>
    (body.card === null) === (body.root === null) ? "proof/bad-card" : null,
  ),
  rule(
    ["rekey"],
    "D7 Another admin rekeys, of an owner another owner; a sole owner renews his root alone.",
    (step, body) => {
      const alone = step.link.user === body.user && body.card === null && isLastOwner(step.state, body.user);
      return alone || mayBringBack(step, body.user) ? null : "proof/no-right";
    },
  ),
  rule(["rekey"], "D7 A root key comes into force as its person announced it.", ({ state }, body) => {
    if (body.root === null) return null;
    const pending = state.users.get(body.user)?.pendingRoot ?? null;
    return pending !== null && equal(pending.rik, body.root) ? null : "proof/unknown-target";
  }),
];
