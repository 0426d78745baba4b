// Rules about epoch links: exactly what the ledger stands for at n−1, or void (PROTOCOL E1, E8, V1).

import { equal } from "@/lib/base/bytes.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { workspaceScope } from "@/lib/base/ids.ts";
import { rcptHash } from "@/lib/proof/hash.ts";
import { isScopeMember, mayPost, nextHist, recipients } from "@/lib/proof/queries.ts";
import type { ScopeState } from "@/lib/proof/state.ts";
import { latest } from "@/lib/proof/state.ts";
import type { EpochBody } from "@/lib/protocol/link.ts";
import type { Rule, Step } from "./rule.ts";
import { rule } from "./rule.ts";

/** The scope that an epoch link is about, if it stands in that scope's own chain. */
function scopeOfEpoch({ state, link }: Step, body: EpochBody): ScopeState | undefined {
  const place = link.kind === "W" ? workspaceScope(state.ws) : (link.chain as string);
  const scope = state.scopes.get(body.scope);
  return body.scope === place && (scope?.kind === "workspace") === (link.kind === "W") ? scope : undefined;
}

function judgeWriter({ state, link }: Step, scope: ScopeState): FaultCode | null {
  if (!isScopeMember(state, scope, link.user)) return "proof/not-member";
  if (scope.archivedAt !== null) return "may/archived";
  return mayPost(state, scope, link.user);
}

/** A rule about epoch links that stand in their own scope's chain. */
function epochRule(says: string, judge: (step: Step, scope: ScopeState, body: EpochBody) => FaultCode | null): Rule {
  return rule(["epoch"], says, (step, body) => {
    const scope = scopeOfEpoch(step, body);
    return scope === undefined ? null : judge(step, scope, body);
  });
}

export const EPOCH_RULES: readonly Rule[] = [
  rule(["epoch"], "L7 An epoch stands in the chain of its scope.", (step, body) =>
    scopeOfEpoch(step, body) === undefined ? "proof/bad-epoch" : null,
  ),
  epochRule("L7 A member who may write in the scope makes its epochs.", judgeWriter),
  epochRule("E1 An epoch has the next number.", (_, scope, body) =>
    body.epoch === scope.epochs.length + 1 ? null : "proof/bad-epoch",
  ),
  epochRule("E1 V1 A suite never falls, nor below the policy’s lowest.", ({ state }, scope, body) => {
    const lowest = Math.max(latest(state.policy)?.minSuite ?? 1, scope.epochs.at(-1)?.suite ?? 1);
    return body.suite >= lowest ? null : "proof/bad-epoch";
  }),
  epochRule("E1 An epoch is for exactly those to whom it is to be sealed at n−1.", ({ state }, scope, body) => {
    const expected = rcptHash(scope.id, body.epoch, recipients(state, scope.id));
    return equal(body.rcpt, expected) ? null : "proof/bad-epoch";
  }),
  epochRule("E1 E8 An epoch chains or cuts history as its scope’s kind of history has it.", (_, scope, body) =>
    body.hist === nextHist(scope) ? null : "proof/bad-epoch",
  ),
];
