// Epochs: whom they are for, what ends them, how history goes on (PROTOCOL E1, E4, E8, I6).
import { beforeAll, describe, expect, it } from "vitest";
import type { ScopeId } from "@/lib/base/ids.ts";
import { rcptHash } from "@/lib/proof/hash.ts";
import { currentEpoch, needsRotation, nextHist, recipients } from "@/lib/proof/queries.ts";
import type { LinkAct } from "@/lib/protocol/link.ts";
import type { Invite, Person } from "@/tests/ledger-kit.ts";
import { Book, inChain, memberAct, SCOPE_POLICY, scopeAct } from "@/tests/ledger-kit.ts";

let start: Book;
let book: Book;
let owner: Person;
let bob: Person;
let carol: Person;
let dave: Person;
let guest: Person;
let instant: Invite;
let room: ScopeId;
let later: ScopeId;
let dm: ScopeId;
beforeAll(async () => {
  start = await Book.found("epochs");
  owner = start.founder;
  [bob, carol, dave] = [start.member("bob"), start.member("carol"), start.member("dave")];
  guest = start.member("guest", "guest");
  room = start.room(bob, [carol, guest]);
  later = start.room(bob, [carol], { history: "since-join" });
  dm = start.room(bob, [carol], { kind: "dm" });
});

/** Every scope has an epoch, and none needs another. */
function settle(): Book {
  book = start.fork();
  instant = book.invite(owner);
  book.rotate(owner);
  for (const scope of [room, later, dm]) book.rotate(bob, scope);
  return book;
}

const names = () => ({ workspace: book.scope, room, later, dm });
const due = () =>
  Object.entries(names())
    .filter(([, scope]) => needsRotation(book.state, scope))
    .map(([name]) => name);

describe("E1 whom an epoch is for", () => {
  const ids = (scope: ScopeId, n?: number) => recipients(book.state, scope, n).map(({ id }) => id);

  it("E1 in the workspace scope: all but guests, and the open instant invites", () => {
    settle();
    const approval = book.invite(owner, { mode: "approval" });
    const found = recipients(book.state, book.scope);
    expect(new Set(found.map(({ id }) => id))).toEqual(
      new Set([owner, bob, carol, dave].map(({ user }) => user as string).concat(instant.id)),
    );
    expect(found.find(({ id }) => id === instant.id)).toMatchObject({ kind: "invite", gen: 0 });
    expect(found.map(({ id }) => id)).not.toContain(approval.id);
  });

  it("E1 in a private scope: its members, and their present PUKs", () => {
    settle();
    const before = book.state.n;
    const puk = book.nextPuk(carol);
    const laptop = book.device(carol);
    book.add(carol, { kind: "U", type: "device_revoke", body: { device: laptop.id, puk } });
    expect(new Set(ids(room))).toEqual(new Set([bob.user, carol.user, guest.user]));
    const of = (n: number) => recipients(book.state, room, n).find(({ id }) => id === carol.user);
    expect(of(before)).toMatchObject({ gen: 1, pub: carol.puk.pk });
    expect(of(book.state.n)).toMatchObject({ gen: 2, pub: puk.pk });
  });

  it("E1 is asked of the ledger at n−1: within a batch, after the link before", () => {
    settle();
    const stale = recipients(book.state, room);
    book.add(owner, memberAct("member_remove", carol));
    const rcpt = rcptHash(room, 2, stale);
    expect(book.try(bob, book.epochAct(room, { rcpt }), inChain(room))).toBe("proof/bad-epoch");
    expect(book.try(bob, book.epochAct(room), inChain(room))).toBeNull();
    expect(ids(room, book.state.n)).not.toContain(carol.user);
    expect(ids(room, book.state.n - 3)).toContain(carol.user);
  });

  it("E1 one too many, one too few, another key or generation, another epoch: void", () => {
    settle();
    const right = recipients(book.state, room);
    const [first] = right;
    if (first === undefined) throw new Error("nobody is there");
    const wrong = [
      [...right, { kind: "user", id: dave.user, gen: 1, pub: dave.puk.pk } as const],
      right.slice(1),
      [{ ...first, gen: 2 }, ...right.slice(1)],
      [{ ...first, pub: dave.puk.pk }, ...right.slice(1)],
    ];
    for (const entries of wrong)
      expect(book.try(bob, book.epochAct(room, { rcpt: rcptHash(room, 2, entries) }), inChain(room))).toBe(
        "proof/bad-epoch",
      );
    const otherEpoch = rcptHash(room, 3, right);
    expect(book.try(bob, book.epochAct(room, { rcpt: otherEpoch }), inChain(room))).toBe("proof/bad-epoch");
    const otherScope = rcptHash(later, 2, right);
    expect(book.try(bob, book.epochAct(room, { rcpt: otherScope }), inChain(room))).toBe("proof/bad-epoch");
    const shuffled = rcptHash(room, 2, [...right].reverse());
    expect(book.try(bob, book.epochAct(room, { rcpt: shuffled }), inChain(room))).toBeNull();
  });

  it("E1 any member rotates, and the epoch names him, his device and his claimed time", () => {
    settle();
    book.rotate(guest, room);
    expect(currentEpoch(book.state, room)).toMatchObject({
      epoch: 2,
      by: guest.user,
      device: guest.device.id,
      n: book.state.n,
    });
  });
});

describe("E4 what ends an epoch, and where", () => {
  it("E4 nothing is due right after rotations; everything before the first", () => {
    settle();
    expect(due()).toEqual([]);
    const fresh = book.room(dave, []);
    expect(needsRotation(book.state, fresh)).toBe(true);
    expect(currentEpoch(book.state, fresh)).toBeNull();
  });

  const role = (who: Person, to: "manager" | "member"): LinkAct => ({
    kind: "C",
    type: "scope_role",
    body: { user: who.user, role: to },
  });
  const changes: [string, () => void, string[]][] = [
    ["a member is removed", () => book.remove(owner, carol), ["workspace", "room", "later", "dm"]],
    ["a member of no private scope is removed", () => book.remove(owner, dave), ["workspace"]],
    ["a guest is removed (and the open invite with him)", () => book.remove(owner, guest), ["workspace", "room"]],
    [
      "a device is revoked",
      () => book.add(carol, book.revokeAct(carol, book.device(carol))),
      ["workspace", "room", "later", "dm"],
    ],
    [
      "a user resets",
      () => book.add(carol, book.resetAct(carol, [carol.device])),
      ["workspace", "room", "later", "dm"],
    ],
    [
      "a member is rekeyed to a card",
      () => book.add(owner, book.rekeyAct(carol).act),
      ["workspace", "room", "later", "dm"],
    ],
    [
      "an instant invite is closed",
      () => book.add(bob, { kind: "W", type: "invite_close", body: { invite: instant.id } }),
      ["workspace"],
    ],
    [
      "an instant invite is used up",
      () => {
        const once = book.invite(owner, { maxUses: 1 });
        book.rotate(owner);
        const who = book.mint.person("new");
        book.add(who, book.joinAct(who, once), book.joinTwist(once));
      },
      ["workspace"],
    ],
    ["a member becomes a guest", () => book.setRole(owner, dave, "guest"), ["workspace"]],
    ["one leaves a scope", () => book.add(carol, scopeAct("scope_remove", carol), inChain(room)), ["room"]],
    [
      "a manager is lowered",
      () => {
        book.add(bob, role(carol, "manager"), inChain(room));
        expect(due()).toEqual([]);
        book.add(bob, role(carol, "member"), inChain(room));
      },
      ["room"],
    ],
    [
      "one is added where history begins with joining",
      () => book.add(bob, scopeAct("scope_add", dave), inChain(later)),
      ["later"],
    ],
    [
      "one is readmitted where history begins with joining",
      () => {
        const { anew, act } = book.rekeyAct(carol);
        book.add(owner, act);
        for (const scope of [book.scope, room, later, dm]) book.rotate(bob, scope);
        book.add(bob, scopeAct("scope_readmit", anew), inChain(later));
        book.add(bob, scopeAct("scope_readmit", anew), inChain(room));
      },
      ["later"],
    ],
  ];
  it.each(changes)("E4 %s", (_, change, where) => {
    settle();
    change();
    expect(due()).toEqual(where);
    for (const scope of Object.values(names())) if (needsRotation(book.state, scope)) book.rotate(bob, scope);
    expect(due()).toEqual([]);
  });

  const harmless: [string, () => void][] = [
    ["one is added to a full scope", () => book.add(bob, scopeAct("scope_add", dave), inChain(room))],
    ["a device is added", () => void book.device(carol)],
    ["a root is announced", () => void book.announceRoot(carol)],
    [
      "an invite by approval is closed",
      () => {
        const { id } = book.invite(owner, { mode: "approval" });
        book.add(owner, { kind: "W", type: "invite_close", body: { invite: id } });
      },
    ],
    [
      "an invite is used, not up",
      () => {
        const who = book.mint.person("new");
        book.add(who, book.joinAct(who, instant), book.joinTwist(instant));
      },
    ],
    ["a role rises", () => book.setRole(owner, dave, "admin")],
    ["a guest becomes a member", () => book.setRole(owner, guest, "member")],
    [
      "a scope’s policy changes",
      () =>
        book.add(bob, { kind: "C", type: "scope_policy", body: { ...SCOPE_POLICY, post: "managers" } }, inChain(room)),
    ],
    ["a link is void", () => void book.try(carol, memberAct("member_remove", bob))],
  ];
  it.each(harmless)("E4 goes on though %s", (_, change) => {
    settle();
    change();
    expect(due()).toEqual([]);
  });

  it("E4 an admin’s role that falls without leaving the workspace ends nothing but his invites", () => {
    settle();
    book.setRole(owner, dave, "admin");
    book.setRole(owner, dave, "member");
    expect(due()).toEqual([]);
    book.setRole(owner, dave, "admin");
    book.invite(dave);
    book.rotate(owner);
    book.setRole(owner, dave, "member");
    expect(due()).toEqual(["workspace"]);
  });

  it("E4 who was out already does not end the epochs of scopes that he is not in", () => {
    settle();
    const { anew, act } = book.rekeyAct(carol);
    book.add(owner, act);
    for (const scope of [book.scope, room, later, dm]) book.rotate(bob, scope);
    book.add(bob, scopeAct("scope_remove", anew), inChain(room));
    expect(due()).toEqual([]);
    book.remove(owner, anew);
    expect(due()).toEqual(["workspace"]);
  });
});

describe("E8 how history goes on", () => {
  const hist = (scope: ScopeId) => {
    const found = book.state.scopes.get(scope);
    return found === undefined ? null : nextHist(found);
  };

  it("E8 epoch 1 is cut, then full history chains always", () => {
    book = start.fork();
    expect(hist(room)).toBe("cut");
    book.rotate(bob, room);
    expect(hist(room)).toBe("chain");
    book.add(bob, scopeAct("scope_add", dave), inChain(room));
    expect(hist(room)).toBe("chain");
    expect(book.try(bob, book.epochAct(room, { hist: "cut" }), inChain(room))).toBe("proof/bad-epoch");
    book.rotate(bob, room);
  });

  it("E8 since-join: the first epoch after an add is cut, the others chain", () => {
    settle();
    expect(hist(later)).toBe("chain");
    book.rotate(bob, later);
    book.add(bob, scopeAct("scope_add", dave), inChain(later));
    expect(hist(later)).toBe("cut");
    expect(book.try(bob, book.epochAct(later, { hist: "chain" }), inChain(later))).toBe("proof/bad-epoch");
    book.rotate(bob, later);
    expect(hist(later)).toBe("chain");
    book.add(bob, scopeAct("scope_remove", dave), inChain(later));
    expect(hist(later)).toBe("chain");
  });

  it("E8 L8 since-join: readmission is joining, too", () => {
    settle();
    const { anew, act } = book.rekeyAct(carol);
    book.add(owner, act);
    book.rotate(bob, later);
    book.add(bob, scopeAct("scope_readmit", anew), inChain(later));
    expect(hist(later)).toBe("cut");
  });
});
