// Private scopes: who belongs, who runs them, and that no workspace role opens one (PROTOCOL L7, L8, section 4).
import { beforeAll, describe, expect, it } from "vitest";
import type { ScopeId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { mainChannel, selfScope } from "@/lib/proof/hash.ts";
import { isScopeMember, mayManage, scopeMembersAt, scopeRoleAt, scopesOf } from "@/lib/proof/queries.ts";
import type { ScopeState } from "@/lib/proof/state.ts";
import type { LinkAct } from "@/lib/protocol/link.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { Book, inChain, memberAct, roomAct, SCOPE_POLICY, scopeAct } from "@/tests/ledger-kit.ts";

let start: Book;
let book: Book;
let owner: Person;
let admin: Person;
let bob: Person;
let carol: Person;
let dave: Person;
let guest: Person;
let room: ScopeId;
beforeAll(async () => {
  start = await Book.found("scopes");
  owner = start.founder;
  admin = start.member("admin", "admin");
  [bob, carol, dave] = [start.member("bob"), start.member("carol"), start.member("dave")];
  guest = start.member("guest", "guest");
  room = start.room(bob, [carol, guest]);
});

const scope = (id: ScopeId = room): ScopeState => {
  const found = book.state.scopes.get(id);
  if (found === undefined) throw new Error("no such scope");
  return found;
};
const members = (id: ScopeId = room, n?: number) => new Set(scopeMembersAt(book.state, id, n));
const of = (...people: Person[]) => new Set(people.map(({ user }) => user));
const role = (who: Person, to: "manager" | "member"): LinkAct => ({
  kind: "C",
  type: "scope_role",
  body: { user: who.user, role: to },
});

describe("a private channel", () => {
  it("L7 is made and run by its creator, and by nobody’s workspace role", () => {
    book = start.fork();
    expect(members()).toEqual(of(bob, carol, guest));
    expect(scopeRoleAt(book.state, scope(), bob.user)).toBe("manager");
    for (const who of [owner, admin]) {
      for (const act of [scopeAct("scope_add", who), scopeAct("scope_remove", carol), role(carol, "manager")])
        expect(book.try(who, act, inChain(room))).toBe("proof/not-member");
      expect(book.try(who, book.epochAct(room), inChain(room))).toBe("proof/not-member");
    }
    expect(members()).toEqual(of(bob, carol, guest));
  });

  it("L7 its policy lets members add", () => {
    book = start.fork();
    expect(book.try(carol, scopeAct("scope_add", dave), inChain(room))).toBe("proof/no-right");
    book.add(bob, { kind: "C", type: "scope_policy", body: { ...SCOPE_POLICY, adds: "members" } }, inChain(room));
    expect(book.try(carol, scopeAct("scope_add", dave), inChain(room))).toBeNull();
    expect(book.try(carol, scopeAct("scope_remove", dave), inChain(room))).toBe("proof/no-right");
  });

  it("L7 one may leave, be added again, and is a member in between only", () => {
    book = start.fork();
    book.add(carol, scopeAct("scope_remove", carol), inChain(room));
    const left = book.state.n;
    expect(members()).toEqual(of(bob, guest));
    book.add(bob, scopeAct("scope_add", carol), inChain(room));
    expect(members(room, left - 1)).toEqual(of(bob, carol, guest));
    expect(members(room, left)).toEqual(of(bob, guest));
    expect(members(room, left + 1)).toEqual(of(bob, carol, guest));
  });

  it("L7 if no manager is left, all have his rights; while one is left, they do not", () => {
    book = start.fork();
    expect(mayManage(book.state, scope(), carol.user)).toBe(false);
    book.add(bob, scopeAct("scope_remove", bob), inChain(room));
    expect(mayManage(book.state, scope(), carol.user)).toBe(true);
    expect(mayManage(book.state, scope(), bob.user)).toBe(false);
    expect(book.try(carol, scopeAct("scope_add", dave), inChain(room))).toBeNull();
    book.add(guest, role(dave, "manager"), inChain(room));
    expect(book.try(carol, scopeAct("scope_remove", guest), inChain(room))).toBe("proof/no-right");
    expect(book.try(dave, scopeAct("scope_remove", guest), inChain(room))).toBeNull();
  });

  it("L7 a manager who is out of the workspace is no manager who is left", () => {
    book = start.fork();
    book.remove(owner, bob);
    expect(book.try(carol, scopeAct("scope_add", dave), inChain(room))).toBeNull();
  });

  it("L7 once archived it changes no more, but lets people go", () => {
    book = start.fork();
    book.add(bob, { kind: "C", type: "scope_archive", body: {} }, inChain(room));
    expect(scope().archivedAt).toBe(book.state.n);
    expect(book.try(bob, { kind: "C", type: "scope_archive", body: {} }, inChain(room))).toBe("may/archived");
    expect(book.try(carol, scopeAct("scope_remove", carol), inChain(room))).toBeNull();
    expect(members()).toEqual(of(bob, guest));
  });

  it("L7 ids are given once: not a person’s, a channel’s, a main or self channel’s, nor another scope’s", () => {
    book = start.fork();
    const channel = book.channel(bob);
    const used = [channel, room, mainChannel(room), selfScope(book.ws, carol.user), book.scope].map((id) =>
      mintId<"scope">(idBytes(id)),
    );
    for (const id of used.filter((one) => one !== room))
      expect(book.try(bob, roomAct([bob, dave]), inChain(id))).toBe("proof/duplicate");
    expect(book.try(bob, roomAct([bob, dave]), inChain(room))).toBe("proof/duplicate");
    for (const id of [...used, mintId<"scope">(idBytes(dave.user))])
      expect(
        book.try(bob, { kind: "W", type: "channel_create", body: { channel: mintId<"channel">(idBytes(id)) } }),
      ).toBe("proof/duplicate");
  });

  it("L7 what a void creation began stays void", () => {
    book = start.fork();
    const id = mintId<"scope">(book.mint.bytes(16));
    expect(book.try(guest, roomAct([guest, bob]), inChain(id))).toBe("proof/no-right");
    expect(book.try(bob, roomAct([bob]), inChain(id))).toBe("proof/duplicate");
    expect(book.try(bob, scopeAct("scope_add", carol), inChain(id))).toBe("proof/unknown-target");
    expect(book.try(bob, book.epochAct(id), inChain(id))).toBe("proof/bad-epoch");
    expect(book.state.scopes.has(id)).toBe(false);
  });
});

describe("a DM", () => {
  it("L8 has a fixed set in which nobody stands above the others", () => {
    book = start.fork();
    const dm = book.room(guest, [carol], { kind: "dm" });
    expect(scopeRoleAt(book.state, scope(dm), guest.user)).toBe("member");
    for (const act of [scopeAct("scope_add", bob), scopeAct("scope_remove", carol), role(carol, "manager")])
      expect(book.try(guest, act, inChain(dm))).toBe("proof/no-right");
    expect(
      book.try(carol, { kind: "C", type: "scope_policy", body: { ...SCOPE_POLICY, retentionDays: 7 } }, inChain(dm)),
    ).toBeNull();
  });

  it("L8 of two with the same set the first counts; subsets and supersets are others", () => {
    book = start.fork();
    const first = book.room(bob, [carol], { kind: "dm" });
    const second = mintId<"scope">(book.mint.bytes(16));
    expect(book.try(carol, roomAct([carol, bob], { kind: "dm" }), inChain(second))).toBe("proof/duplicate");
    expect(book.try(carol, book.epochAct(second), inChain(second))).toBe("proof/bad-epoch");
    expect(book.try(bob, book.epochAct(first), inChain(first))).toBeNull();
    book.room(bob, [carol, dave], { kind: "dm" });
    book.room(bob, [dave], { kind: "dm" });
    book.room(carol, [bob]);
    const dms = [...book.state.scopes.values()].filter(({ kind }) => kind === "dm");
    expect(dms).toHaveLength(3);
  });
});

describe("L8 who is in after being out", () => {
  it("L8 the removed are out everywhere, and after being restored still, until another readmits them", () => {
    book = start.fork();
    const dm = book.room(bob, [carol], { kind: "dm" });
    book.remove(owner, carol);
    const removed = book.state.n;
    expect(book.try(bob, scopeAct("scope_readmit", carol), inChain(room))).toBe("proof/not-member");
    book.add(owner, memberAct("member_restore", carol));
    expect(members()).toEqual(of(bob, guest));
    expect(members(room, removed - 1)).toEqual(of(bob, carol, guest));
    expect(scopesOf(book.state, carol.user).map(({ id }) => id)).toEqual([book.scope]);
    expect(book.try(bob, scopeAct("scope_add", carol), inChain(room))).toBe("proof/duplicate");
    expect(book.try(owner, scopeAct("scope_readmit", carol), inChain(room))).toBe("proof/not-member");
    expect(book.try(carol, scopeAct("scope_readmit", carol), inChain(room))).toBe("proof/not-member");
    book.add(guest, scopeAct("scope_readmit", carol), inChain(room));
    expect(members()).toEqual(of(bob, carol, guest));
    expect(members(room, removed)).toEqual(of(bob, guest));
    expect(members(room, book.state.n - 1)).toEqual(of(bob, guest));
    expect(members(dm)).toEqual(of(bob));
    book.add(bob, scopeAct("scope_readmit", carol), inChain(dm));
    expect(members(dm)).toEqual(of(bob, carol));
  });

  it("L8 readmission holds until the next removal only", () => {
    book = start.fork();
    for (let i = 0; i < 2; i += 1) {
      book.remove(owner, carol);
      book.add(owner, memberAct("member_restore", carol));
      expect(isScopeMember(book.state, scope(), carol.user)).toBe(false);
      book.add(bob, scopeAct("scope_readmit", carol), inChain(room));
      expect(isScopeMember(book.state, scope(), carol.user)).toBe(true);
    }
  });

  it("L8 MS-46 invariant 14: an admin’s rekey of a partner opens no private scope and no DM, not even a new one", () => {
    book = start.fork();
    const dm = book.room(bob, [carol], { kind: "dm" });
    const { anew, act } = book.rekeyAct(carol);
    book.add(admin, act);
    expect(members()).toEqual(of(bob, guest));
    expect(members(dm)).toEqual(of(bob));
    expect(book.try(anew, scopeAct("scope_readmit", carol), inChain(dm))).toBe("proof/not-member");
    expect(book.try(anew, book.epochAct(dm), inChain(dm))).toBe("proof/not-member");
    const again = mintId<"scope">(book.mint.bytes(16));
    expect(book.try(anew, roomAct([anew, bob], { kind: "dm" }), inChain(again))).toBe("proof/duplicate");
    expect(scopeMembersAt(book.state, book.scope)).toContain(anew.user);
    book.add(bob, scopeAct("scope_readmit", anew), inChain(dm));
    expect(members(dm)).toEqual(of(bob, carol));
  });

  it("L8 who was named after coming back needs no readmission there", () => {
    book = start.fork();
    book.remove(owner, carol);
    book.add(owner, memberAct("member_restore", carol));
    const fresh = book.room(bob, [carol]);
    expect(members(fresh)).toEqual(of(bob, carol));
    book.add(bob, scopeAct("scope_remove", carol), inChain(room));
    book.add(bob, scopeAct("scope_add", carol), inChain(room));
    expect(members()).toEqual(of(bob, carol, guest));
  });

  it("L8 a role within the scope is no readmission", () => {
    book = start.fork();
    book.add(owner, book.rekeyAct(carol).act);
    book.add(bob, role(carol, "manager"), inChain(room));
    expect(isScopeMember(book.state, scope(), carol.user)).toBe(false);
    expect(scopeRoleAt(book.state, scope(), carol.user)).toBeNull();
  });

  it("section 4: guests are in private scopes and not in the workspace’s", () => {
    book = start.fork();
    expect(scopeMembersAt(book.state, book.scope)).not.toContain(guest.user);
    book.setRole(owner, guest, "member");
    expect(scopeMembersAt(book.state, book.scope)).toContain(guest.user);
    expect(scopeMembersAt(book.state, mintId<"scope">(book.mint.bytes(16)))).toEqual([]);
  });
});
