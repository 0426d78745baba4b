// What a valid link of each type changes, in one table (PROTOCOL L7).
import type { ScopeId } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import type { Draft } from "@/lib/proof/draft.ts";
import { changeScope, extend } from "@/lib/proof/draft.ts";
import { linkHash } from "@/lib/proof/hash.ts";
import type { Step } from "@/lib/proof/rules/rule.ts";
import type { Card } from "@/lib/protocol/device.ts";
import type { Link } from "@/lib/protocol/link.ts";
import { admitBy, foundWorkspace } from "./arrivals.ts";
import { addDevice, announceRoot, resetUser, revokeDevice, setCircle, setRecovery } from "./devices.ts";
import { closeInvite, openInvite } from "./invites.ts";
import { rekeyToCard, removeMember, renewRoot, restoreMember, setRole } from "./people.ts";
import { addEpoch, changeChannel, createChannel, createScope, nameMember, readmit } from "./rooms.ts";

type KindOf<K extends Link["kind"]> = Extract<Link, { readonly kind: K }>;

/** Writes a link that every rule allows into the draft, whose `n` is the link's. */
export function applyLink(draft: Draft, { link, card, signed }: Step): void {
  if (link.kind === "U") applyPersonal(draft, link);
  else if (link.kind === "C") applyScope(draft, link);
  else if (card !== null) applyCard(draft, link, card, signed);
  else applyWorkspace(draft, link);
}

function applyCard(draft: Draft, link: KindOf<"W">, card: Card, signed: Step["signed"]): void {
  const { type, body } = link;
  if (type === "ws_create") foundWorkspace(draft, mintId<"workspace">(linkHash(signed)), card, body.policy);
  else if (type === "member_add") admitBy(draft, body.invite, card, link.user);
  else if (type === "member_join") admitBy(draft, body.invite, card, null);
  else if (type === "rekey") rekeyToCard(draft, card);
}

function applyWorkspace(draft: Draft, link: KindOf<"W">): void {
  const { n } = draft;
  const { type, body } = link;
  if (type === "member_remove") removeMember(draft, body.user);
  else if (type === "member_restore") restoreMember(draft, body.user);
  else if (type === "rekey" && body.root !== null) renewRoot(draft, body.user, body.root);
  else if (type === "role_set") setRole(draft, body.user, body.role);
  else if (type === "policy_set") draft.policy.push({ n, value: body });
  else if (type === "release") draft.releases.push({ ...body, n });
  else if (type === "invite_create") openInvite(draft, link.user, body);
  else if (type === "invite_close") {
    const invite = draft.invites.get(body.invite);
    if (invite !== undefined) closeInvite(draft, invite);
  } else if (type === "channel_create") createChannel(draft, body.channel, link.user);
  else if (type === "channel_archive") changeChannel(draft, body.channel, () => ({ archivedAt: n }));
  else if (type === "channel_policy")
    changeChannel(draft, body.channel, ({ post }) => ({
      post: extend(post, n, body.post),
      retentionDays: body.retentionDays,
    }));
  else if (type === "epoch") applyEpoch(draft, link);
}

function applyPersonal(draft: Draft, link: KindOf<"U">): void {
  const { type, body, user } = link;
  if (type === "device_add") addDevice(draft, user, body.device, link.device);
  else if (type === "device_revoke") revokeDevice(draft, user, body.device, body.puk);
  else if (type === "root_renew") announceRoot(draft, user, link.device, body.rik);
  else if (type === "circle_set") setCircle(draft, user, body);
  else if (type === "user_reset") resetUser(draft, user, body);
  else if (type === "recovery_set") setRecovery(draft, user, body.recovery);
}

function applyScope(draft: Draft, link: KindOf<"C">): void {
  const { n } = draft;
  const { type, body } = link;
  const id = link.chain as string as ScopeId;
  if (type === "scope_create") createScope(draft, id, link.user, body);
  else if (type === "scope_add") nameMember(draft, id, body.user, "member");
  else if (type === "scope_remove") nameMember(draft, id, body.user, null);
  else if (type === "scope_role") nameMember(draft, id, body.user, body.role);
  else if (type === "scope_archive") changeScope(draft, id, () => ({ archivedAt: n }));
  else if (type === "scope_policy") changeScope(draft, id, ({ policy }) => ({ policy: extend(policy, n, body) }));
  else if (type === "scope_readmit") readmit(draft, id, body.user);
  else if (type === "epoch") applyEpoch(draft, link);
}

function applyEpoch(draft: Draft, link: Extract<Link, { readonly type: "epoch" }>): void {
  addEpoch(draft, { ...link.body, n: draft.n, by: link.user, device: link.device, ts: link.ts });
}
