// The line of links: whatever does not add up stops the fold, with a name, and leaves all before it (PROTOCOL L1, L2, C3, L5).
import { encode } from "cborg";
import { beforeAll, describe, expect, it } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import { entryOf } from "@/lib/proof/chain.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { linkHash, nextHead } from "@/lib/proof/hash.ts";
import { foldLedger } from "@/lib/proof/membership.ts";
import { bodyVisible, chainVisible, isScopeMember } from "@/lib/proof/queries.ts";
import type { Entry, LedgerState, Viewer } from "@/lib/proof/state.ts";
import { parseCbor } from "@/lib/protocol/cbor.ts";
import type { SignedLink } from "@/lib/protocol/link.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { Book, inChain, scopeAct, sign } from "@/tests/ledger-kit.ts";

const ALL: Viewer = { kind: "all" };
const eyes = (person: Person): Viewer => ({ kind: "user", user: person.user });

let book: Book;
let bob: Person;
let carol: Person;
let dave: Person;
beforeAll(async () => {
  book = await Book.found("chain");
  book.rotate(book.founder);
  bob = book.member("bob");
  carol = book.member("carol");
  dave = book.member("dave");
});

/** The ledger as the server gives it to a person: bodies that he may not see are left out. */
function redact(from: Book, person: Person): Entry[] {
  return from.entries.map((entry, i) =>
    bodyVisible(from.state, eyes(person), entry.stub, i + 1) ? entry : { stub: entry.stub, link: null },
  );
}

function stopOf(entries: readonly Entry[], viewer: Viewer = ALL, from: LedgerState = emptyLedger) {
  const state = foldLedger(entries, viewer, from);
  return { n: state.n, stop: state.stop };
}

/** The entry at n (from 1) with something else in its place. */
function replaced(entries: readonly Entry[], n: number, change: (entry: Entry) => Entry): Entry[] {
  return entries.map((entry, i) => (i === n - 1 ? change(entry) : entry));
}

const withLink = (entry: Entry, change: (link: SignedLink) => SignedLink): Entry => ({
  ...entry,
  link: entry.link === null ? null : change(entry.link),
});

describe("an entry that does not follow", () => {
  it("L1 heads are hashes over all stubs, whoever folds", () => {
    const state = foldLedger(book.entries, ALL);
    let head: Uint8Array = new Uint8Array(32);
    const heads = book.entries.map(({ stub }, i) => {
      head = nextHead(head, i + 1, stub);
      return head;
    });
    expect(state.heads).toEqual(heads);
    expect(state.head).toEqual(heads.at(-1));
    expect(state.ws).toBe(mintId<"workspace">(book.entries[0]?.stub.hash ?? new Uint8Array()));
  });

  it("L2 a link left out, doubled, or in another order is a gap", () => {
    const { entries } = book;
    const at = 4;
    expect(stopOf(entries.toSpliced(at, 1))).toEqual({ n: at, stop: { n: at + 1, code: "proof/gap" } });
    expect(stopOf(entries.toSpliced(at, 0, entries[at - 1] as Entry)).stop?.code).toBe("proof/gap");
    const swapped = entries.toSpliced(at, 2, entries[at + 1] as Entry, entries[at] as Entry);
    expect(stopOf(swapped)).toEqual({ n: at, stop: { n: at + 1, code: "proof/gap" } });
  });

  it("L2 a link of another chain left out is told by its place", () => {
    const fork = book.fork();
    const device = fork.device(bob);
    fork.add(bob, fork.revokeAct(bob, device));
    fork.channel(carol);
    // Without bob's two links the W chain itself has no gap; the position has.
    const without = fork.entries.toSpliced(-3, 2);
    expect(stopOf(without)).toEqual({ n: book.state.n, stop: { n: book.state.n + 1, code: "proof/bad-hash" } });
  });

  it("L2 a stub that is another link’s, or mislabelled, is found out", () => {
    const at = book.state.n;
    for (const kind of ["U", "C"] as const) {
      const lie = replaced(book.entries, at, (entry) => ({ ...entry, stub: { ...entry.stub, kind } }));
      expect(stopOf(lie)).toEqual({ n: at - 1, stop: { n: at, code: "proof/bad-hash" } });
    }
    const chain = mintId<"chain">(book.mint.bytes(16));
    const asPrivate = { kind: "C", chain, seq: 1 } as const;
    const lie = replaced(book.entries, at, (entry) => ({ ...entry, stub: { ...entry.stub, ...asPrivate } }));
    expect(stopOf(lie).stop).toEqual({ n: at, code: "proof/bad-hash" });
    const hash = replaced(book.entries, at, (entry) => ({
      ...entry,
      stub: { ...entry.stub, hash: new Uint8Array(32) },
    }));
    expect(stopOf(hash).stop).toEqual({ n: at, code: "proof/bad-hash" });
  });

  it("L2 MS-41 a removal passed off as a link of some private chain changes the head", () => {
    const fork = book.fork();
    fork.remove(fork.founder, bob);
    const honest = fork.entries.at(-1) as Entry;
    const chain = mintId<"chain">(fork.mint.bytes(16));
    const hidden: Entry = { stub: { ...honest.stub, kind: "C", chain, seq: 1 }, link: null };
    const lied = foldLedger([hidden], eyes(carol), book.state);
    // Nothing in it can be seen to be wrong by carol alone; but her head is no longer everyone's (L9).
    expect(lied.stop).toBeNull();
    expect(lied.head).not.toEqual(fork.state.head);
  });

  it("L1 C2 a chain of a person holds U links, of a scope C links, and neither the other", () => {
    const fork = book.fork();
    const asScope = fork.sign(bob, scopeAct("scope_add", carol), { chain: inChain(mintId(new Uint8Array(16))).chain });
    expect(stopOf([entryOf(asScope)], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
    const inPerson = fork.sign(bob, scopeAct("scope_add", carol), inChain(bob.user as string as never));
    expect(stopOf([entryOf(inPerson)], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
    const inNothing = fork.sign(bob, fork.deviceAct(bob, fork.mint.device()), inChain(mintId(fork.mint.bytes(16))));
    expect(stopOf([entryOf(inNothing)], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
  });

  it("L1 a stub must name the very chain and kind of its link", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    const other = fork.room(bob, [dave]);
    const honest = entryOf(fork.sign(bob, scopeAct("scope_remove", carol), inChain(room)));
    expect(stopOf([honest], ALL, fork.state).stop).toBeNull();
    const elsewhere: Entry = { ...honest, stub: { ...honest.stub, chain: inChain(other).chain } };
    expect(stopOf([elsewhere], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
    const later = fork.sign(bob, scopeAct("scope_remove", carol), { ...inChain(room), frame: { seq: 7 } });
    const counted: Entry = { link: later, stub: { ...honest.stub, hash: linkHash(later) } };
    expect(stopOf([counted], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
    const inPerson = entryOf(fork.sign(bob, scopeAct("scope_remove", carol), inChain(bob.user as string as never)));
    const asPersonal: Entry = { ...inPerson, stub: { ...inPerson.stub, kind: "U" } };
    expect(stopOf([asPersonal], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
  });

  it("L3 a link made for another place is not taken here, even right after", () => {
    const fork = book.fork();
    const early = fork.sign(bob, { kind: "W", type: "member_remove", body: { user: bob.user } });
    fork.channel(carol);
    const seq = (fork.state.chains.get(entryOf(early).stub.chain) ?? 0) + 1;
    const moved: Entry = { ...entryOf(early), stub: { ...entryOf(early).stub, seq } };
    expect(stopOf([moved], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
    const n = fork.state.n + 1;
    // Also with the right count and position, if it stands on another head.
    const otherHead = fork.sign(
      bob,
      { kind: "W", type: "member_remove", body: { user: bob.user } },
      {
        frame: { prev: new Uint8Array(32), n },
      },
    );
    expect(stopOf([entryOf(otherHead)], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
    const otherPlace = fork.sign(
      bob,
      { kind: "W", type: "member_remove", body: { user: bob.user } },
      { frame: { n: n + 1 } },
    );
    expect(stopOf([entryOf(otherPlace)], ALL, fork.state).stop?.code).toBe("proof/bad-hash");
  });

  it("L1 the hash covers signatures: another valid one in its place is a wrong hash", () => {
    const at = book.state.n;
    const other = replaced(book.entries, at, (entry) =>
      withLink(entry, (link) => ({ ...link, sig: sign("link", dave.device.sign, new Uint8Array([1])) })),
    );
    expect(stopOf(other).stop).toEqual({ n: at, code: "proof/bad-hash" });
    const extra = replaced(book.entries, at, (entry) =>
      withLink(entry, (link) => ({ ...link, extra: new Uint8Array(64) })),
    );
    expect(stopOf(extra).stop).toEqual({ n: at, code: "proof/bad-hash" });
  });

  it("L2 a missing body of a W or U link is withheld", () => {
    for (const n of [1, 5, book.state.n]) {
      const bare = replaced(book.entries, n, ({ stub }) => ({ stub, link: null }));
      for (const viewer of [ALL, eyes(bob), { kind: "user", user: null } as const])
        expect(stopOf(bare, viewer)).toEqual({ n: n - 1, stop: { n, code: "proof/withheld-body" } });
    }
  });

  it("L2 a stop leaves all before it, and what adds up goes on from there", () => {
    const at = 5;
    const gapped = book.entries.toSpliced(at, 1);
    const stopped = foldLedger(gapped, ALL);
    expect(stopped.stop?.n).toBe(at + 1);
    const healed = foldLedger(book.entries.slice(at), ALL, stopped);
    expect(healed).toEqual(foldLedger(book.entries, ALL));
    expect(foldLedger([], ALL, stopped).stop).toEqual(stopped.stop);
  });
});

describe("links of another version or shape", () => {
  /** The link at the end with its outer map changed, signed anew by its author. */
  function remade(change: (outer: Record<string, unknown>) => Record<string, unknown>): Entry {
    const act = { kind: "W", type: "member_remove", body: { user: bob.user } } as const;
    const honest = entryOf(book.sign(bob, act));
    const outer = parseCbor(honest.link?.bytes ?? new Uint8Array()) as Record<string, unknown>;
    const bytes = encode(change({ ...outer }));
    const link = { bytes, sig: sign("link", bob.device.sign, bytes), extra: null };
    return { link, stub: { ...honest.stub, hash: linkHash(link) } };
  }

  it("L5 C3 an unknown version, type or kind stops the fold: update the app", () => {
    const code = (entry: Entry) => stopOf([entry], ALL, book.state).stop?.code;
    expect(code(remade((outer) => ({ ...outer, v: 2 })))).toBe("wire/unknown-version");
    expect(code(remade((outer) => ({ ...outer, type: "member_bless" })))).toBe("wire/unknown-type");
    expect(code(remade((outer) => ({ ...outer, kind: "X" })))).toBe("wire/unknown-type");
    expect(code(remade((outer) => ({ ...outer, more: 1 })))).toBe("wire/bad-shape");
    expect(code(remade((outer) => ({ ...outer, body: { user: new Uint8Array(15) } })))).toBe("wire/bad-shape");
    expect(code(remade((outer) => outer))).toBeUndefined();
  });

  it("C3 bytes that are not canonical CBOR stop the fold", () => {
    const honest = book.entries.at(-1)?.link as SignedLink;
    const bytes = Uint8Array.from([...honest.bytes, 0]);
    const link = { ...honest, bytes };
    const stub = { kind: "W", chain: mintId<"chain">(new Uint8Array(16)), seq: 1, hash: linkHash(link) } as const;
    const seq = (book.state.chains.get(stub.chain) ?? 0) + 1;
    expect(stopOf([{ stub: { ...stub, seq }, link }], ALL, book.state).stop?.code).toBe("wire/bad-cbor");
  });
});

describe("what a person must see", () => {
  it("L2 folds agree on all they have in common, whoever looks", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    fork.rotate(bob, room);
    fork.room(carol, [dave], { kind: "dm" });
    fork.remove(fork.founder, carol);
    const full = foldLedger(fork.entries, ALL);
    for (const person of [fork.founder, bob, dave]) {
      const seen = foldLedger(redact(fork, person), eyes(person));
      expect(seen.stop).toBeNull();
      const { scopes: _s, seen: _c, voids, incomplete, ...common } = seen;
      const { scopes: _s2, seen: _c2, voids: all, incomplete: none, ...rest } = full;
      expect(common).toEqual(rest);
      expect([voids, incomplete]).toEqual([all, none]);
      for (const [id, scope] of seen.scopes) expect(scope).toEqual(full.scopes.get(id));
      for (const [id, scope] of full.scopes)
        if (isScopeMember(full, scope, person.user)) expect(seen.scopes.has(id)).toBe(true);
    }
  });

  it("L2 a body of one’s own private chain that is missing is withheld; of others’ it is not", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    fork.add(bob, scopeAct("scope_add", dave), inChain(room));
    const n = fork.state.n;
    const bare = replaced(fork.entries, n, ({ stub }) => ({ stub, link: null }));
    expect(stopOf(bare, eyes(carol)).stop).toEqual({ n, code: "proof/withheld-body" });
    const blind = replaced(bare, n - 1, ({ stub }) => ({ stub, link: null }));
    expect(stopOf(blind, eyes(dave)).stop).toBeNull();
    expect(stopOf(blind, eyes(fork.founder)).stop).toBeNull();
    expect(stopOf(blind, ALL).stop).toEqual({ n: n - 1, code: "proof/withheld-body" });
  });

  it("L2 a removed member must see up to his removal, and nothing after", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    fork.add(bob, scopeAct("scope_remove", carol), inChain(room));
    const removedAt = fork.state.n;
    fork.add(bob, scopeAct("scope_add", dave), inChain(room));
    const chain = inChain(room).chain;
    expect(chainVisible(fork.state, eyes(carol), chain, removedAt)).toBe(true);
    expect(chainVisible(fork.state, eyes(carol), chain, removedAt + 1)).toBe(false);
    expect(chainVisible(fork.state, eyes(carol), chain)).toBe(false);
    expect(chainVisible(fork.state, eyes(bob), chain)).toBe(true);
    expect(chainVisible(fork.state, eyes(dave), chain, 1)).toBe(true);
    expect(chainVisible(fork.state, eyes(fork.founder), chain, 1)).toBe(false);
    const seen = foldLedger(redact(fork, carol), eyes(carol));
    expect(seen.stop).toBeNull();
    expect(
      stopOf(
        replaced(redact(fork, carol), removedAt, ({ stub }) => ({ stub, link: null })),
        eyes(carol),
      ).stop,
    ).toEqual({
      n: removedAt,
      code: "proof/withheld-body",
    });
  });

  it("L2 who is added later learns that a chain is incomplete, and folds anew with its bodies", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    fork.rotate(bob, room);
    const before = foldLedger(redact(fork, dave), eyes(dave));
    const from = fork.entries.length;
    fork.add(bob, scopeAct("scope_add", dave), inChain(room));
    fork.rotate(bob, room);
    const news = redact(fork, dave).slice(from);
    const later = foldLedger(news, eyes(dave), before);
    expect(later.stop).toBeNull();
    expect([...later.incomplete]).toEqual([room]);
    expect(later.scopes.has(room)).toBe(false);
    const anew = foldLedger(redact(fork, dave), eyes(dave));
    expect(anew.incomplete.size).toBe(0);
    expect(anew.scopes.get(room)).toEqual(fork.state.scopes.get(room));
    expect(anew.head).toEqual(later.head);
  });

  it("L8 MS-46 a person rekeyed to a new card sees no private chain until he is readmitted, then all of it", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    fork.rotate(bob, room);
    const { anew, act } = fork.rekeyAct(carol);
    fork.add(fork.founder, act);
    const chain = inChain(room).chain;
    for (let n = 1; n <= fork.state.n + 1; n += 1) expect(chainVisible(fork.state, eyes(anew), chain, n)).toBe(false);
    const suspended = foldLedger(redact(fork, anew), eyes(anew));
    expect(suspended.stop).toBeNull();
    expect(suspended.scopes.has(room)).toBe(false);
    fork.add(bob, scopeAct("scope_readmit", anew), inChain(room));
    expect(chainVisible(fork.state, eyes(anew), chain, 1)).toBe(true);
    expect(foldLedger(redact(fork, anew), eyes(anew)).scopes.get(room)).toEqual(fork.state.scopes.get(room));
  });

  it("L2 L8 a person readmitted after a rekey must see up to his later removal", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    const { anew, act } = fork.rekeyAct(carol);
    fork.add(fork.founder, act);
    fork.add(bob, scopeAct("scope_readmit", anew), inChain(room));
    const before = foldLedger(redact(fork, anew), eyes(anew));
    fork.add(bob, scopeAct("scope_remove", anew), inChain(room));
    const removed = foldLedger(redact(fork, anew).slice(before.n), eyes(anew), before);
    expect(removed.stop).toBeNull();
    expect(isScopeMember(removed, fork.state.scopes.get(room) as never, anew.user)).toBe(false);
    expect(foldLedger(redact(fork, anew), eyes(anew))).toEqual(removed);
    expect(chainVisible(fork.state, eyes(anew), inChain(room).chain, fork.state.n + 1)).toBe(false);
    // Rekeyed once more, he starts from nothing.
    fork.add(fork.founder, fork.rekeyAct(anew).act);
    expect(chainVisible(fork.state, eyes(anew), inChain(room).chain, 1)).toBe(false);
  });

  it("L2 who was removed from the workspace and restored may read up to then, so that his old fold goes on", () => {
    const fork = book.fork();
    const room = fork.room(bob, [carol]);
    const offline = foldLedger(redact(fork, carol), eyes(carol));
    fork.add(bob, scopeAct("scope_add", dave), inChain(room));
    fork.remove(fork.founder, carol);
    fork.rotate(bob, room);
    fork.add(fork.founder, { kind: "W", type: "member_restore", body: { user: carol.user } });
    const back = foldLedger(redact(fork, carol).slice(offline.n), eyes(carol), offline);
    expect(back.stop).toBeNull();
    expect(back.scopes.get(room)?.epochs).toEqual([]);
    // Also when the chain itself lets him go at last: he was out from the removal on.
    const out = fork.state.n - 2;
    fork.add(bob, scopeAct("scope_remove", carol), inChain(room));
    const visible = fork.entries.map((_, i) => chainVisible(fork.state, eyes(carol), inChain(room).chain, i + 1));
    expect(visible.lastIndexOf(true) + 1).toBe(out);
    expect(fork.state.scopes.get(room)?.epochs).toHaveLength(1);
  });
});

describe("the fold", () => {
  it("is pure: one at a time or at once, from a state that stays as it was", () => {
    const whole = foldLedger(book.entries, ALL);
    let state = emptyLedger;
    for (const entry of book.entries) {
      const before = structuredClone(state);
      const next = foldLedger([entry], ALL, state);
      expect(state).toEqual(before);
      state = next;
    }
    expect(state).toEqual(whole);
  });

  it("says the same with a memory of what verified as without", () => {
    const cache = new Set<string>();
    const first = foldLedger(book.entries, ALL, emptyLedger, cache);
    const size = cache.size;
    expect(size).toBeGreaterThan(book.entries.length);
    expect(foldLedger(book.entries, ALL, emptyLedger, cache)).toEqual(first);
    expect(cache.size).toBe(size);
    expect(first).toEqual(foldLedger(book.entries, ALL));
  });

  it("L5 MS-43 takes no clock: claimed times a year apart change nothing but what they claim", async () => {
    const fork = book.fork();
    const late = fork.frame(bob, { kind: "W", type: "invite_close", body: { invite: mintId(new Uint8Array(16)) } }).ts;
    const invite = fork.invite(fork.founder, { hours: 1 });
    const person = fork.mint.person("late");
    fork.add(person, fork.joinAct(person, invite), {
      ...fork.joinTwist(invite),
      frame: { ts: late + 365 * 86_400_000 },
    });
    expect(fork.state.users.has(person.user)).toBe(true);
  });
});
