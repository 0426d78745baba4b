// Guards of the ledger: what stops a fold, what links change, and what is asked of it. The rules themselves are taken
// out one by one in tests/unit/proof/rules.test.ts.
import type { Guard } from "./guard.ts";

const CHAIN = "lib/proof/chain.ts";
const FOLD = "lib/proof/membership.ts";
const QUERIES = "lib/proof/queries.ts";
const unit = (name: string): string => `tests/unit/proof/${name}.test.ts`;

const STOPS: readonly Guard[] = [
  {
    rule: "L2",
    file: CHAIN,
    find: 'if (stub.seq !== nextSeq(state, stub.chain)) return refuse("proof/gap");',
    replace: "",
    test: unit("chain"),
    name: "L2 a link left out, doubled, or in another order is a gap",
  },
  {
    rule: "L2 MS-41",
    file: CHAIN,
    find: 'if (!isChainOfKind(state, stub)) return refuse("proof/bad-hash");',
    replace: "",
    test: unit("chain"),
    name: "L1 C2 a chain of a person holds U links",
  },
  {
    rule: "L2",
    file: CHAIN,
    find: 'mustSee(state, viewer, stub) ? refuse("proof/withheld-body") : { ok: true, link: null }',
    replace: "{ ok: true, link: null }",
    test: unit("chain"),
    name: "L2 a missing body of a W or U link is withheld",
  },
  {
    rule: "L1",
    file: CHAIN,
    find: 'if (!equal(linkHash(link), stub.hash)) return refuse("proof/bad-hash");',
    replace: "",
    test: unit("chain"),
    name: "L1 the hash covers signatures",
  },
  {
    rule: "L1",
    file: CHAIN,
    find: "parsed.kind === stub.kind && parsed.chain === stub.chain && parsed.seq === stub.seq",
    replace: "true",
    test: unit("chain"),
    name: "L1 a stub must name the very chain and kind of its link",
  },
  {
    rule: "L3",
    file: CHAIN,
    find: "parsed.n === state.n + 1 && equal(parsed.prev, state.head)",
    replace: "true",
    test: unit("chain"),
    name: "L3 a link made for another place is not taken here",
  },
  {
    rule: "L5",
    file: FOLD,
    find: 'if (code === null && isBeyond(placed.link)) return "wire/unknown-version";',
    replace: "",
    test: unit("rules"),
    name: "V1 L5 stops at a valid link of a suite",
  },
  {
    rule: "L2",
    file: FOLD,
    find: "if (placed.link !== null) draft.incomplete.add(stub.chain as string as ScopeId);",
    replace: "",
    test: unit("chain"),
    name: "L2 who is added later learns that a chain is incomplete",
  },
  {
    rule: "L2",
    file: QUERIES,
    find: "return anew ? 0 : last;",
    replace: "return last;",
    test: unit("chain"),
    name: "L2 L8 a person readmitted after a rekey must see up to his later removal",
  },
];

const KEYS: readonly Guard[] = [
  {
    rule: "C4",
    file: "lib/proof/verify.ts",
    find: "if (!isMainSubgroupPoint(pk)) return false;",
    replace: "",
    test: unit("keys"),
    name: "C4 refuses the point of small order",
  },
  {
    rule: "C2",
    file: "lib/proof/verify.ts",
    find: "export function signedBytes(context: SigContext, bytes: Uint8Array): Uint8Array {",
    replace: 'export function signedBytes(_: SigContext, bytes: Uint8Array): Uint8Array { const context = "link";',
    test: unit("keys"),
    name: "C2 each context verifies its own signatures and no other",
  },
  {
    rule: "C4",
    file: "lib/proof/verify.ts",
    find: "return !SMALL_ORDER_X.some((small) => equal(small, x));",
    replace: "return true;",
    test: unit("keys"),
    name: "C4 refuses the X25519 point",
  },
];

const EFFECTS: readonly Guard[] = [
  {
    rule: "E4",
    file: "lib/proof/effects/people.ts",
    find: "for (const scope of scopes) markRevoking(draft, scope.id, n);",
    replace: "",
    test: unit("epochs"),
    name: "E4 a member is removed",
  },
  {
    rule: "E4",
    file: "lib/proof/effects/devices.ts",
    find: "for (const scope of scopesOf(draft, user)) markRevoking(draft, scope.id, draft.n);",
    replace: "",
    test: unit("epochs"),
    name: "E4 a device is revoked",
  },
  {
    rule: "E4",
    file: "lib/proof/effects/people.ts",
    find: "for (const scope of scopesOf(draft, card.user)) markRevoking(draft, scope.id, n);",
    replace: "",
    test: unit("epochs"),
    name: "E4 a member is rekeyed to a card",
  },
  {
    rule: "E4",
    file: "lib/proof/effects/people.ts",
    find: "if (isInsideRole(before) && !isInsideRole(role)) markWorkspaceRevoking(draft, n);",
    replace: "",
    test: unit("epochs"),
    name: "E4 a member becomes a guest",
  },
  {
    rule: "E4",
    file: "lib/proof/effects/invites.ts",
    find: 'if (invite.mode === "instant") markWorkspaceRevoking(draft, draft.n);',
    replace: "",
    test: unit("epochs"),
    name: "E4 an instant invite is closed",
  },
  {
    rule: "E4",
    file: "lib/proof/effects/rooms.ts",
    find: 'else if (wasIn && role !== "manager") markRevoking(draft, id, n);',
    replace: "",
    test: unit("epochs"),
    name: "E4 one leaves a scope",
  },
  {
    rule: "E4 E8",
    file: "lib/proof/effects/rooms.ts",
    find: 'if (draft.scopes.get(id)?.history === "since-join") markRevoking(draft, id, draft.n);',
    replace: "",
    test: unit("epochs"),
    name: "E4 one is added where history begins with joining",
  },
  {
    rule: "I6 MS-47",
    file: "lib/proof/effects/people.ts",
    find: "closeInstantInvites(draft);\n  closeInvitesOf(draft, user, () => true);",
    replace: "closeInvitesOf(draft, user, () => true);",
    test: unit("effects"),
    name: "member_remove",
  },
  {
    rule: "I6",
    file: "lib/proof/effects/devices.ts",
    find: "markRevoking(draft, scope.id, draft.n);\n  closeInstantInvites(draft);",
    replace: "markRevoking(draft, scope.id, draft.n);",
    test: unit("effects"),
    name: "device_revoke",
  },
  {
    rule: "I6",
    file: "lib/proof/effects/people.ts",
    find: '!byMembers || invite.mode === "instant"',
    replace: "false",
    test: unit("effects"),
    name: "I6 removing or demoting an inviter closes all of his",
  },
  {
    rule: "I5",
    file: "lib/proof/effects/arrivals.ts",
    find: "if (used.usedBy.length >= used.maxUses) closeInvite(draft, used);",
    replace: "",
    test: unit("effects"),
    name: "I3 I5 an invite serves as often as it says, then is closed",
  },
  {
    rule: "D2",
    file: "lib/proof/effects/devices.ts",
    find: "if (old.revokedAt === null && !stated.has(old.id)) devices.set",
    replace: "if (old.id === user) devices.set",
    test: unit("effects"),
    name: "D2 a reset restates devices",
  },
  {
    rule: "L7",
    file: "lib/proof/effects/people.ts",
    find: 'former === "guest" ? "guest" : "member"',
    replace: 'former ?? "member"',
    test: unit("effects"),
    name: "L7 who is restored is a member",
  },
];

const QUESTIONS: readonly Guard[] = [
  {
    rule: "L8 MS-46",
    file: QUERIES,
    find: "!person.rekeyedAt.some((p) => p > since && p <= n)",
    replace: "true",
    test: unit("scopes"),
    name: "L8 MS-46 invariant 14",
  },
  {
    rule: "L8",
    file: QUERIES,
    find: "return !removed && ",
    replace: "return ",
    test: unit("scopes"),
    name: "L8 the removed are out everywhere",
  },
  {
    rule: "M4",
    file: QUERIES,
    find: "p > epoch.n && p <= by.n",
    replace: "p < 0",
    test: unit("authors"),
    name: "M4 not under an epoch that a revoking change had ended",
  },
  {
    rule: "M4",
    file: QUERIES,
    find: "epoch === undefined || by.n < epoch.n",
    replace: "epoch === undefined",
    test: unit("authors"),
    name: "M4 not under an epoch before its link",
  },
  {
    rule: "M4",
    file: QUERIES,
    find: 'if (!deviceActiveAt(state, by.device, by.n)) return "proof/not-active";',
    replace: "",
    test: unit("authors"),
    name: "M4 not after the device was revoked",
  },
  {
    rule: "M4 MS-13",
    file: QUERIES,
    find: 'if (deviceOf(state, by.device)?.user !== by.user) return "proof/not-active";',
    replace: "",
    test: unit("authors"),
    name: "M4 not with another",
  },
  {
    rule: "M8",
    file: QUERIES,
    find: 'return entitled ? null : "event/wrong-author";',
    replace: "return null;",
    test: unit("authors"),
    name: "M8 the author; in public channels an admin",
  },
  {
    rule: "E8",
    file: QUERIES,
    find: 'scope.history === "since-join" && (scope.addedAt.at(-1) ?? 0) > last.n ? "cut" : "chain"',
    replace: '"chain"',
    test: unit("epochs"),
    name: "E8 since-join: the first epoch after an add is cut",
  },
];

/** Signatures that another implementation is asked about. */
const AHEAD: readonly Guard[] = [
  {
    rule: "C4",
    keeps: "R of small order, which not every implementation refuses",
    file: "lib/proof/ahead.ts",
    find: "return !SMALL_ORDER_Y.some((y) => equal(y, r));",
    replace: "return true;",
    test: "tests/unit/proof/ahead.test.ts",
    name: "R of small order",
  },
  {
    rule: "C4",
    keeps: "a no taken for a yes",
    file: "lib/client/events/inbox.ts",
    find: "if (held[i] === true) verified.add",
    replace: "verified.add",
    test: "tests/hostile/client/ahead.test.ts",
    name: "MS-13 C4",
  },
];

export const GUARDS: readonly Guard[] = [...STOPS, ...KEYS, ...EFFECTS, ...QUESTIONS, ...AHEAD];
