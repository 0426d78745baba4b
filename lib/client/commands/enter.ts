// Coming in: a workspace is founded, an invite is read, a person joins (PROTOCOL L6, I1, I2, I5, D3).
import { equal } from "@/lib/base/bytes.ts";
import { asFault, Fault } from "@/lib/base/errors.ts";
import {
  type DeviceId,
  ID_BYTES,
  mintId,
  stateChannel,
  type UserId,
  type WorkspaceId,
  workspaceScope,
} from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { InvitePreview } from "@/lib/client/api/access/invites.ts";
import { Keyring } from "@/lib/client/keys/keyring.ts";
import { Book } from "@/lib/client/ledger/book.ts";
import { Draft } from "@/lib/client/ledger/draft.ts";
import type { Ports } from "@/lib/client/ports.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { Session } from "@/lib/client/wire/session.ts";
import { openEpochSeal } from "@/lib/crypto/epoch.ts";
import { type Identity, mintIdentity, sealPuk, signCard } from "@/lib/crypto/identity.ts";
import { type OpenedInvite, openInvite } from "@/lib/crypto/invite.ts";
import type { EpochKey, RecoveryCode } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { boxRoot, mintRecoveryCode, recoveryKeys, recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { signJoin, signLink, signRootLink } from "@/lib/crypto/sign.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { currentEpoch, openInvites, recipients, roleAt } from "@/lib/proof/queries.ts";
import type { InviteState, LedgerState } from "@/lib/proof/state.ts";
import { at } from "@/lib/proof/state.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { parseInviteFragment, parseReturnFragment, parseSetupFragment } from "@/lib/protocol/invite.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { Link } from "@/lib/protocol/link.ts";

/** Signs with the RIK name no device (L7). */
const NO_DEVICE = mintId<"device">(new Uint8Array(ID_BYTES)) as DeviceId;
const POLICY = { invites: "admins", channels: "members", minVersion: 1, minSuite: 1 } as const;

/** Makes an Account over a fresh keyring; the engine adds it to its list. */
export type Adopt = (keyring: Keyring, vault: Vault) => Account;
export type Entrance = {
  readonly ports: Ports;
  readonly vault: Vault;
  readonly adopt: Adopt;
  readonly has: (ws: WorkspaceId) => boolean;
};

/** Seals of a card’s PUK and the box of the root key, as they lie beside the link that brings it. */
export function sealIdentity(
  draft: Pick<Draft, "seals" | "boxes">,
  ws: WorkspaceId,
  me: Identity,
  code: RecoveryCode,
  codeGen = 1,
): void {
  const recovery = recoveryKeys(code, ws, codeGen);
  const name = { ws, user: me.user, gen: me.puk.public.gen };
  draft.seals.push(sealPuk(name, me.puk.seed, { to: "device", id: me.device.id, gen: 0, pk: me.device.public.kem }));
  draft.seals.push(
    sealPuk(name, me.puk.seed, {
      to: "recovery",
      id: recoveryLoginId(recovery.public.auth),
      gen: codeGen,
      pk: recovery.public.kem,
    }),
  );
  draft.boxes.push(boxRoot({ ws, user: me.user, gen: codeGen }, recovery, me.rik.seed));
}

export async function makeKeyring(
  vault: Vault,
  ws: WorkspaceId,
  me: Identity,
  code: RecoveryCode,
  founder: boolean,
): Promise<Keyring> {
  return await Keyring.create(vault, {
    ws,
    user: me.user,
    device: me.device,
    puks: new Map([[me.puk.public.gen, me.puk.seed]]),
    rik: me.rik.seed,
    code,
    tags: [],
    founder,
  });
}

/** Founds a workspace with #general. The batch is whole or absent; a lost answer is cleared up by signing in. */
export async function createWorkspace(
  entrance: Entrance,
  input: { fragment: string; workspace: string; name: string },
): Promise<Account> {
  const { ports, vault } = entrance;
  const token = parseSetupFragment(input.fragment);
  const me = mintIdentity();
  const code = mintRecoveryCode();
  const now = ports.clock.now();
  const sign = (link: Link) => signLink(link, me.device.secrets.sign);
  const draft = new Draft(
    emptyLedger,
    { kind: "user", user: me.user },
    { user: me.user, device: me.device.id, sign },
    now,
  );
  const card = signCard({
    ws: null,
    user: me.user,
    rik: me.rik.seed,
    device: me.device.secrets,
    puk: me.puk.public,
    recovery: null,
    ts: now,
  });
  draft.add({ kind: "W", type: "ws_create", body: { card, policy: POLICY, salt: randomBytes(16) } });
  const ws = draft.state.ws;
  const rootActor = { user: me.user, device: NO_DEVICE, sign: (link: Link) => signRootLink(link, me.rik.seed) };
  draft.add(
    { kind: "U", type: "recovery_set", body: { recovery: recoveryKeys(code, ws, 1).public } },
    me.user,
    rootActor,
  );
  const general = mintId<"channel">(randomBytes(ID_BYTES));
  draft.add({ kind: "W", type: "channel_create", body: { channel: general } });
  sealIdentity(draft, ws, me, code);
  const part = vault.part(ws);
  const account = entrance.adopt(await makeKeyring(part, ws, me, code, true), part);
  await account.rooms.rotateInto(draft, workspaceScope(ws));
  try {
    await ports.transport.call("setup.create", { token: toJson(token), batch: draft.toJson() }, null);
  } catch (thrown) {
    await confirmFounded(account, asFault(thrown));
  }
  await account.load();
  await account.book.sync();
  const channel = stateChannel(account.workspaceScope);
  await account.outbox.add(channel, {
    k: "workspace",
    rev: 1,
    name: input.workspace.slice(0, LIMITS.nameChars),
    icon: null,
  });
  await account.outbox.add(channel, {
    k: "profile",
    rev: 1,
    name: input.name.slice(0, LIMITS.profileChars),
    title: "",
    avatar: null,
  });
  await account.outbox.add(channel, { k: "channel", channel: general, rev: 1, name: "general", topic: "" });
  return account;
}

/** The answer to setup.create was lost: whoever can sign in has founded it. */
async function confirmFounded(account: Account, fault: Fault): Promise<void> {
  if (fault.entry.blame === "network") {
    try {
      await account.session.token();
      return;
    } catch {
      throw fault;
    }
  }
  throw fault;
}

type Visit = {
  readonly opened: OpenedInvite;
  readonly session: Session;
  readonly state: LedgerState;
  readonly invite: InviteState;
};

/** Reads an invite link: opens its box, reads the ledger as its holder, and checks that both say the same (I1, I3). */
export async function visit(
  ports: Ports,
  vault: Vault | null,
  fragment: string,
  user: UserId,
): Promise<Visit & { book: Book }> {
  const link = parseInviteFragment(fragment);
  const answer = await ports.transport.call("invites.open", { invite: link.invite }, null);
  const opened = openInvite(link, answer.box);
  // The box is there and the secret does not open it: that is no incomplete link.
  if (typeof opened === "string")
    throw new Fault(opened === "crypto/cannot-open" ? "wire/wrong-invite-secret" : opened);
  const { box } = opened;
  const session = new Session(ports.transport, ports.clock, {
    as: "invite",
    ws: box.ws,
    id: link.invite,
    seed: opened.invite.keys.sign,
  });
  const nobody = { user, device: NO_DEVICE, sign: () => refuseToSign() };
  const book = new Book({
    vault,
    session,
    clock: ports.clock,
    ws: box.ws,
    user,
    actor: nobody,
    changed: () => undefined,
  });
  await book.load();
  await book.sync();
  if (book.stop !== null) throw new Fault(book.stop);
  return { opened, session, book, state: book.state, invite: checkInvite(book.state, opened, ports.clock.now()) };
}

function refuseToSign(): never {
  throw new Fault("bug/unexpected", { detail: "a visitor signs nothing" });
}

function checkInvite(state: LedgerState, opened: OpenedInvite, now: number): InviteState {
  const { box } = opened;
  const invite = state.invites.get(opened.invite.id);
  const inviter = state.users.get(box.inviterId);
  if (state.ws !== box.ws || inviter === undefined) throw new Fault("proof/invite-swapped");
  // The root key that the inviter had when he made the invite: he may have renewed it since (D7).
  const rik = at(inviter.rik, invite?.createdAt ?? state.n);
  if (!equal(rik ?? new Uint8Array(), box.inviterRik)) throw new Fault("proof/invite-swapped");
  const seen = state.heads[box.n - 1];
  if (seen === undefined) throw new Fault("proof/rollback");
  if (!equal(seen, box.head)) throw new Fault("proof/fork");
  if (invite === undefined || invite.by !== box.inviterId) throw new Fault("proof/bad-invite");
  if (invite.usedBy.length >= invite.maxUses) throw new Fault("proof/invite-used");
  if (!openInvites(state).some((one) => one.id === invite.id)) throw new Fault("proof/invite-closed");
  if (invite.expires < now) throw new Fault("proof/invite-expired");
  return invite;
}

/** What a link leads to, checked; nothing is kept of it. */
export async function inspectInvite(entrance: Entrance, fragment: string): Promise<InvitePreview> {
  const passing = mintId<"user">(randomBytes(ID_BYTES));
  const back = parseReturnFragment(fragment);
  const { opened, invite } = await visit(entrance.ports, null, back?.fragment ?? fragment, passing);
  return {
    workspace: plainLabel(opened.box.workspace),
    inviter: plainLabel(opened.box.inviter),
    role: invite.role,
    singleUse: invite.maxUses === 1,
    expires: invite.expires,
    mode: invite.mode,
    returning: back !== null,
  };
}

/** The workspace's current key, by the invite's own seal. */
async function keyByInvite(visited: Visit, state: LedgerState): Promise<{ epoch: number; key: EpochKey } | undefined> {
  const scope = workspaceScope(state.ws);
  const epoch = currentEpoch(state, scope);
  if (epoch === null) return undefined;
  const { seals } = await visited.session.call("keys.read", { scope, from: epoch.epoch, to: epoch.epoch });
  const { invite } = visited.opened;
  for (const row of seals) {
    if (row.to !== "invite" || row.epoch !== epoch.epoch) continue;
    const key = openEpochSeal({ ws: state.ws, scope, epoch: epoch.epoch, kc: epoch.kc }, row, {
      to: "invite",
      id: invite.id,
      gen: 0,
      seed: invite.keys.kem,
    });
    if (typeof key !== "string") return { epoch: epoch.epoch, key };
  }
  return undefined;
}

/** Joins by an instant invite: the link, one's own seal, and a rotation where this use closed the invite (I5). */
export async function joinWorkspace(entrance: Entrance, input: { fragment: string; name: string }): Promise<Account> {
  const { ports } = entrance;
  const me = mintIdentity();
  const code = mintRecoveryCode();
  const ws = await peekWorkspace(ports, input.fragment);
  const part = entrance.vault.part(ws);
  if (entrance.has(ws)) throw new Fault("proof/duplicate", { detail: "already a member" });
  const earlier = await resumeJoin(entrance, part);
  if (earlier !== undefined) return earlier;
  const visited = await visit(ports, part, input.fragment, me.user);
  if (visited.invite.mode !== "instant") throw new Fault("proof/bad-invite", { detail: "approval" });
  const account = entrance.adopt(await makeKeyring(part, ws, me, code, false), part);
  const recovery = recoveryKeys(code, ws, 1).public;
  const sign = (link: Link) =>
    link.type === "member_join"
      ? signJoin(link, me.device.secrets.sign, visited.opened.invite.keys.sign)
      : signLink(link, me.device.secrets.sign);
  await visited.book.append(
    async (draft) => {
      if (roleAt(draft.state, me.user) !== null) return;
      checkInvite(draft.state, visited.opened, ports.clock.now());
      const key = await keyByInvite(visited, draft.state);
      const card = signCard({
        ws,
        user: me.user,
        rik: me.rik.seed,
        device: me.device.secrets,
        puk: me.puk.public,
        recovery,
        ts: ports.clock.now(),
      });
      draft.add({ kind: "W", type: "member_join", body: { card, invite: visited.invite.id } });
      sealIdentity(draft, ws, me, code);
      await sealToNewcomer(account, draft, key, me);
    },
    { user: me.user, device: me.device.id, sign },
  );
  await account.load();
  await account.outbox.add(stateChannel(account.workspaceScope), {
    k: "profile",
    rev: 1,
    name: input.name.slice(0, LIMITS.profileChars),
    title: "",
    avatar: null,
  });
  return account;
}

/** An earlier try whose answer was lost: whoever can sign in as its device has joined. */
async function resumeJoin(entrance: Entrance, part: Vault): Promise<Account | undefined> {
  if ((await part.get("account", "keys")) === undefined) return undefined;
  const account = entrance.adopt(await Keyring.load(part), part);
  try {
    await account.session.token();
  } catch (thrown) {
    if (asFault(thrown).entry.blame === "network") throw thrown;
    return undefined;
  }
  await account.load();
  await account.book.sync();
  return account;
}

async function peekWorkspace(ports: Ports, fragment: string): Promise<WorkspaceId> {
  const link = parseInviteFragment(fragment);
  const answer = await ports.transport.call("invites.open", { invite: link.invite }, null);
  const opened = openInvite(link, answer.box);
  // The box is there and the secret does not open it: that is no incomplete link.
  if (typeof opened === "string")
    throw new Fault(opened === "crypto/cannot-open" ? "wire/wrong-invite-secret" : opened);
  return opened.box.ws;
}

async function sealToNewcomer(
  account: Account,
  draft: Draft,
  key: { epoch: number; key: EpochKey } | undefined,
  me: Identity,
): Promise<void> {
  const scope = workspaceScope(draft.state.ws);
  if (key !== undefined) {
    await account.rooms.adopt(scope, key.epoch, key.key);
    const mine = recipients(draft.state, scope).filter((one) => one.id === me.user);
    draft.seals.push(...account.rooms.sealAll({ ws: draft.state.ws, scope, epoch: key.epoch }, key.key, mine));
  }
  const closed = (draft.state.scopes.get(scope)?.revoking.at(-1) ?? 0) > (currentEpoch(draft.state, scope)?.n ?? 0);
  if (closed || key === undefined) await account.rooms.rotateInto(draft, scope, key?.key);
}
