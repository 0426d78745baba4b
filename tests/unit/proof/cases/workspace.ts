// How to break each rule about invites, policy, channels, devices and recovery.
import { mintId } from "@/lib/base/ids.ts";
import { inviteId } from "@/lib/proof/hash.ts";
import type { LinkAct } from "@/lib/protocol/link.ts";
import { cardOf, POLICY, sign, withKeys } from "@/tests/ledger-kit.ts";
import type { Case, World } from "./world.ts";

type InviteBody = Extract<LinkAct, { type: "invite_create" }>["body"];

/** An invite of the admin with something wrong; its id fits again unless that is what is wrong. */
function wrongInvite({ book, admin }: World, change: Partial<InviteBody>, mode: "instant" | "approval" = "instant") {
  const body = { ...book.inviteAct(admin, { mode }).act.body, ...change };
  const invite = change.invite ?? inviteId(book.ws, admin.rik.publicKey, body.sign, body.box, body.kem);
  return book.sign(admin, { kind: "W", type: "invite_create", body: { ...body, invite } });
}

const HOUR_MS = 3_600_000;

export const INVITE_CASES: readonly Case[] = [
  {
    rule: "L7 An admin invites; a member where the policy lets him, by approval only.",
    code: "proof/no-right",
    link: ({ book, bob }) => book.sign(bob, book.inviteAct(bob, { mode: "approval" }).act),
  },
  {
    rule: "L7 An admin invites; a member where the policy lets him, by approval only.",
    code: "proof/no-right",
    link: ({ book, owner, bob }) => {
      book.add(owner, { kind: "W", type: "policy_set", body: { ...POLICY, invites: "members" } });
      return book.sign(bob, book.inviteAct(bob, { mode: "instant" }).act);
    },
  },
  {
    rule: "L7 An admin invites; a member where the policy lets him, by approval only.",
    code: "proof/no-right",
    link: ({ book, owner, guest }) => {
      book.add(owner, { kind: "W", type: "policy_set", body: { ...POLICY, invites: "members" } });
      return book.sign(guest, book.inviteAct(guest, { mode: "approval" }).act);
    },
  },
  {
    rule: "I2 An instant invite has a KEM key, one by approval none.",
    code: "proof/bad-invite",
    link: (world) => wrongInvite(world, { kem: null }),
  },
  {
    rule: "I2 An instant invite has a KEM key, one by approval none.",
    code: "proof/bad-invite",
    link: (world) => wrongInvite(world, { kem: world.book.mint.kemKey() }, "approval"),
  },
  {
    rule: "I2 An instant invite lets in members, not guests.",
    code: "proof/bad-invite",
    link: (world) => wrongInvite(world, { role: "guest" }),
  },
  {
    rule: "I2 An instant invite serves at most 25 times, one by approval 1,000 times.",
    code: "proof/bad-invite",
    link: (world) => wrongInvite(world, { maxUses: 26 }),
  },
  {
    rule: "I2 An instant invite serves at most 25 times, one by approval 1,000 times.",
    code: "proof/bad-invite",
    link: (world) => wrongInvite(world, { maxUses: 1001 }, "approval"),
  },
  {
    rule: "I2 An instant invite lasts at most 72 hours, one by approval 30 days.",
    code: "proof/bad-invite",
    link: (world) => {
      const { ts } = world.book.frame(world.admin, world.book.inviteAct(world.admin).act);
      return wrongInvite(world, { expires: ts + 72 * HOUR_MS + 1 });
    },
  },
  {
    rule: "I2 An instant invite lasts at most 72 hours, one by approval 30 days.",
    code: "proof/bad-invite",
    link: (world) => {
      const { ts } = world.book.frame(world.admin, world.book.inviteAct(world.admin).act);
      return wrongInvite(world, { expires: ts }, "approval");
    },
  },
  {
    rule: "C4 An invite’s keys are valid.",
    code: "proof/bad-key",
    link: (world) => wrongInvite(world, { sign: new Uint8Array(32) }),
  },
  {
    rule: "C4 An invite’s keys are valid.",
    code: "proof/bad-key",
    link: (world) => wrongInvite(world, { kem: new Uint8Array(1216).fill(255) }),
  },
  {
    rule: "I1 An invite’s id is the hash of workspace, inviter and keys.",
    code: "proof/bad-invite",
    link: (world) => wrongInvite(world, { invite: mintId(world.book.mint.bytes(16)) }),
  },
  {
    rule: "I1 An invite is made once.",
    code: "proof/duplicate",
    link: ({ book, admin }) => {
      const { act } = book.inviteAct(admin);
      book.add(admin, act);
      return book.sign(admin, act);
    },
  },
  {
    rule: "L7 Any member closes invites, guests do not.",
    code: "proof/no-right",
    link: ({ book, guest, instant }) =>
      book.sign(guest, { kind: "W", type: "invite_close", body: { invite: instant.id } }),
  },
  {
    rule: "I3 The invite exists.",
    code: "proof/bad-invite",
    link: ({ book, bob }) =>
      book.sign(bob, { kind: "W", type: "invite_close", body: { invite: mintId(book.mint.bytes(16)) } }),
  },
  {
    rule: "I3 The invite is open: neither closed nor used up.",
    code: "proof/invite-closed",
    link: ({ book, stranger, closed }) => book.sign(stranger, book.joinAct(stranger, closed), book.joinTwist(closed)),
  },
  {
    rule: "I3 The invite is open: neither closed nor used up.",
    code: "proof/invite-used",
    link: ({ book, stranger, admin }) => {
      const once = book.invite(admin, { maxUses: 1 });
      const first = book.mint.person("first");
      book.add(first, book.joinAct(first, once), book.joinTwist(once));
      return book.sign(stranger, book.joinAct(stranger, once), book.joinTwist(once));
    },
  },
  {
    rule: "I4 An admin adds.",
    code: "proof/no-right",
    link: ({ book, stranger, bob, approval }) => book.sign(bob, book.addAct(stranger, approval)),
  },
  {
    rule: "I4 An admin adds by an invite that asks for approval.",
    code: "proof/bad-invite",
    link: ({ book, stranger, admin, instant }) => book.sign(admin, book.addAct(stranger, instant)),
  },
  {
    rule: "I5 One joins by oneself by an instant invite only.",
    code: "proof/bad-invite",
    link: ({ book, stranger, approval }) =>
      book.sign(stranger, book.joinAct(stranger, approval), book.joinTwist(approval)),
  },
  {
    rule: "I4 The invite’s key signed the newcomer’s card.",
    code: "proof/bad-signature",
    link: ({ book, stranger, admin, approval }) => {
      const card = cardOf(stranger, book.ws);
      const inviteSig = sign("invite", admin.rik, card.card);
      return book.sign(admin, { kind: "W", type: "member_add", body: { card, invite: approval.id, inviteSig } });
    },
  },
  {
    rule: "I5 The invite’s key signed the link.",
    code: "proof/bad-signature",
    link: ({ book, stranger, instant }) =>
      book.sign(stranger, book.joinAct(stranger, instant), { extra: (bytes) => sign("invite", stranger.rik, bytes) }),
  },
];

export const WORKSPACE_CASES: readonly Case[] = [
  {
    rule: "L7 An owner sets the policy and names releases.",
    code: "proof/no-right",
    link: ({ book, admin }) =>
      book.sign(admin, { kind: "W", type: "policy_set", body: { ...POLICY, channels: "admins" } }),
  },
  {
    rule: "L7 A member makes public channels where the policy lets him, an admin always.",
    code: "proof/no-right",
    link: ({ book, owner, bob }) => {
      book.add(owner, { kind: "W", type: "policy_set", body: { ...POLICY, channels: "admins" } });
      return book.sign(bob, { kind: "W", type: "channel_create", body: { channel: mintId(book.mint.bytes(16)) } });
    },
  },
  {
    rule: "L7 A member makes public channels where the policy lets him, an admin always.",
    code: "proof/no-right",
    link: ({ book, guest }) =>
      book.sign(guest, { kind: "W", type: "channel_create", body: { channel: mintId(book.mint.bytes(16)) } }),
  },
  {
    rule: "L7 A channel’s id was never given, to nothing.",
    code: "proof/duplicate",
    link: ({ book, bob, channel }) => book.sign(bob, { kind: "W", type: "channel_create", body: { channel } }),
  },
  {
    rule: "L7 The channel exists.",
    code: "proof/unknown-target",
    link: ({ book, owner }) =>
      book.sign(owner, { kind: "W", type: "channel_archive", body: { channel: mintId(book.mint.bytes(16)) } }),
  },
  {
    rule: "L7 A channel is archived once, and nothing more after.",
    code: "may/archived",
    link: ({ book, bob, archived }) =>
      book.sign(bob, { kind: "W", type: "channel_policy", body: { channel: archived, post: "all", retentionDays: 1 } }),
  },
  {
    rule: "L7 A channel’s creator or an admin runs it.",
    code: "proof/no-right",
    link: ({ book, carol, channel }) => book.sign(carol, { kind: "W", type: "channel_archive", body: { channel } }),
  },
  {
    rule: "L7 A channel’s creator or an admin runs it.",
    code: "proof/no-right",
    link: ({ book, owner, bob, channel }) => {
      book.setRole(owner, bob, "guest");
      return book.sign(bob, { kind: "W", type: "channel_archive", body: { channel } });
    },
  },
];

export const DEVICE_CASES: readonly Case[] = [
  {
    rule: "C4 A new device’s keys are valid.",
    code: "proof/bad-key",
    link: ({ book, bob }) => {
      const device = book.mint.device();
      const keys = { ...device.keys, kem: new Uint8Array(1216).fill(255) };
      return book.sign(bob, book.deviceAct(bob, withKeys(device, keys)));
    },
  },
  {
    rule: "D1 A new device was never anybody’s.",
    code: "proof/duplicate",
    link: ({ book, bob, gone }) => book.sign(bob, book.deviceAct(bob, gone.device)),
  },
  {
    rule: "L7 A new device shows that it holds its key, for this person here.",
    code: "proof/bad-signature",
    link: ({ book, bob, carol }) => {
      const forAnother = book.deviceAct(carol, book.mint.device());
      return book.sign(bob, forAnother);
    },
  },
  {
    rule: "D2 A retired device is one’s own and active.",
    code: "proof/unknown-target",
    link: ({ book, bob, carol }) => book.sign(bob, book.revokeAct(bob, carol.device)),
  },
  {
    rule: "D2 A retired device is one’s own and active.",
    code: "proof/unknown-target",
    link: ({ book, carol, revoked }) => book.sign(carol, book.revokeAct(carol, revoked)),
  },
  {
    rule: "D2 A device is retired from another.",
    code: "proof/no-right",
    link: ({ book, bob }) => book.sign(bob, book.revokeAct(bob, bob.device)),
  },
  {
    rule: "D2 A revocation brings the next generation of the PUK.",
    code: "proof/bad-key",
    link: ({ book, bob, laptop }) => {
      const puk = { gen: 3, pk: book.mint.kemKey() };
      return book.sign(bob, { kind: "U", type: "device_revoke", body: { device: laptop.id, puk } });
    },
  },
  {
    rule: "C4 Every device that a reset restates has valid keys.",
    code: "proof/bad-key",
    link: ({ book, bob }) => {
      const device = book.mint.device();
      const bad = withKeys(device, { ...device.keys, kem: new Uint8Array(1216).fill(255) });
      return book.sign(bob, book.resetAct(bob, [bob.device, bad]));
    },
  },
  {
    rule: "D2 A reset restates own devices or brings new ones, each once.",
    code: "proof/duplicate",
    link: ({ book, carol, revoked }) => book.sign(carol, book.resetAct(carol, [revoked])),
  },
  {
    rule: "D2 A reset restates own devices or brings new ones, each once.",
    code: "proof/duplicate",
    link: ({ book, carol, bob }) => book.sign(carol, book.resetAct(carol, [bob.device])),
  },
  {
    rule: "D2 A reset restates own devices or brings new ones, each once.",
    code: "proof/duplicate",
    link: ({ book, carol }) => book.sign(carol, book.resetAct(carol, [carol.device, carol.device])),
  },
  {
    rule: "D2 Every device that a reset brings shows that it holds its key.",
    code: "proof/bad-signature",
    link: ({ book, bob, laptop }) =>
      book.sign(bob, book.resetAct(bob, [bob.device, { ...laptop, sign: bob.device.sign }])),
  },
  {
    rule: "D2 Every device that a reset brings shows that it holds its key.",
    code: "proof/bad-signature",
    link: ({ book, bob }) => {
      const devices = [{ device: book.mint.device().keys, pop: null }];
      return book.sign(bob, {
        kind: "U",
        type: "user_reset",
        body: { devices, puk: book.nextPuk(bob), recovery: null },
      });
    },
  },
  {
    rule: "D3 New recovery keys are valid and the next generation.",
    code: "proof/bad-key",
    link: ({ book, bob }) =>
      book.sign(bob, { kind: "U", type: "recovery_set", body: { recovery: book.mint.recovery(2) } }),
  },
  {
    rule: "D3 New recovery keys are valid and the next generation.",
    code: "proof/bad-key",
    link: ({ book, bob }) => {
      const recovery = { ...book.mint.recovery(), auth: new Uint8Array(32) };
      return book.sign(bob, book.resetAct(bob, [bob.device], recovery));
    },
  },
  {
    rule: "C4 A new root key is valid.",
    code: "proof/bad-key",
    link: ({ book, bob }) =>
      book.sign(
        bob,
        { kind: "U", type: "root_renew", body: { rik: new Uint8Array(32) } },
        { extra: () => new Uint8Array(64) },
      ),
  },
  {
    rule: "D7 A new root key was never anybody’s.",
    code: "proof/duplicate",
    link: ({ book, bob, carol }) =>
      book.sign(
        bob,
        { kind: "U", type: "root_renew", body: { rik: carol.rik.publicKey } },
        { extra: (bytes) => sign("root", carol.rik, bytes) },
      ),
  },
  {
    rule: "D7 The new root key signs too.",
    code: "proof/bad-signature",
    link: ({ book, bob }) =>
      book.sign(
        bob,
        { kind: "U", type: "root_renew", body: { rik: book.mint.signPair().publicKey } },
        { extra: (bytes) => sign("root", bob.rik, bytes) },
      ),
  },
  {
    rule: "D6 A circle needs at least two of its helpers, or there is none.",
    code: "proof/bad-policy",
    link: ({ book, bob, carol, dave }) => {
      const helpers = [carol, dave].map(({ user }) => ({ user, hash: book.mint.bytes() }));
      return book.sign(bob, { kind: "U", type: "circle_set", body: { threshold: 1, helpers } });
    },
  },
  {
    rule: "D6 A circle needs at least two of its helpers, or there is none.",
    code: "proof/bad-policy",
    link: ({ book, bob, carol, dave }) => {
      const helpers = [carol, dave].map(({ user }) => ({ user, hash: book.mint.bytes() }));
      return book.sign(bob, { kind: "U", type: "circle_set", body: { threshold: 3, helpers } });
    },
  },
  ...(["self", "gone", "twice"] as const).map(
    (kind): Case => ({
      rule: "D6 Helpers are other members, each once.",
      code: "proof/unknown-target",
      link: ({ book, bob, carol, gone }) => {
        const other = { self: bob, gone, twice: carol }[kind];
        const helpers = [carol, other].map(({ user }) => ({ user, hash: book.mint.bytes() }));
        return book.sign(bob, { kind: "U", type: "circle_set", body: { threshold: 2, helpers } });
      },
    }),
  ),
];
