// Rules about private channels and DMs: workspace roles give no right here (PROTOCOL L7, L8).
import type { ScopeId, UserId } from "@/lib/base/ids.ts";
import { isScopeMember, mayManage, roleAt } from "@/lib/proof/queries.ts";
import type { LedgerState, ScopeState } from "@/lib/proof/state.ts";
import { at, latest } from "@/lib/proof/state.ts";
import type { Rule, Step } from "./rule.ts";
import { rule } from "./rule.ts";

const CHANGES = ["scope_add", "scope_remove", "scope_role", "scope_archive", "scope_policy", "scope_readmit"] as const;

/** The scope in whose chain a C link stands. */
function scopeOfLink({ state, link }: Step): ScopeState | undefined {
  const scope = state.scopes.get(link.chain as string as ScopeId);
  return scope?.kind === "workspace" ? undefined : scope;
}

function isNamed(scope: ScopeState | undefined, user: UserId): boolean {
  return (latest(scope?.named.get(user) ?? []) ?? null) !== null;
}

function mayManageHere(step: Step): boolean {
  const scope = scopeOfLink(step);
  return scope !== undefined && mayManage(step.state, scope, step.link.user);
}

function isDm(step: Step): boolean {
  return scopeOfLink(step)?.kind === "dm";
}

/** True when a DM with exactly these people exists; the first one counts. */
function hasDm(state: LedgerState, members: readonly UserId[]): boolean {
  return [...state.scopes.values()].some(
    ({ kind, named }) => kind === "dm" && named.size === members.length && members.every((user) => named.has(user)),
  );
}

const CREATE_RULES: readonly Rule[] = [
  rule(["scope_create"], "L7 A scope’s id was never given, to nothing.", ({ state, link }) =>
    state.taken.has(link.chain) ? "proof/duplicate" : null,
  ),
  rule(["scope_create"], "L7 Guests make no channels, though they may write to people.", ({ state, link }, body) =>
    body.kind === "private" && roleAt(state, link.user) === "guest" ? "proof/no-right" : null,
  ),
  rule(["scope_create"], "L7 A scope’s first members are its creator and other members, each once.", (step, body) => {
    const { state, link } = step;
    const known = body.members.every((user) => roleAt(state, user) !== null);
    const once = new Set(body.members).size === body.members.length;
    return known && once && body.members.includes(link.user) ? null : "proof/unknown-target";
  }),
  rule(["scope_create"], "L7 A DM is between two or more, and all may write.", (_, body) =>
    body.kind === "dm" && (body.members.length < 2 || body.policy.post !== "all") ? "proof/bad-policy" : null,
  ),
  rule(["scope_create"], "L8 Of two DMs with the same set the first counts.", ({ state }, body) =>
    body.kind === "dm" && hasDm(state, body.members) ? "proof/duplicate" : null,
  ),
];

const CHANGE_RULES: readonly Rule[] = [
  rule(CHANGES, "L7 The scope exists.", (step) => (scopeOfLink(step) === undefined ? "proof/unknown-target" : null)),
  rule(CHANGES, "L8 Whoever changes a scope is its member.", (step) => {
    const scope = scopeOfLink(step);
    return scope !== undefined && isScopeMember(step.state, scope, step.link.user) ? null : "proof/not-member";
  }),
  rule(
    ["scope_add", "scope_role", "scope_archive", "scope_policy", "scope_readmit"],
    "L7 An archived scope changes no more; one may still leave it.",
    (step) => ((scopeOfLink(step)?.archivedAt ?? null) === null ? null : "may/archived"),
  ),
  rule(["scope_add", "scope_remove", "scope_role", "scope_archive"], "L8 A DM’s set is fixed.", (step) =>
    isDm(step) ? "proof/no-right" : null,
  ),
  rule(["scope_add"], "L7 Managers add, members by the scope’s policy; if no manager is left, all.", (step) => {
    const scope = scopeOfLink(step);
    const byPolicy = scope !== undefined && at(scope.policy, step.n)?.adds === "members";
    return byPolicy || mayManageHere(step) ? null : "proof/no-right";
  }),
  rule(["scope_add"], "L7 Who is added is a member of the workspace.", ({ state }, body) =>
    roleAt(state, body.user) === null ? "proof/unknown-target" : null,
  ),
  rule(["scope_add"], "L8 Who is added is not named there yet.", (step, body) =>
    isNamed(scopeOfLink(step), body.user) ? "proof/duplicate" : null,
  ),
  rule(["scope_remove"], "L7 Managers remove, and anyone himself; if no manager is left, all.", (step, body) =>
    step.link.user === body.user || mayManageHere(step) ? null : "proof/no-right",
  ),
  rule(["scope_remove", "scope_role", "scope_readmit"], "L7 Whom it is about is named there.", (step, body) =>
    isNamed(scopeOfLink(step), body.user) ? null : "proof/unknown-target",
  ),
  rule(["scope_role", "scope_archive", "scope_policy"], "L7 Managers run a scope; if none is left, all.", (step) =>
    mayManageHere(step) ? null : "proof/no-right",
  ),
  rule(["scope_role"], "L7 A role in a scope is set to another than before.", (step, body) =>
    latest(scopeOfLink(step)?.named.get(body.user) ?? []) === body.role ? "proof/duplicate" : null,
  ),
  rule(["scope_policy"], "L7 In a DM all may write.", (step, body) =>
    isDm(step) && body.post !== "all" ? "proof/bad-policy" : null,
  ),
  rule(["scope_readmit"], "L8 Another readmits, nobody himself.", ({ link }, body) =>
    link.user === body.user ? "proof/no-right" : null,
  ),
  rule(["scope_readmit"], "L8 Who is readmitted is a member of the workspace again.", ({ state }, body) =>
    roleAt(state, body.user) === null ? "proof/not-member" : null,
  ),
  rule(["scope_readmit"], "L8 Who is readmitted was out.", (step, body) => {
    const scope = scopeOfLink(step);
    return scope !== undefined && isScopeMember(step.state, scope, body.user) ? "proof/duplicate" : null;
  }),
];

export const SCOPE_RULES: readonly Rule[] = [...CREATE_RULES, ...CHANGE_RULES];
