// Epochs, cards and joins made by hand, and the question that counts: can these secrets open anything that was sent?
import type { ScopeId, UserId } from "@/lib/base/ids.ts";
import { commitEpoch, mintEpochKey, openEpochSeal } from "@/lib/crypto/epoch.ts";
import { type CardFields, type Identity, mintIdentity, signCard } from "@/lib/crypto/identity.ts";
import { inviteOf } from "@/lib/crypto/invite.ts";
import { type EpochKey, type KemSeed, secretFrom } from "@/lib/crypto/keys.ts";
import { sign } from "@/lib/crypto/sign.ts";
import { type Recipient, rcptHash } from "@/lib/proof/hash.ts";
import { currentEpoch, nextHist, recipients } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import type { SignedCard } from "@/lib/protocol/device.ts";
import { parseInviteFragment } from "@/lib/protocol/invite.ts";
import type { EpochBody, LinkAct } from "@/lib/protocol/link.ts";
import type { SealRow } from "@/lib/protocol/room.ts";
import type { BatchJson } from "@/lib/protocol/sync.ts";
import type { Actor } from "@/tests/world.ts";
import type { Twist } from "./crafter.ts";
import type { Liar } from "./liar.ts";

/** The epoch link that an honest rotator would add now, with its key; `change` and `more` make it wrong. */
export function epochAct(
  actor: Actor,
  scope: ScopeId,
  change: Partial<EpochBody> = {},
  more: readonly Recipient[] = [],
): { act: LinkAct; key: EpochKey; epoch: number } {
  const { state } = actor.account;
  const found = state.scopes.get(scope);
  if (found === undefined) throw new TypeError("no scope");
  const epoch = change.epoch ?? (currentEpoch(state, scope)?.epoch ?? 0) + 1;
  const key = mintEpochKey();
  const body: EpochBody = {
    scope,
    epoch,
    suite: 1,
    kc: commitEpoch({ ws: state.ws, scope, epoch }, key),
    rcpt: rcptHash(scope, epoch, [...recipients(state, scope), ...more]),
    hist: nextHist(found),
    ...change,
  };
  return { act: { kind: found.kind === "workspace" ? "W" : "C", type: "epoch", body }, key, epoch };
}

/** Every seal of an epoch key that an engine sent. */
export function sealsOf(liar: Liar): SealRow[] {
  return liar.sent.flatMap(({ procedure, input }) => {
    const batch = (procedure === "keys.write" ? input : (input as { batch?: BatchJson }).batch) as
      | BatchJson
      | undefined;
    return (batch?.seals ?? []).filter((row) => row.purpose === "epoch");
  });
}

export type Opener = {
  readonly to: "user" | "invite";
  readonly id: UserId | SealRow["recipient"];
  readonly seed: KemSeed;
};

/** The seals of a scope from an epoch on that these secrets open, tried as every recipient and generation. */
export function opened(actor: Actor, seals: readonly SealRow[], scope: ScopeId, from: number, who: Opener): SealRow[] {
  const { state } = actor.account;
  return seals.filter((row) => {
    const kc = state.scopes.get(scope)?.epochs[row.epoch - 1]?.kc;
    if (row.scope !== scope || row.epoch < from || kc === undefined) return false;
    const name = { ws: state.ws, scope, epoch: row.epoch, kc };
    const ids = [who.id, row.recipient] as const;
    return ids.some((id) => {
      const mine = { to: who.to, id: id as UserId, gen: row.gen, seed: who.seed };
      return typeof openEpochSeal(name, row, mine) !== "string";
    });
  });
}

/** A card of a fresh identity, with whatever a test puts on it. */
export function cardFor(
  actor: Actor,
  change: Partial<CardFields> = {},
  me: Identity = mintIdentity(),
): { me: Identity; card: SignedCard } {
  const fields: CardFields = {
    ws: actor.ws,
    user: me.user,
    rik: me.rik.seed,
    device: me.device.secrets,
    puk: me.puk.public,
    recovery: null,
    ts: Date.now(),
    ...change,
  };
  return { me, card: signCard(fields) };
}

/** The keys behind an invite link of `inviter`. */
export function inviteBehind(inviter: Actor, link: string) {
  const { secret } = parseInviteFragment(`#${link.split("#")[1]}`);
  const rik = latest(inviter.account.state.users.get(inviter.account.me)?.rik ?? []) ?? new Uint8Array();
  return inviteOf(secretFrom("invite", secret), inviter.ws, rik, "instant");
}

/** A member_join by the holder of a link. */
export function joinAct(card: SignedCard, invite: ReturnType<typeof inviteBehind>): { act: LinkAct; twist: Twist } {
  return {
    act: { kind: "W", type: "member_join", body: { card, invite: invite.id } },
    twist: { extra: (bytes) => sign("invite", invite.keys.sign, bytes) },
  };
}
