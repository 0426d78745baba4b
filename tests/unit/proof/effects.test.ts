// What valid links change: members, devices, keys, invites (PROTOCOL L7, D2, D3, D6, D7, I3 to I6).
import { beforeAll, describe, expect, it } from "vitest";
import type { InviteId } from "@/lib/base/ids.ts";
import { activeDevices, currentPuk, deviceActiveAt, isOpenAt, openInvites, roleAt } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { LinkAct } from "@/lib/protocol/link.ts";
import type { Invite, Person } from "@/tests/ledger-kit.ts";
import { Book, memberAct, POLICY, roleAct, sign } from "@/tests/ledger-kit.ts";

let start: Book;
let book: Book;
let owner: Person;
let admin: Person;
let bob: Person;
let carol: Person;
beforeAll(async () => {
  start = await Book.found("effects");
  owner = start.founder;
  start.rotate(owner);
  admin = start.member("admin", "admin");
  bob = start.member("bob");
  carol = start.member("carol");
});

const open = (id: InviteId) => openInvites(book.state).some((invite) => invite.id === id);
const person = (who: Person) => {
  const found = book.state.users.get(who.user);
  if (found === undefined) throw new Error(`${who.name} is nobody`);
  return found;
};

describe("people", () => {
  it("L6 the founder is owner, the workspace scope is full, and ws is the first link’s hash", async () => {
    const fresh = await Book.found("genesis");
    expect(roleAt(fresh.state, fresh.founder.user)).toBe("owner");
    expect(fresh.state.scopes.get(fresh.scope)).toMatchObject({ kind: "workspace", history: "full", epochs: [] });
    expect(latest(fresh.state.policy)).toEqual(POLICY);
    expect(fresh.state.ws).toBe(fresh.ws);
  });

  it("L7 roles hold from their link on, and not before", () => {
    book = start.fork();
    const before = book.state.n;
    book.setRole(owner, bob, "admin");
    book.remove(owner, bob);
    const { n } = book.state;
    expect([before, n - 1, n].map((at) => roleAt(book.state, bob.user, at))).toEqual(["member", "admin", null]);
    expect(roleAt(book.state, bob.user, 1)).toBeNull();
  });

  it("L7 one may leave, a second owner too, and then nothing of his counts", () => {
    book = start.fork();
    book.setRole(owner, bob, "owner");
    book.add(bob, memberAct("member_remove", bob));
    expect(book.try(bob, book.deviceAct(bob, book.mint.device()))).toBe("proof/not-member");
    expect(book.try(bob, book.resetAct(bob, [bob.device]))).toBe("proof/not-member");
    expect(deviceActiveAt(book.state, bob.device.id)).toBe(false);
    expect(activeDevices(book.state, bob.user)).toEqual([]);
    expect(book.try(owner, memberAct("member_remove", owner))).toBe("proof/last-owner");
  });

  it("L7 who is restored is a member, a guest a guest, whatever he was", () => {
    book = start.fork();
    const guest = book.member("guest", "guest");
    for (const who of [admin, guest, bob]) book.remove(owner, who);
    for (const who of [admin, guest, bob]) book.add(owner, memberAct("member_restore", who));
    expect([admin, guest, bob].map((who) => roleAt(book.state, who.user))).toEqual(["member", "guest", "member"]);
    expect(deviceActiveAt(book.state, bob.device.id)).toBe(true);
  });

  it("L7 two admins, one owner: the owner alone removes an admin and demotes one", () => {
    book = start.fork();
    book.setRole(owner, bob, "admin");
    expect(book.try(bob, memberAct("member_remove", admin))).toBe("proof/no-right");
    expect(book.try(bob, roleAct(carol, "admin"))).toBe("proof/no-right");
    expect(book.try(bob, memberAct("member_remove", carol))).toBeNull();
    expect(book.try(owner, memberAct("member_remove", admin))).toBeNull();
  });

  it("D7 a rekey to a new card replaces every key and keeps the person", () => {
    book = start.fork();
    const laptop = book.device(bob);
    const { anew, act } = book.rekeyAct(bob, { recovery: book.mint.recovery() });
    book.add(admin, act);
    const { n } = book.state;
    const now = person(bob);
    expect(latest(now.rik)).toEqual(anew.rik.publicKey);
    expect(now.rekeyedAt).toEqual([n]);
    expect(now.devices.get(bob.device.id)?.revokedAt).toBe(n);
    expect(now.devices.get(laptop.id)?.revokedAt).toBe(n);
    expect(activeDevices(book.state, bob.user).map(({ id }) => id)).toEqual([anew.device.id]);
    expect(currentPuk(book.state, bob.user)).toEqual(anew.puk);
    expect(roleAt(book.state, bob.user)).toBe("member");
    expect(now.recovery?.gen).toBe(1);
    expect(book.try(bob, book.deviceAct(bob, book.mint.device()))).toBe("proof/not-active");
    expect(book.try(anew, book.deviceAct(anew, book.mint.device()))).toBeNull();
  });

  it("D7 an announced root is in force by an admin’s rekey; PUK, devices and scopes continue", () => {
    book = start.fork();
    const room = book.room(bob, [carol]);
    const root = book.announceRoot(bob);
    expect(latest(person(bob).rik)).toEqual(bob.rik.publicKey);
    const { puks, devices } = person(bob);
    book.add(admin, { kind: "W", type: "rekey", body: { user: bob.user, card: null, root: root.publicKey } });
    expect(person(bob)).toMatchObject({ pendingRoot: null, rekeyedAt: [], puks, devices });
    expect(latest(person(bob).rik)).toEqual(root.publicKey);
    expect(book.state.scopes.get(room)?.revoking).toEqual([]);
    expect(book.try(bob, book.resetAct(bob, [bob.device]))).toBe("proof/bad-signature");
    expect(book.try({ ...bob, rik: root }, book.resetAct(bob, [bob.device]))).toBeNull();
  });

  it("I5 D7 a root key that came with a rekey, or was only announced, is nobody else’s", () => {
    book = start.fork();
    const { anew, act } = book.rekeyAct(bob);
    book.add(admin, act);
    const announced = book.announceRoot(carol);
    const invite = book.invite(admin, { mode: "approval" });
    for (const rik of [anew.rik, announced, bob.rik]) {
      const thief = { ...book.mint.person("thief"), rik };
      expect(book.try(admin, book.addAct(thief, invite))).toBe("proof/duplicate");
    }
  });

  it("D7 a sole owner puts his own root in force", () => {
    book = start.fork();
    const root = book.announceRoot(owner).publicKey;
    const act: LinkAct = { kind: "W", type: "rekey", body: { user: owner.user, card: null, root } };
    expect(book.try(admin, act)).toBe("proof/no-right");
    expect(book.try(owner, act)).toBeNull();
    expect(latest(person(owner).rik)).toEqual(root);
  });
});

describe("devices and recovery", () => {
  it("D1 a device acts from its link on, D2 until it is retired", () => {
    book = start.fork();
    const laptop = book.device(bob);
    const added = book.state.n;
    const other = { ...bob, device: laptop };
    book.add(other, book.revokeAct(bob, bob.device));
    const revoked = book.state.n;
    const active = (n: number) => deviceActiveAt(book.state, bob.device.id, n);
    expect([revoked - 1, revoked].map(active)).toEqual([true, false]);
    expect([added - 1, added].map((n) => deviceActiveAt(book.state, laptop.id, n))).toEqual([false, true]);
    expect(person(bob).devices.get(laptop.id)).toMatchObject({ addedBy: bob.device.id, user: bob.user });
    expect(currentPuk(book.state, bob.user)?.gen).toBe(2);
    expect(person(bob).puks.map(({ n, value }) => [n, value.gen])).toEqual([
      [person(bob).joinedAt, 1],
      [revoked, 2],
    ]);
    expect(book.try(bob, book.deviceAct(bob, book.mint.device()))).toBe("proof/not-active");
  });

  it("D2 a reset restates devices: those named stay or come, all others go, an announced root is forgotten", () => {
    book = start.fork();
    const laptop = book.device(bob);
    book.announceRoot({ ...bob, device: laptop });
    const fresh = book.mint.device();
    book.add(bob, book.resetAct(bob, [bob.device, fresh], book.mint.recovery()));
    const { n } = book.state;
    const now = person(bob);
    expect(now).toMatchObject({ pendingRoot: null, resetAt: [n] });
    expect(now.recovery?.gen).toBe(1);
    expect(now.devices.get(laptop.id)?.revokedAt).toBe(n);
    expect(now.devices.get(bob.device.id)).toMatchObject({ revokedAt: null });
    expect(now.devices.get(bob.device.id)?.addedAt).toBeLessThan(n);
    expect(now.devices.get(fresh.id)).toMatchObject({ addedAt: n, addedBy: null });
    expect(currentPuk(book.state, bob.user)?.gen).toBe(2);
    const again = book.resetAct(bob, [fresh]);
    book.add(bob, again);
    expect(person(bob).recovery?.gen).toBe(1);
  });

  it("D7 retiring the device that announced a root key drops that key, retiring another does not", () => {
    book = start.fork();
    const [laptop, phone] = [book.device(bob), book.device(bob)];
    const root = book.announceRoot({ ...bob, device: laptop });
    expect(person(bob).pendingRoot).toMatchObject({ device: laptop.id, rik: root.publicKey });
    book.add(bob, book.revokeAct(bob, phone));
    expect(person(bob).pendingRoot).not.toBeNull();
    book.add(bob, book.revokeAct(bob, laptop));
    expect(person(bob).pendingRoot).toBeNull();
    const act = { kind: "W", type: "rekey", body: { user: bob.user, card: null, root: root.publicKey } } as const;
    expect(book.try(admin, act)).toBe("proof/unknown-target");
  });

  it("D3 D4 recovery keys are set by the root key, generation after generation", () => {
    book = start.fork();
    for (const gen of [1, 2]) {
      const recovery = book.mint.recovery(gen);
      book.add(bob, { kind: "U", type: "recovery_set", body: { recovery } });
      expect(person(bob).recovery).toEqual(recovery);
    }
    const recovery = book.mint.recovery(3);
    const byDevice = book.sign(
      bob,
      { kind: "U", type: "recovery_set", body: { recovery } },
      { sign: (bytes) => sign("root", bob.device.sign, bytes) },
    );
    expect(book.judge(byDevice)).toBe("proof/bad-signature");
  });

  it("D6 a circle is set and dissolved", () => {
    book = start.fork();
    const helpers = [carol, admin].map(({ user }) => ({ user, hash: book.mint.bytes() }));
    book.add(bob, { kind: "U", type: "circle_set", body: { threshold: 2, helpers } });
    expect(person(bob).circle).toEqual({ threshold: 2, helpers });
    book.add(bob, { kind: "U", type: "circle_set", body: { threshold: 0, helpers: [] } });
    expect(person(bob).circle).toBeNull();
  });
});

describe("invites", () => {
  const join = (invite: Invite, name: string = "newcomer") => {
    const who = book.mint.person(name);
    return book.try(who, book.joinAct(who, invite), book.joinTwist(invite));
  };

  it("I3 I5 an invite serves as often as it says, then is closed", () => {
    book = start.fork();
    const invite = book.invite(admin, { maxUses: 2 });
    expect([join(invite, "one"), open(invite.id), join(invite, "two"), open(invite.id), join(invite, "three")]).toEqual(
      [null, true, null, false, "proof/invite-used"],
    );
    expect(book.state.invites.get(invite.id)?.usedBy).toHaveLength(2);
  });

  it("I4 I7 whoever is added by approval is known by invite, inviter and use", () => {
    book = start.fork();
    const invite = book.invite(admin, { mode: "approval", role: "guest", maxUses: 1 });
    const who = book.mint.person("guest");
    book.add(owner, book.addAct(who, invite));
    expect(person(who).via).toEqual({ invite: invite.id, by: owner.user, singleUse: true });
    expect(roleAt(book.state, who.user)).toBe("guest");
    expect(open(invite.id)).toBe(false);
  });

  it("I3 a closed invite lets nobody in, and was open until then", () => {
    book = start.fork();
    const invite = book.invite(admin);
    const { n } = book.state;
    book.add(carol, { kind: "W", type: "invite_close", body: { invite: invite.id } });
    expect(join(invite)).toBe("proof/invite-closed");
    expect(openInvites(book.state, n).map(({ id }) => id)).toContain(invite.id);
    expect(openInvites(book.state, n - 1).map(({ id }) => id)).not.toContain(invite.id);
    const found = book.state.invites.get(invite.id);
    expect(found !== undefined && isOpenAt(found, n + 1)).toBe(false);
  });

  it("I2 members invite by approval where the policy lets them", () => {
    book = start.fork();
    book.add(owner, { kind: "W", type: "policy_set", body: { ...POLICY, invites: "members" } });
    expect(book.try(bob, book.inviteAct(bob, { mode: "approval" }).act)).toBeNull();
    expect(book.try(bob, book.inviteAct(bob, { mode: "instant" }).act)).toBe("proof/no-right");
  });

  describe("I6 who or what goes may know the link: every open instant invite closes", () => {
    const goings: [string, () => void][] = [
      ["member_remove", () => book.remove(owner, bob)],
      ["a guest’s member_remove", () => book.remove(owner, book.member("guest", "guest"))],
      ["device_revoke", () => book.add(bob, book.revokeAct(bob, book.device(bob)))],
      ["user_reset", () => book.add(bob, book.resetAct(bob, [bob.device]))],
      ["rekey to a card", () => book.add(admin, book.rekeyAct(bob).act)],
      [
        "rekey to a root",
        () => {
          const root = book.announceRoot(bob).publicKey;
          book.add(admin, { kind: "W", type: "rekey", body: { user: bob.user, card: null, root } });
        },
      ],
    ];
    it.each(goings)("%s", (_, go) => {
      book = start.fork();
      const instants = [book.invite(admin), book.invite(owner)];
      const approval = book.invite(admin, { mode: "approval" });
      go();
      expect(instants.map(({ id }) => open(id))).toEqual([false, false]);
      expect(open(approval.id)).toBe(true);
      expect(instants.map((invite) => join(invite))).toEqual(["proof/invite-closed", "proof/invite-closed"]);
    });
  });

  it("I6 what does not take anything away closes nothing", () => {
    book = start.fork();
    const invite = book.invite(admin);
    book.device(bob);
    book.setRole(owner, carol, "admin");
    book.announceRoot(bob);
    book.rotate(owner);
    expect(open(invite.id)).toBe(true);
  });

  it("I6 removing or demoting an inviter closes all of his", () => {
    for (const [go, policy, left] of [
      [() => book.remove(owner, admin), "admins", [false, false]],
      [() => book.setRole(owner, admin, "member"), "admins", [false, false]],
      [() => book.setRole(owner, admin, "member"), "members", [false, true]],
      [() => book.setRole(owner, admin, "guest"), "members", [false, false]],
      [() => book.setRole(owner, admin, "owner"), "admins", [true, true]],
    ] as const) {
      book = start.fork();
      if (policy === "members")
        book.add(owner, { kind: "W", type: "policy_set", body: { ...POLICY, invites: "members" } });
      const his = [book.invite(admin), book.invite(admin, { mode: "approval" })];
      const others = book.invite(owner, { mode: "approval" });
      go();
      expect(his.map(({ id }) => open(id))).toEqual(left);
      expect(open(others.id)).toBe(true);
    }
  });
});
