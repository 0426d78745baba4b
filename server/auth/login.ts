// Login: a signed challenge for a token, along one path for known and unknown ids alike (PROTOCOL A1).
import { generateKeyPairSync } from "node:crypto";
import type { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import type { DeviceId, Id, InviteId, UserId } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { deviceOf, isOpenAt } from "@/lib/proof/queries.ts";
import type { InviteState, LedgerState } from "@/lib/proof/state.ts";
import { verifySignature } from "@/lib/proof/verify.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { loginBytes } from "@/lib/protocol/signed.ts";
import type { LoginAnswer, loginInput } from "@/lib/protocol/sync.ts";
import type { Workspace } from "@/server/ledger/workspace.ts";
import type { Workspaces } from "@/server/ledger/workspaces.ts";
import { judgeSession } from "@/server/may.ts";
import type { Challenges } from "./challenges.ts";
import type { Session, Tokens } from "./tokens.ts";

type LoginInput = z.output<typeof loginInput>;
type Claimed = { readonly key: Uint8Array; readonly sessionOf: (expires: number) => Session };

export type LoginParts = {
  readonly workspaces: Workspaces;
  readonly challenges: Challenges;
  readonly tokens: Tokens;
  readonly origins: () => readonly string[];
  readonly now: () => number;
  readonly tokenMinutes: number;
};

/** A valid key that nobody holds, verified against when there is none: as much work, the same answer. */
const NOBODY = new Uint8Array(
  generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).subarray(-32),
);

/** Whom a signed challenge proves, whether or not he may come in. Throws may/wrong-origin or may/bad-challenge. */
export function proveLogin(
  parts: Pick<LoginParts, "workspaces" | "challenges" | "origins">,
  input: LoginInput,
): { workspace: Workspace; sessionOf: Claimed["sessionOf"] } {
  if (!parts.origins().includes(input.origin)) throw new Fault("may/wrong-origin");
  const challenge = fromJson(input.challenge);
  const fresh = parts.challenges.use(challenge, input.ws, input.expires);
  const workspace = workspaceOf(parts.workspaces, input);
  const claimed = workspace === undefined ? undefined : claimOf(workspace.state, input);
  const nonce = fromJson(input.nonce);
  const bytes = loginBytes({ ...input, challenge, nonce });
  const signed = verifySignature("auth", claimed?.key ?? NOBODY, bytes, fromJson(input.sig));
  if (!fresh || !signed || workspace === undefined || claimed === undefined) throw new Fault("may/bad-challenge");
  return { workspace, sessionOf: claimed.sessionOf };
}

/** Trades a signed challenge for a token. Throws may/wrong-origin, or may/bad-challenge for every other reason alike. */
export function login(parts: LoginParts, input: LoginInput): LoginAnswer {
  const { workspace, sessionOf } = proveLogin(parts, input);
  const expires = parts.now() + parts.tokenMinutes * 60_000;
  const session = sessionOf(expires);
  explainInvite(workspace.state, session, parts.now());
  if (judgeSession(workspace.state, session, parts.now()) !== null) throw new Fault("may/bad-challenge");
  return { token: parts.tokens.mint(session), expires, ws: workspace.ws };
}

/** An invite's holder may name no workspace: he learns it from the invite's box. */
function workspaceOf(workspaces: Workspaces, input: LoginInput): Workspace | undefined {
  const named = workspaces.find(input.ws);
  const invited = workspaces.ofInvite(input.id as string as InviteId);
  return input.as === "invite" && input.ws === null ? invited : named;
}

/** The key that must have signed, and what a token would stand for. Looks in all three places, whatever was claimed. */
function claimOf(state: LedgerState, input: LoginInput): Claimed | undefined {
  const ws = state.ws;
  const device = deviceOf(state, input.id as string as DeviceId);
  const invite = state.invites.get(input.id as string as InviteId);
  const person = recoveryOwner(state, input.id);
  if (input.as === "device")
    return device === undefined
      ? undefined
      : {
          key: device.keys.sign,
          sessionOf: (expires) => ({ as: "device", ws, expires, user: device.user, device: device.id }),
        };
  if (input.as === "invite")
    return invite === undefined
      ? undefined
      : { key: invite.sign, sessionOf: (expires) => ({ as: "invite", ws, expires, invite: invite.id }) };
  return person === undefined
    ? undefined
    : {
        key: person.auth,
        sessionOf: (expires) => ({ as: "recovery", ws, expires, user: person.user, gen: person.gen }),
      };
}

/** Recovery keys log in under the first 16 bytes of their public login key. */
function recoveryOwner(
  state: LedgerState,
  id: Id<"login">,
): { user: UserId; auth: Uint8Array; gen: number } | undefined {
  let found: { user: UserId; auth: Uint8Array; gen: number } | undefined;
  for (const person of state.users.values()) {
    const recovery = person.recovery;
    if (recovery !== null && mintId<"login">(recovery.auth.subarray(0, 16)) === id)
      found = { user: person.id, auth: recovery.auth, gen: recovery.gen };
  }
  return found;
}

/** Who holds an invite's secret may know why it no longer serves. */
function explainInvite(state: LedgerState, session: Session, now: number): void {
  const invite = session.as === "invite" ? state.invites.get(session.invite) : undefined;
  if (invite === undefined) return;
  const why = inviteFault(state, invite, now);
  if (why !== null) throw new Fault(why);
}

export function inviteFault(
  state: LedgerState,
  invite: InviteState,
  now: number,
): "proof/invite-used" | "proof/invite-closed" | "proof/invite-expired" | null {
  if (invite.usedBy.length >= invite.maxUses) return "proof/invite-used";
  if (!isOpenAt(invite, state.n)) return "proof/invite-closed";
  return invite.expires <= now ? "proof/invite-expired" : null;
}
