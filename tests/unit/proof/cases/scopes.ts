// How to break each rule about private channels, DMs and epochs.
import { idBytes, mintId } from "@/lib/base/ids.ts";
import type { LinkAct } from "@/lib/protocol/link.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { inChain, roomAct, SCOPE_POLICY } from "@/tests/ledger-kit.ts";
import type { Case, World } from "./world.ts";
import { adding, leaving, readmitting, removal } from "./world.ts";

const newScope = ({ book }: World) => inChain(mintId<"scope">(book.mint.bytes(16)));
const role = (who: Person, to: "manager" | "member"): LinkAct => ({
  kind: "C",
  type: "scope_role",
  body: { user: who.user, role: to },
});
const policy = (change: Partial<typeof SCOPE_POLICY>): LinkAct => ({
  kind: "C",
  type: "scope_policy",
  body: { ...SCOPE_POLICY, ...change },
});
const ARCHIVE: LinkAct = { kind: "C", type: "scope_archive", body: {} };

export const SCOPE_CASES: readonly Case[] = [
  {
    rule: "L7 A scope’s id was never given, to nothing.",
    code: "proof/duplicate",
    link: ({ book, bob, carol, channel }) =>
      book.sign(bob, roomAct([bob, carol]), inChain(mintId<"scope">(idBytes(channel)))),
  },
  {
    rule: "L7 Guests make no channels, though they may write to people.",
    code: "proof/no-right",
    link: (world) => world.book.sign(world.guest, roomAct([world.guest, world.bob]), newScope(world)),
  },
  ...(["stranger", "gone", "bob"] as const).map(
    (who): Case => ({
      rule: "L7 A scope’s first members are its creator and other members, each once.",
      code: "proof/unknown-target",
      link: (world) => world.book.sign(world.bob, roomAct([world.bob, world[who]]), newScope(world)),
    }),
  ),
  {
    rule: "L7 A scope’s first members are its creator and other members, each once.",
    code: "proof/unknown-target",
    link: (world) => world.book.sign(world.bob, roomAct([world.carol, world.dave]), newScope(world)),
  },
  {
    rule: "L7 A DM is between two or more, and all may write.",
    code: "proof/bad-policy",
    link: (world) => world.book.sign(world.bob, roomAct([world.bob], { kind: "dm" }), newScope(world)),
  },
  {
    rule: "L7 A DM is between two or more, and all may write.",
    code: "proof/bad-policy",
    link: (world) => {
      const act = roomAct([world.bob, world.dave], { kind: "dm", policy: { post: "managers" } });
      return world.book.sign(world.bob, act, newScope(world));
    },
  },
  {
    rule: "L8 Of two DMs with the same set the first counts.",
    code: "proof/duplicate",
    link: (world) => world.book.sign(world.carol, roomAct([world.carol, world.bob], { kind: "dm" }), newScope(world)),
  },
  {
    rule: "L7 The scope exists.",
    code: "proof/unknown-target",
    link: (world) => world.book.sign(world.bob, adding(world.dave), newScope(world)),
  },
  {
    rule: "L8 Whoever changes a scope is its member.",
    code: "proof/not-member",
    link: ({ book, owner, room }) => book.sign(owner, leaving(owner), inChain(room)),
  },
  {
    rule: "L8 Whoever changes a scope is its member.",
    code: "proof/not-member",
    link: ({ book, admin, bob, carol, room }) => {
      // Rekeyed to a new card, a manager has no say until he is readmitted (invariant 14).
      const { anew, act } = book.rekeyAct(bob);
      book.add(admin, act);
      return book.sign(anew, leaving(carol), inChain(room));
    },
  },
  {
    rule: "L7 An archived scope changes no more; one may still leave it.",
    code: "may/archived",
    link: ({ book, bob, dave, archivedRoom }) => book.sign(bob, adding(dave), inChain(archivedRoom)),
  },
  {
    rule: "L8 A DM’s set is fixed.",
    code: "proof/no-right",
    link: ({ book, bob, dave, dm }) => book.sign(bob, adding(dave), inChain(dm)),
  },
  {
    rule: "L8 A DM’s set is fixed.",
    code: "proof/no-right",
    link: ({ book, bob, dm }) => book.sign(bob, leaving(bob), inChain(dm)),
  },
  {
    rule: "L8 A DM’s set is fixed.",
    code: "proof/no-right",
    link: ({ book, bob, dm }) => book.sign(bob, ARCHIVE, inChain(dm)),
  },
  {
    rule: "L7 Managers add, members by the scope’s policy; if no manager is left, all.",
    code: "proof/no-right",
    link: ({ book, carol, dave, room }) => book.sign(carol, adding(dave), inChain(room)),
  },
  {
    rule: "L7 Who is added is a member of the workspace.",
    code: "proof/unknown-target",
    link: ({ book, bob, goneOwner, room }) => book.sign(bob, adding(goneOwner), inChain(room)),
  },
  {
    rule: "L8 Who is added is not named there yet.",
    code: "proof/duplicate",
    link: ({ book, bob, carol, room }) => book.sign(bob, adding(carol), inChain(room)),
  },
  {
    rule: "L7 Managers remove, and anyone himself; if no manager is left, all.",
    code: "proof/no-right",
    link: ({ book, carol, bob, room }) => book.sign(carol, leaving(bob), inChain(room)),
  },
  {
    rule: "L7 Whom it is about is named there.",
    code: "proof/unknown-target",
    link: ({ book, bob, dave, room }) => book.sign(bob, role(dave, "manager"), inChain(room)),
  },
  {
    rule: "L7 Managers run a scope; if none is left, all.",
    code: "proof/no-right",
    link: ({ book, carol, room }) => book.sign(carol, policy({ post: "managers" }), inChain(room)),
  },
  {
    rule: "L7 A role in a scope is set to another than before.",
    code: "proof/duplicate",
    link: ({ book, bob, carol, room }) => book.sign(bob, role(carol, "member"), inChain(room)),
  },
  {
    rule: "L7 In a DM all may write.",
    code: "proof/bad-policy",
    link: ({ book, bob, dm }) => book.sign(bob, policy({ post: "managers" }), inChain(dm)),
  },
  {
    rule: "L8 Another readmits, nobody himself.",
    code: "proof/no-right",
    link: ({ book, bob, room }) => book.sign(bob, readmitting(bob), inChain(room)),
  },
  {
    rule: "L8 Who is readmitted is a member of the workspace again.",
    code: "proof/not-member",
    link: ({ book, bob, gone, room }) => book.sign(bob, readmitting(gone), inChain(room)),
  },
  {
    rule: "L8 Who is readmitted was out.",
    code: "proof/duplicate",
    link: ({ book, bob, carol, room }) => book.sign(bob, readmitting(carol), inChain(room)),
  },
];

export const EPOCH_CASES: readonly Case[] = [
  {
    rule: "L7 An epoch stands in the chain of its scope.",
    code: "proof/bad-epoch",
    link: ({ book, bob, room, dm }) => book.sign(bob, book.epochAct(room), inChain(dm)),
  },
  {
    rule: "L7 An epoch stands in the chain of its scope.",
    code: "proof/bad-epoch",
    link: ({ book, bob, room }) => {
      const { body } = book.epochAct(room) as Extract<LinkAct, { type: "epoch" }>;
      return book.sign(bob, { kind: "W", type: "epoch", body });
    },
  },
  {
    rule: "L7 A member who may write in the scope makes its epochs.",
    code: "proof/not-member",
    link: ({ book, owner, room }) => book.sign(owner, book.epochAct(room), inChain(room)),
  },
  {
    rule: "L7 A member who may write in the scope makes its epochs.",
    code: "proof/not-member",
    link: ({ book, guest }) => book.sign(guest, book.epochAct(book.scope)),
  },
  {
    rule: "L7 A member who may write in the scope makes its epochs.",
    code: "may/archived",
    link: ({ book, bob, archivedRoom }) => book.sign(bob, book.epochAct(archivedRoom), inChain(archivedRoom)),
  },
  {
    rule: "L7 A member who may write in the scope makes its epochs.",
    code: "proof/no-right",
    link: ({ book, bob, carol, room }) => {
      book.add(bob, policy({ post: "managers" }), inChain(room));
      return book.sign(carol, book.epochAct(room), inChain(room));
    },
  },
  ...[1, 3].map(
    (epoch): Case => ({
      rule: "E1 An epoch has the next number.",
      code: "proof/bad-epoch",
      link: ({ book, bob, room }) => book.sign(bob, book.epochAct(room, { epoch }), inChain(room)),
    }),
  ),
  {
    rule: "E1 An epoch is for exactly those to whom it is to be sealed at n−1.",
    code: "proof/bad-epoch",
    link: ({ book, bob, room, owner, carol }) => {
      // A rotation made before somebody went, put in place after.
      const before = book.epochAct(room);
      book.add(owner, removal(carol));
      return book.sign(bob, before, inChain(room));
    },
  },
  ...(["cut"] as const).map(
    (hist): Case => ({
      rule: "E1 E8 An epoch chains or cuts history as its scope’s kind of history has it.",
      code: "proof/bad-epoch",
      link: ({ book, bob, room }) => book.sign(bob, book.epochAct(room, { hist }), inChain(room)),
    }),
  ),
  {
    rule: "E1 E8 An epoch chains or cuts history as its scope’s kind of history has it.",
    code: "proof/bad-epoch",
    link: ({ book, bob, dm }) => book.sign(bob, book.epochAct(dm, { hist: "chain" }), inChain(dm)),
  },
];
