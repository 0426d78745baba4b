// Who may read, write and delete where, and who was a valid author when (PROTOCOL M4, M8, section 4).
import { beforeAll, describe, expect, it } from "vitest";
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import { idBytes, mintId, stateChannel } from "@/lib/base/ids.ts";
import { mainChannel, selfScope } from "@/lib/proof/hash.ts";
import {
  currentEpoch,
  isSelfScope,
  judgeAuthor,
  mayDelete,
  mayReadChannel,
  mayWriteChannel,
  scopeOfChannel,
} from "@/lib/proof/queries.ts";
import type { LinkAct } from "@/lib/protocol/link.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { Book, inChain, SCOPE_POLICY, scopeAct } from "@/tests/ledger-kit.ts";

let start: Book;
let book: Book;
let owner: Person;
let admin: Person;
let bob: Person;
let carol: Person;
let guest: Person;
let general: ChannelId;
let room: ScopeId;
beforeAll(async () => {
  start = await Book.found("authors");
  owner = start.founder;
  admin = start.member("admin", "admin");
  [bob, carol] = [start.member("bob"), start.member("carol")];
  guest = start.member("guest", "guest");
  start.rotate(owner);
  general = start.channel(bob);
  room = start.room(bob, [carol, guest]);
  start.rotate(bob, room);
});

const selfOf = (who: Person) => mintId<"channel">(idBytes(selfScope(book.ws, who.user)));
const main = () => mainChannel(room);
const post = (who: "all" | "managers"): LinkAct => ({
  kind: "C",
  type: "scope_policy",
  body: { ...SCOPE_POLICY, post: who },
});
const publicPolicy = (who: "all" | "admins"): LinkAct => ({
  kind: "W",
  type: "channel_policy",
  body: { channel: general, post: who, retentionDays: 30 },
});
const reads = (channel: ChannelId) =>
  [owner, bob, carol, guest].map((who) => mayReadChannel(book.state, who.user, channel));
const writes = (channel: ChannelId, n?: number) =>
  [owner, bob, carol, guest].map((who) => mayWriteChannel(book.state, who.user, channel, n) === null);

describe("channels", () => {
  it("section 4, M13: channels and state channels have their scopes; self channels and unknown ones have none", () => {
    book = start.fork();
    expect(scopeOfChannel(book.state, general)).toBe(book.scope);
    expect(scopeOfChannel(book.state, stateChannel(book.scope))).toBe(book.scope);
    expect(scopeOfChannel(book.state, main())).toBe(room);
    expect(scopeOfChannel(book.state, stateChannel(room))).toBe(room);
    expect(scopeOfChannel(book.state, selfOf(bob))).toBeNull();
    expect(scopeOfChannel(book.state, mintId<"channel">(book.mint.bytes(16)))).toBeNull();
    expect(isSelfScope(book.ws, bob.user, selfOf(bob))).toBe(true);
    expect(isSelfScope(book.ws, carol.user, selfOf(bob))).toBe(false);
  });

  it("section 4: public ones are for all but guests, private ones for their members, self ones for one", () => {
    book = start.fork();
    const unknown = mintId<"channel">(book.mint.bytes(16));
    for (const channel of [general, stateChannel(book.scope)]) {
      expect(reads(channel)).toEqual([true, true, true, false]);
      expect(writes(channel)).toEqual([true, true, true, false]);
    }
    for (const channel of [main(), stateChannel(room)]) {
      expect(reads(channel)).toEqual([false, true, true, true]);
      expect(writes(channel)).toEqual([false, true, true, true]);
    }
    expect(reads(selfOf(carol))).toEqual([false, false, true, false]);
    expect(writes(selfOf(carol))).toEqual([false, false, true, false]);
    expect(reads(unknown)).toEqual([false, false, false, false]);
    expect(mayWriteChannel(book.state, bob.user, unknown)).toBe("proof/unknown-target");
  });

  it("M4 who may post follows the channel’s policy, as of then; state channels stay open to members", () => {
    book = start.fork();
    const { n } = book.state;
    book.add(bob, publicPolicy("admins"));
    expect(writes(general)).toEqual([true, false, false, false]);
    expect(writes(general, n)).toEqual([true, true, true, false]);
    expect(mayWriteChannel(book.state, admin.user, general)).toBeNull();
    expect(book.state.channels.get(general)?.retentionDays).toBe(30);
    book.add(bob, post("managers"), inChain(room));
    expect(writes(main())).toEqual([false, true, false, false]);
    expect(writes(main(), n)).toEqual([false, true, true, true]);
    expect(writes(stateChannel(room))).toEqual([false, true, true, true]);
    book.add(bob, scopeAct("scope_remove", bob), inChain(room));
    expect(writes(main())).toEqual([false, false, true, true]);
  });

  it("M4 nobody writes in what is archived, from then on", () => {
    book = start.fork();
    const { n } = book.state;
    book.add(bob, { kind: "W", type: "channel_archive", body: { channel: general } });
    book.add(bob, { kind: "C", type: "scope_archive", body: {} }, inChain(room));
    expect(mayWriteChannel(book.state, bob.user, general)).toBe("may/archived");
    expect(mayWriteChannel(book.state, bob.user, main())).toBe("may/archived");
    expect(mayWriteChannel(book.state, bob.user, stateChannel(room))).toBe("may/archived");
    expect(writes(general, n)).toEqual([true, true, true, false]);
    expect(mayWriteChannel(book.state, bob.user, general, 1)).toBe("proof/not-member");
    expect(mayWriteChannel(book.state, owner.user, general, 1)).toBe("proof/unknown-target");
    expect(reads(general)).toEqual([true, true, true, false]);
  });

  it("a public channel that somebody calls like a scope’s main channel is none", () => {
    book = start.fork();
    const act = { kind: "W", type: "channel_create", body: { channel: main() } } as const;
    expect(book.try(owner, act)).toBe("proof/duplicate");
    expect(scopeOfChannel(book.state, main())).toBe(room);
  });
});

describe("M4 valid authors", () => {
  const by = (who: Person, change: Partial<Parameters<typeof judgeAuthor>[1]> = {}) =>
    judgeAuthor(book.state, {
      user: who.user,
      device: who.device.id,
      channel: general,
      epoch: 1,
      n: book.state.n,
      ...change,
    });

  it("M4 a member with an active device, under an epoch that he knew", () => {
    book = start.fork();
    expect(by(bob)).toBeNull();
    expect(by(carol, { channel: main() })).toBeNull();
    expect(by(guest, { channel: main() })).toBeNull();
    expect(by(guest)).toBe("proof/not-member");
    expect(by(owner, { channel: main() })).toBe("proof/not-member");
    expect(by(bob, { channel: mintId<"channel">(book.mint.bytes(16)) })).toBe("proof/unknown-target");
  });

  it("M4 not with another’s device, an unknown one, or before it was added", () => {
    book = start.fork();
    expect(by(bob, { device: carol.device.id })).toBe("proof/not-active");
    expect(by(bob, { device: book.mint.device().id })).toBe("proof/not-active");
    const { n } = book.state;
    const laptop = book.device(bob);
    expect(by(bob, { device: laptop.id, n })).toBe("proof/not-active");
    expect(by(bob, { device: laptop.id })).toBeNull();
  });

  it("M4 not after the device was revoked, but what it wrote before stands", () => {
    book = start.fork();
    const laptop = book.device(bob);
    const { n } = book.state;
    book.add(bob, book.revokeAct(bob, laptop));
    expect(by(bob, { device: laptop.id })).toBe("proof/not-active");
    expect(by(bob, { device: laptop.id, n })).toBeNull();
  });

  it("M4 not after being removed, but before", () => {
    book = start.fork();
    const { n } = book.state;
    book.remove(owner, carol);
    expect(by(carol)).toBe("proof/not-member");
    expect(by(carol, { n })).toBeNull();
    expect(by(carol, { channel: main(), n })).toBeNull();
  });

  it("M4 not under an epoch that a revoking change had ended at the sender’s position", () => {
    book = start.fork();
    const { n } = book.state;
    book.remove(owner, carol);
    expect(by(bob)).toBe("proof/revoked-between");
    expect(by(bob, { n })).toBeNull();
    book.rotate(bob);
    expect(by(bob)).toBe("proof/revoked-between");
    expect(by(bob, { epoch: 2 })).toBeNull();
  });

  it("M4 not under an epoch before its link, nor one that does not exist", () => {
    book = start.fork();
    const epoch = currentEpoch(book.state, book.scope);
    expect(by(bob, { n: (epoch?.n ?? 0) - 1, channel: stateChannel(book.scope) })).toBe("proof/bad-epoch");
    expect(by(bob, { n: epoch?.n ?? 0, channel: stateChannel(book.scope) })).toBeNull();
    for (const wrong of [0, 2]) expect(by(bob, { epoch: wrong })).toBe("proof/bad-epoch");
  });

  it("L9 a sender who is ahead is not judged: fetch first", () => {
    book = start.fork();
    expect(by(bob, { n: book.state.n + 1 })).toBe("proof/unknown-target");
  });

  it("section 2: in the self scope the epoch is the generation of the PUK at that position", () => {
    book = start.fork();
    const { n } = book.state;
    const channel = selfOf(bob);
    expect(by(bob, { channel })).toBeNull();
    expect(by(carol, { channel })).toBe("proof/unknown-target");
    book.add(bob, book.revokeAct(bob, book.device(bob)));
    expect(by(bob, { channel })).toBe("proof/revoked-between");
    expect(by(bob, { channel, n })).toBeNull();
    expect(by(bob, { channel, epoch: 2 })).toBeNull();
    for (const epoch of [0, 3]) expect(by(bob, { channel, epoch })).toBe("proof/bad-epoch");
    expect(by(bob, { channel, epoch: 2, n })).toBe("proof/bad-epoch");
  });
});

describe("M8 who may delete", () => {
  const may = (who: Person, author: Person, channel: ChannelId, n?: number) =>
    mayDelete(book.state, { user: who.user, author: author.user, channel }, n) === null;

  it("M8 the author; in public channels an admin, in private ones a manager", () => {
    book = start.fork();
    const dm = book.room(bob, [carol], { kind: "dm" });
    expect([owner, admin, bob, carol].map((who) => may(who, carol, general))).toEqual([true, true, false, true]);
    expect([owner, admin, bob, carol, guest].map((who) => may(who, carol, main()))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
    expect([bob, carol].map((who) => may(who, carol, mainChannel(dm)))).toEqual([false, true]);
    expect(may(carol, bob, selfOf(bob))).toBe(false);
    expect(may(carol, bob, mintId<"channel">(book.mint.bytes(16)))).toBe(false);
  });

  it("M8 with the right held then", () => {
    book = start.fork();
    const { n } = book.state;
    book.setRole(owner, admin, "member");
    expect([may(admin, carol, general), may(admin, carol, general, n)]).toEqual([false, true]);
    book.add(owner, book.rekeyAct(bob).act);
    expect([may(bob, carol, main()), may(bob, carol, main(), n)]).toEqual([false, true]);
  });
});
