// The fold: from links to who is who, the same for everyone. No clock, no I/O; a void link changes nothing (PROTOCOL 3).
import type { FaultCode } from "@/lib/base/errors.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { ScopeId } from "@/lib/base/ids.ts";
import { applyLink } from "@/lib/proof/effects/apply.ts";
import { RULES } from "@/lib/proof/rules/list.ts";
import type { Rule, Step } from "@/lib/proof/rules/rule.ts";
import type { Card, SignedCard } from "@/lib/protocol/device.ts";
import { SUITE, VERSION } from "@/lib/protocol/limits.ts";
import type { Link, LinkType, SignedLink, Stub } from "@/lib/protocol/link.ts";
import { placeEntry } from "./chain.ts";
import type { Draft } from "./draft.ts";
import { emptyLedger, thaw } from "./draft.ts";
import { mainChannel, nextHead } from "./hash.ts";
import type { Entry, LedgerState, Viewer } from "./state.ts";
import type { VerifyCache } from "./verify.ts";
import { readCard, verifySignature } from "./verify.ts";

/**
 * Folds entries, which follow on `from`, as the viewer sees them; `from` stays as it is. Void links are listed in
 * `voids`. At the first entry that does not add up the fold ends: `stop` says why, everything before it counts, and a
 * later fold from there with other entries may go on (L2). A person who was added to a chain that he did not see from
 * its start finds it in `incomplete`: fold anew from the start, with the chain's bodies in their places.
 */
export function foldLedger(
  entries: readonly Entry[],
  viewer: Viewer,
  from: LedgerState = emptyLedger,
  cache?: VerifyCache,
): LedgerState {
  return foldUnderRules(RULES, entries, viewer, from, cache);
}

/** Why a batch is to be refused as a whole: the stop or the first void that folding it brought; null: all valid (L4, S1). */
export function refusal(before: LedgerState, after: LedgerState): FaultCode | null {
  return after.stop?.code ?? after.voids[before.voids.length]?.code ?? null;
}

/** The fold under other rules than the protocol's: for tests that each rule bites, for nothing else. */
export function foldUnderRules(
  rules: readonly Rule[],
  entries: readonly Entry[],
  viewer: Viewer,
  from: LedgerState,
  cache?: VerifyCache,
): LedgerState {
  const draft = thaw(from);
  const byType = rulesByType(rules);
  if (entries.length > 0) draft.stop = null;
  for (const entry of entries) {
    const code = foldEntry(draft, viewer, entry, byType, cache);
    if (code === null) continue;
    draft.stop = { n: draft.n + 1, code };
    break;
  }
  return draft;
}

type RulesByType = (type: LinkType) => readonly Rule[];

function rulesByType(rules: readonly Rule[]): RulesByType {
  const known = new Map<LinkType, readonly Rule[]>();
  return (type) => {
    const found = known.get(type) ?? rules.filter((rule) => rule.types.has(type));
    known.set(type, found);
    return found;
  };
}

/** Folds one entry in place; a code: the fold stops before it, and nothing has changed. */
function foldEntry(
  draft: Draft,
  viewer: Viewer,
  entry: Entry,
  rules: RulesByType,
  cache: VerifyCache | undefined,
): FaultCode | null {
  const placed = placeEntry(draft, viewer, entry);
  if (!placed.ok) return placed.code;
  const { stub } = entry;
  const head = nextHead(draft.head, draft.n + 1, stub);
  if (placed.link === null || entry.link === null || !isContiguous(draft, stub)) {
    if (placed.link !== null) draft.incomplete.add(stub.chain as string as ScopeId);
    advance(draft, stub, head);
    return null;
  }
  const step = stepOf(draft, placed.link, entry.link, cache);
  const code = step.code ?? firstFault(rules, step);
  if (code !== null && draft.n === 0) return code;
  if (code === null && isBeyond(placed.link)) return "wire/unknown-version";
  advance(draft, stub, head);
  if (stub.kind === "C") draft.seen.set(stub.chain as string as ScopeId, stub.seq);
  if (code === null) applyLink(draft, step);
  else draft.voids.push({ n: draft.n, type: placed.link.type, user: placed.link.user, code });
  return null;
}

/** A body of a C chain counts only after all those before it (L2). */
function isContiguous(draft: Draft, { kind, chain, seq }: Stub): boolean {
  return kind !== "C" || (draft.seen.get(chain as string as ScopeId) ?? 0) === seq - 1;
}

/** What every stub changes, whoever sees the body. */
function advance(draft: Draft, { kind, chain, seq }: Stub, head: Uint8Array): void {
  draft.n += 1;
  draft.head = head;
  draft.heads.push(head);
  draft.chains.set(chain, seq);
  if (kind !== "C" || seq > 1) return;
  const scope = chain as string as ScopeId;
  const main = mainChannel(scope);
  draft.mains.set(main, scope);
  draft.taken.add(scope).add(main);
}

function firstFault(rules: RulesByType, step: Step): FaultCode | null {
  for (const rule of rules(step.link.type)) {
    const code = rule.judge(step);
    if (code !== null) return code;
  }
  return null;
}

/** The rules' view of a link; `code`: a card in it can't be read. */
function stepOf(
  draft: Draft,
  link: Link,
  signed: SignedLink,
  cache: VerifyCache | undefined,
): Step & { readonly code: FaultCode | null } {
  const verify: Step["verify"] = (context, pk, bytes, sig) => verifySignature(context, pk, bytes, sig, cache);
  const found = cardOf(link);
  const step = { state: draft, n: draft.n + 1, link, signed, verify, cache };
  return typeof found === "string" ? { ...step, card: null, code: found } : { ...step, card: found, code: null };
}

function cardOf(link: Link): Card | FaultCode | null {
  const signed: SignedCard | null = "card" in link.body ? link.body.card : null;
  if (signed === null) return null;
  try {
    return readCard(signed);
  } catch (thrown) {
    return asFault(thrown).code;
  }
}

/** Valid, but of a version or suite that this program does not know: stop, and update the app (L5, V1). */
function isBeyond(link: Link): boolean {
  if (link.type === "epoch") return link.body.suite > SUITE;
  const policy = link.type === "policy_set" ? link.body : link.type === "ws_create" ? link.body.policy : null;
  return policy !== null && (policy.minVersion > VERSION || policy.minSuite > SUITE);
}
