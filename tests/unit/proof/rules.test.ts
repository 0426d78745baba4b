// Every rule of the ledger, broken one at a time: void while the rule is there, otherwise once it is gone (PROTOCOL L5, L7).
import { beforeAll, describe, expect, it } from "vitest";
import { entryOf } from "@/lib/proof/chain.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { foldLedger, foldUnderRules, refusal } from "@/lib/proof/membership.ts";
import { RULES } from "@/lib/proof/rules/list.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { SignedLink } from "@/lib/protocol/link.ts";
import { Book, cardOf, Mint, POLICY } from "@/tests/ledger-kit.ts";
import { CARD_CASES, ENVELOPE_CASES, PEOPLE_CASES } from "./cases/people.ts";
import { EPOCH_CASES, SCOPE_CASES } from "./cases/scopes.ts";
import { DEVICE_CASES, INVITE_CASES, WORKSPACE_CASES } from "./cases/workspace.ts";
import type { World } from "./cases/world.ts";
import { newWorld } from "./cases/world.ts";

const CASES = [
  ...ENVELOPE_CASES,
  ...CARD_CASES,
  ...PEOPLE_CASES,
  ...INVITE_CASES,
  ...WORKSPACE_CASES,
  ...DEVICE_CASES,
  ...SCOPE_CASES,
  ...EPOCH_CASES,
];
/** Broken below, by a first link or under a policy that this version cannot reach by itself. */
const APART = [
  "L6 The founder’s card bears no recovery keys: they are derived from the workspace.",
  "V1 The lowest accepted version and suite never fall.",
  "E1 V1 A suite never falls, nor below the policy’s lowest.",
];

let world: World;
beforeAll(async () => {
  world = await newWorld();
});

/** The verdict on a link under all rules, and under all but the named one. */
function verdicts(state: LedgerState, link: SignedLink, without: string) {
  const entries = [entryOf(link)];
  const rest = RULES.filter(({ says }) => says !== without);
  return {
    full: refusal(state, foldLedger(entries, { kind: "all" }, state)),
    without: refusal(state, foldUnderRules(rest, entries, { kind: "all" }, state)),
    state: foldLedger(entries, { kind: "all" }, state),
  };
}

describe("the list of rules", () => {
  it("L7 says each rule once, by its number, about link types that exist", () => {
    const says = RULES.map((rule) => rule.says);
    expect(new Set(says).size).toBe(says.length);
    for (const sentence of says) expect(sentence).toMatch(/^([A-Z][0-9]+ )+[A-Z].*\.$/);
    for (const { types } of RULES) expect(types.size).toBeGreaterThan(0);
  });

  it("L7 has no rule that is not broken in a test", () => {
    const broken = new Set([...CASES.map(({ rule }) => rule), ...APART]);
    expect(RULES.map(({ says }) => says).filter((says) => !broken.has(says))).toEqual([]);
    expect([...broken].filter((says) => !RULES.some((rule) => rule.says === says))).toEqual([]);
  });
});

describe("a link that breaks a rule", () => {
  it.each(CASES.map((one, i) => ({ ...one, i })))("$rule ($code, case $i)", ({ rule, code, link }) => {
    const book = world.book.fork();
    const made = link({ ...world, book });
    const found = verdicts(book.state, made, rule);
    expect(found.full).toBe(code);
    expect(found.without).not.toBe(code);
  });

  it.each(CASES.map((one, i) => ({ ...one, i })))("L5 is void: $rule (case $i)", ({ link, code }) => {
    const book = world.book.fork();
    const made = link({ ...world, book });
    const before = book.state;
    const { state } = verdicts(before, made, "");
    expect(state.stop).toBeNull();
    expect(state.n).toBe(before.n + 1);
    expect(state.voids.at(-1)).toMatchObject({ n: state.n, code });
    // It keeps its place, and changes nothing: all but place and report is as it was.
    const { n: _n, head: _h, heads: _hs, chains: _c, mains: _m, taken: _t, seen: _s, voids: _v, ...rest } = state;
    const {
      n: _n2,
      head: _h2,
      heads: _hs2,
      chains: _c2,
      mains: _m2,
      taken: _t2,
      seen: _s2,
      voids: _v2,
      ...was
    } = before;
    expect(rest).toEqual(was);
  });
});

describe("rules that need a ledger of their own", () => {
  it("L6 stops at a first link whose card bears recovery keys", () => {
    const mint = new Mint("genesis");
    const founder = mint.person("founder");
    const card = cardOf(founder, null, { recovery: mint.recovery() });
    const book = Book.blank(mint, founder);
    const link = book.sign(founder, {
      kind: "W",
      type: "ws_create",
      body: { card, policy: POLICY, salt: mint.bytes(16) },
    });
    const found = verdicts(emptyLedger, link, APART[0] ?? "");
    expect(found.full).toBe("proof/bad-card");
    expect(found.state).toMatchObject({ n: 0, stop: { n: 1, code: "proof/bad-card" } });
    expect(found.without).toBeNull();
  });

  it("L6 stops at a first link that creates nothing", () => {
    const mint = new Mint("genesis");
    const founder = mint.person("founder");
    const book = Book.blank(mint, founder);
    const link = book.sign(founder, { kind: "W", type: "member_remove", body: { user: founder.user } });
    expect(verdicts(emptyLedger, link, "").full).toBe("proof/wrong-workspace");
  });

  it("V1 does not lower the lowest version or suite", () => {
    const book = world.book.fork();
    const raised = { ...POLICY, minVersion: 2, minSuite: 2 };
    book.state = { ...book.state, policy: [{ n: 1, value: raised }] };
    for (const change of [{ minVersion: 1 }, { minSuite: 1 }]) {
      const link = book.sign(world.owner, { kind: "W", type: "policy_set", body: { ...raised, ...change } });
      expect(verdicts(book.state, link, "").full).toBe("proof/bad-policy");
      // Without the rule the version is still beyond this program, which stops.
      expect(verdicts(book.state, link, APART[1] ?? "").without).toBe("wire/unknown-version");
    }
  });

  it("E1 V1 refuses a suite below the policy’s lowest", () => {
    const book = world.book.fork();
    book.state = { ...book.state, policy: [{ n: 1, value: { ...POLICY, minSuite: 2 } }] };
    const link = book.sign(world.owner, book.epochAct(book.scope));
    const found = verdicts(book.state, link, APART[2] ?? "");
    expect(found).toMatchObject({ full: "proof/bad-epoch", without: null });
  });

  it("V1 L5 stops at a valid link of a suite or with a policy beyond this version, voids an invalid one", () => {
    const book = world.book.fork();
    const beyond = { ...POLICY, minVersion: 2 };
    const byOwner = book.sign(world.owner, { kind: "W", type: "policy_set", body: beyond });
    const byBob = book.sign(world.bob, { kind: "W", type: "policy_set", body: beyond });
    const suite = book.sign(world.owner, book.epochAct(book.scope, { suite: 2 }));
    const fold = (link: SignedLink) => foldLedger([entryOf(link)], { kind: "all" }, book.state);
    expect(fold(byOwner).stop).toEqual({ n: book.state.n + 1, code: "wire/unknown-version" });
    expect(fold(suite).stop?.code).toBe("wire/unknown-version");
    expect(fold(byBob)).toMatchObject({ stop: null });
  });
});
