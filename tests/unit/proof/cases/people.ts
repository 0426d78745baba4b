// How to break each rule about envelopes, cards, members and roles.
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { selfScope } from "@/lib/proof/hash.ts";
import { cardOf, mintChain, POLICY, roleAct, sign } from "@/tests/ledger-kit.ts";
import type { Case } from "./world.ts";
import { removal } from "./world.ts";

export const ENVELOPE_CASES: readonly Case[] = [
  {
    rule: "L6 The first link creates the workspace, and no other does.",
    code: "proof/duplicate",
    link: ({ book, stranger }) => {
      const card = cardOf(stranger, book.ws);
      return book.sign(stranger, {
        kind: "W",
        type: "ws_create",
        body: { card, policy: POLICY, salt: book.mint.bytes(16) },
      });
    },
  },
  {
    rule: "L1 A link names the workspace in which it stands.",
    code: "proof/wrong-workspace",
    link: ({ book, bob }) => book.sign(bob, removal(bob), { frame: { ws: mintId(book.mint.bytes()) } }),
  },
  {
    rule: "L7 Whoever acts is a member.",
    code: "proof/not-member",
    link: ({ book, gone }) =>
      book.sign(gone, { kind: "W", type: "channel_create", body: { channel: mintId(book.mint.bytes(16)) } }),
  },
  {
    rule: "L7 The acting device is the actor’s own and active.",
    code: "proof/not-active",
    link: ({ book, carol, revoked }) => book.sign(carol, removal(carol), { device: revoked }),
  },
  {
    rule: "L7 The acting device is the actor’s own and active.",
    code: "proof/not-active",
    link: ({ book, bob, owner }) => book.sign(owner, removal(owner), { device: bob.device }),
  },
  {
    rule: "L7 What the root key signs names no device.",
    code: "proof/not-active",
    link: ({ book, bob }) => {
      const act = book.resetAct(bob, [bob.device]);
      return book.sign(bob, act, { frame: { device: bob.device.id } });
    },
  },
  {
    rule: "L6 I5 Whoever brings his own card acts as the person and device on it.",
    code: "proof/bad-card",
    link: ({ book, stranger, bob, instant }) =>
      book.sign(stranger, book.joinAct(stranger, instant), { ...book.joinTwist(instant), frame: { user: bob.user } }),
  },
  {
    rule: "C2 The acting device signed the link.",
    code: "proof/bad-signature",
    link: ({ book, bob, carol }) =>
      book.sign(bob, removal(bob), { sign: (bytes) => sign("link", carol.device.sign, bytes) }),
  },
  {
    rule: "L7 The root key signed the link.",
    code: "proof/bad-signature",
    link: ({ book, bob }) =>
      book.sign(bob, book.resetAct(bob, [bob.device]), { sign: (bytes) => sign("link", bob.device.sign, bytes) }),
  },
  {
    rule: "L6 I5 The card’s device signed the link.",
    code: "proof/bad-signature",
    link: ({ book, stranger, bob, instant }) =>
      book.sign(stranger, book.joinAct(stranger, instant), {
        ...book.joinTwist(instant),
        sign: (bytes) => sign("link", bob.device.sign, bytes),
      }),
  },
  {
    rule: "L1 A second signature stands where one belongs and nowhere else.",
    code: "proof/bad-signature",
    link: ({ book, bob }) => book.sign(bob, removal(bob), { extra: (bytes) => sign("invite", bob.rik, bytes) }),
  },
  {
    rule: "L7 A person’s chain holds his own links alone.",
    code: "proof/no-right",
    link: ({ book, bob, carol }) =>
      book.sign(bob, book.deviceAct(bob, book.mint.device()), { chain: mintChain(carol.user) }),
  },
];

export const CARD_CASES: readonly Case[] = [
  {
    rule: "I1 A card is made for this workspace; the founder’s names none.",
    code: "proof/wrong-workspace",
    link: ({ book, stranger, instant }) => {
      const card = cardOf(stranger, mintId(book.mint.bytes()));
      const act = { kind: "W", type: "member_join", body: { card, invite: instant.id } } as const;
      return book.sign(stranger, act, book.joinTwist(instant));
    },
  },
  {
    rule: "C4 Every key on a card is valid.",
    code: "proof/bad-key",
    link: ({ book, stranger, instant }) => {
      const card = cardOf(stranger, book.ws, { puk: { gen: 1, pk: new Uint8Array(1216).fill(255) } });
      const act = { kind: "W", type: "member_join", body: { card, invite: instant.id } } as const;
      return book.sign(stranger, act, book.joinTwist(instant));
    },
  },
  ...(["rikSig", "popSig"] as const).map(
    (field): Case => ({
      rule: "C2 A card is signed by its root key and its device.",
      code: "proof/bad-signature",
      link: ({ book, stranger, owner, approval }) => {
        const card = { ...cardOf(stranger, book.ws), [field]: new Uint8Array(64) };
        const inviteSig = sign("invite", approval.sign, card.card);
        return book.sign(owner, { kind: "W", type: "member_add", body: { card, invite: approval.id, inviteSig } });
      },
    }),
  ),
  {
    rule: "I5 A newcomer’s id was never given.",
    code: "proof/duplicate",
    link: ({ book, stranger, owner, gone, approval }) =>
      book.sign(owner, book.addAct({ ...stranger, user: gone.user }, approval)),
  },
  {
    rule: "I5 A newcomer’s id was never given.",
    code: "proof/duplicate",
    link: ({ book, stranger, owner, approval }) => {
      // Somebody had made a public channel of what would be the newcomer's own self channel.
      const channel = mintId<"channel">(idBytes(selfScope(book.ws, stranger.user)));
      book.add(owner, { kind: "W", type: "channel_create", body: { channel } });
      return book.sign(owner, book.addAct(stranger, approval));
    },
  },
  {
    rule: "I5 D7 A card’s root key is new.",
    code: "proof/duplicate",
    link: ({ book, stranger, owner, gone, approval }) =>
      book.sign(owner, book.addAct({ ...stranger, rik: gone.rik }, approval)),
  },
  {
    rule: "I5 D7 A card’s device is new.",
    code: "proof/duplicate",
    link: ({ book, stranger, owner, gone, approval }) =>
      book.sign(owner, book.addAct({ ...stranger, device: gone.device }, approval)),
  },
  {
    rule: "D3 A newcomer’s PUK and recovery keys are the first.",
    code: "proof/bad-card",
    link: ({ book, stranger, owner, approval }) =>
      book.sign(owner, book.addAct({ ...stranger, puk: { ...stranger.puk, gen: 2 } }, approval)),
  },
  {
    rule: "D7 A new card goes on counting the generations of its person’s PUK and recovery keys.",
    code: "proof/bad-card",
    link: ({ book, admin, bob }) =>
      book.sign(admin, book.rekeyAct(bob, { puk: { gen: 1, pk: book.mint.kemKey() } }).act),
  },
  {
    rule: "D7 A new card goes on counting the generations of its person’s PUK and recovery keys.",
    code: "proof/bad-card",
    link: ({ book, admin, bob }) => book.sign(admin, book.rekeyAct(bob, { recovery: book.mint.recovery(2) }).act),
  },
  {
    rule: "D7 A new card is made out to the person whom it gets back in.",
    code: "proof/bad-card",
    link: ({ book, admin, bob, dave }) => {
      const { body } = book.rekeyAct(bob).act;
      return book.sign(admin, { kind: "W", type: "rekey", body: { ...body, user: dave.user } });
    },
  },
];

export const PEOPLE_CASES: readonly Case[] = [
  {
    rule: "L7 Whom it is about is a member.",
    code: "proof/unknown-target",
    link: ({ book, owner, gone }) => book.sign(owner, removal(gone)),
  },
  {
    rule: "L7 A member is removed by himself or an admin, an admin or owner by an owner.",
    code: "proof/no-right",
    link: ({ book, bob, carol }) => book.sign(bob, removal(carol)),
  },
  {
    rule: "L7 A member is removed by himself or an admin, an admin or owner by an owner.",
    code: "proof/no-right",
    link: ({ book, admin, carol, owner }) => {
      book.setRole(owner, carol, "admin");
      return book.sign(admin, removal(carol));
    },
  },
  {
    rule: "L7 The last owner is never removed.",
    code: "proof/last-owner",
    link: ({ book, owner }) => book.sign(owner, removal(owner)),
  },
  {
    rule: "L7 Who is restored was a member once.",
    code: "proof/unknown-target",
    link: ({ book, owner, stranger }) =>
      book.sign(owner, { kind: "W", type: "member_restore", body: { user: stranger.user } }),
  },
  {
    rule: "L7 Who is restored is no member now.",
    code: "proof/duplicate",
    link: ({ book, owner, bob }) => book.sign(owner, { kind: "W", type: "member_restore", body: { user: bob.user } }),
  },
  {
    rule: "L7 An admin restores; a former owner, an owner.",
    code: "proof/no-right",
    link: ({ book, bob, gone }) => book.sign(bob, { kind: "W", type: "member_restore", body: { user: gone.user } }),
  },
  {
    rule: "L7 An admin restores; a former owner, an owner.",
    code: "proof/no-right",
    link: ({ book, admin, goneOwner }) =>
      book.sign(admin, { kind: "W", type: "member_restore", body: { user: goneOwner.user } }),
  },
  {
    rule: "L7 An owner sets roles.",
    code: "proof/no-right",
    link: ({ book, admin, bob }) => book.sign(admin, roleAct(bob, "admin")),
  },
  {
    rule: "L7 A role that is set is another than before.",
    code: "proof/duplicate",
    link: ({ book, owner, bob }) => book.sign(owner, roleAct(bob, "member")),
  },
  {
    rule: "L7 The last owner keeps the role.",
    code: "proof/last-owner",
    link: ({ book, owner }) => book.sign(owner, roleAct(owner, "admin")),
  },
  {
    rule: "D7 A rekey brings either a card or a root key.",
    code: "proof/bad-card",
    link: ({ book, admin, bob }) =>
      book.sign(admin, { kind: "W", type: "rekey", body: { user: bob.user, card: null, root: null } }),
  },
  {
    rule: "D7 Another admin rekeys, of an owner another owner; a sole owner renews his root alone.",
    code: "proof/no-right",
    link: ({ book, carol, bob }) => book.sign(carol, book.rekeyAct(bob).act),
  },
  {
    rule: "D7 Another admin rekeys, of an owner another owner; a sole owner renews his root alone.",
    code: "proof/no-right",
    link: ({ book, admin, owner }) => book.sign(admin, book.rekeyAct(owner).act),
  },
  {
    rule: "D7 Another admin rekeys, of an owner another owner; a sole owner renews his root alone.",
    code: "proof/no-right",
    link: ({ book, admin }) => {
      const root = book.announceRoot(admin).publicKey;
      return book.sign(admin, { kind: "W", type: "rekey", body: { user: admin.user, card: null, root } });
    },
  },
  {
    rule: "D7 Another admin rekeys, of an owner another owner; a sole owner renews his root alone.",
    code: "proof/no-right",
    link: ({ book, owner, carol }) => {
      book.setRole(owner, carol, "owner");
      const root = book.announceRoot(owner).publicKey;
      return book.sign(owner, { kind: "W", type: "rekey", body: { user: owner.user, card: null, root } });
    },
  },
  {
    rule: "D7 A root key comes into force as its person announced it.",
    code: "proof/unknown-target",
    link: ({ book, admin, bob }) => {
      book.announceRoot(bob);
      const root = book.mint.signPair().publicKey;
      return book.sign(admin, { kind: "W", type: "rekey", body: { user: bob.user, card: null, root } });
    },
  },
];
