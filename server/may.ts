// Who may do what: the one table of every procedure, route and frame, and the fold's answers behind it (PROTOCOL S1).
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, ScopeId, UserId } from "@/lib/base/ids.ts";
import { workspaceScope } from "@/lib/base/ids.ts";
import {
  currentEpoch,
  currentPuk,
  deviceActiveAt,
  deviceOf,
  isAdminRole,
  isOpenAt,
  isScopeMember,
  isSelfScope,
  mayReadChannel,
  mayWriteChannel,
  needsRotation,
  roleAt,
  scopeOfChannel,
} from "@/lib/proof/queries.ts";
import type { LedgerState, Viewer } from "@/lib/proof/state.ts";
import type { Session } from "@/server/auth/tokens.ts";

/** anyone: no token asked. The others: which logins a procedure takes. */
export type Who = "anyone" | Session["as"];
/** Further right that the handler asks the fold for. */
export type Needs =
  | "nothing"
  | "setup-token"
  | "read-channel"
  | "write-channel"
  | "scope-member"
  | "own-blob"
  | "ledger-rules"
  | "key-giver"
  | "approval-invite"
  | "circle-helper"
  | "admin";
export type Audience = { readonly who: readonly Who[]; readonly needs: Needs; readonly bodyBytes: number };

const KB = 1024;
const SMALL = 16 * KB;
const LARGE = 8 * KB * KB;
const device = (needs: Needs, bodyBytes: number = SMALL): Audience => ({ who: ["device"], needs, bodyBytes });
const anyone = (needs: Needs, bodyBytes: number = SMALL): Audience => ({ who: ["anyone"], needs, bodyBytes });

/** A procedure, route or frame without a row here does not exist: the builders below ask for one by name. */
export const AUDIENCE = {
  "auth.challenge": anyone("nothing"),
  "auth.login": anyone("nothing"),
  "auth.ending": anyone("nothing"),
  "auth.workspaces": anyone("nothing"),
  "setup.info": anyone("nothing"),
  "setup.create": anyone("setup-token", LARGE),
  "invites.open": anyone("nothing"),
  "invites.request": { who: ["invite"], needs: "approval-invite", bodyBytes: 256 * KB },
  "invites.waiting": { who: ["invite"], needs: "approval-invite", bodyBytes: SMALL },
  "invites.requests": device("admin"),
  "invites.decline": device("admin"),
  "ledger.head": { who: ["device", "invite", "recovery"], needs: "nothing", bodyBytes: SMALL },
  "ledger.read": { who: ["device", "invite", "recovery"], needs: "nothing", bodyBytes: SMALL },
  "ledger.chain": device("scope-member"),
  "ledger.stored": device("scope-member"),
  "ledger.append": { who: ["device", "invite", "recovery"], needs: "ledger-rules", bodyBytes: LARGE },
  "keys.read": { who: ["device", "invite", "recovery"], needs: "scope-member", bodyBytes: SMALL },
  "keys.puk": device("nothing"),
  "keys.recovery": { who: ["recovery"], needs: "nothing", bodyBytes: SMALL },
  "keys.write": device("key-giver", LARGE),
  "keys.request": device("scope-member"),
  "keys.requests": device("nothing"),
  "mailbox.put": anyone("nothing"),
  "mailbox.read": anyone("nothing"),
  "circle.put": device("nothing"),
  "circle.read": anyone("nothing"),
  "circle.keys": device("circle-helper"),
  "events.append": device("write-channel", LARGE),
  "events.read": device("read-channel"),
  "events.row": device("read-channel"),
  "events.rows": device("read-channel"),
  "events.purge": device("write-channel"),
  "sync.state": device("nothing"),
  "sync.pull": device("read-channel", 256 * KB),
  "restore.begin": device("nothing"),
  "restore.links": device("ledger-rules", LARGE),
  "restore.missing": device("read-channel", 256 * KB),
  "restore.rows": device("read-channel", LARGE),
  "restore.done": device("nothing"),
  "restore.confirm": device("admin"),
  "push.key": device("nothing"),
  "push.subscribe": device("nothing"),
  "push.unsubscribe": device("nothing"),
  "files.create": device("write-channel"),
  "files.finish": device("own-blob"),
  "files.drop": device("own-blob"),
  "files.share": device("own-blob"),
  "PUT /blob": device("own-blob", 0),
  "GET /blob": device("read-channel", 0),
  "GET /healthz": anyone("nothing", 0),
  "GET /": anyone("nothing", 0),
  "socket hello": device("nothing"),
  "socket ephemeral": device("write-channel"),
  "socket ping": device("nothing"),
} as const satisfies Record<string, Audience>;
export type Place = keyof typeof AUDIENCE;

export const audienceOf = (place: Place): Audience => AUDIENCE[place];

/** Null while the owner of a session still counts: asked at every call, and of every socket after each ledger change. */
export function judgeSession(state: LedgerState, session: Session, now: number): FaultCode | null {
  if (session.expires <= now) return "may/not-signed-in";
  if (session.as === "device") {
    const owner = deviceOf(state, session.device)?.user;
    return owner === session.user && deviceActiveAt(state, session.device) ? null : "may/not-signed-in";
  }
  if (session.as === "invite") {
    const invite = state.invites.get(session.invite);
    const open = invite !== undefined && isOpenAt(invite, state.n) && invite.expires > now;
    return open ? null : "may/not-signed-in";
  }
  const person = state.users.get(session.user);
  const current = roleAt(state, session.user) !== null && person?.recovery?.gen === session.gen;
  return current ? null : "may/not-signed-in";
}

/** Whose eyes a session reads the ledger with. */
export function viewerOf(session: Session): Viewer {
  return { kind: "user", user: session.as === "invite" ? null : session.user };
}

/** Reading: same answer for what does not exist and for what one may not see. */
export function judgeRead(state: LedgerState, user: UserId, channel: ChannelId): FaultCode | null {
  return mayReadChannel(state, user, channel) ? null : "may/not-found";
}

/** Writing: who may not even read learns no more than that. */
export function judgeWrite(state: LedgerState, user: UserId, channel: ChannelId): FaultCode | null {
  return judgeRead(state, user, channel) ?? mayWriteChannel(state, user, channel);
}

/** Null when this is the epoch under which the channel takes new events (M5, E4). */
export function judgeEpoch(state: LedgerState, user: UserId, channel: ChannelId, epoch: number): FaultCode | null {
  if (isSelfScope(state.ws, user, channel)) return currentPuk(state, user)?.gen === epoch ? null : "proof/stale-epoch";
  const scope = scopeOfChannel(state, channel);
  if (scope === null || needsRotation(state, scope)) return "proof/stale-epoch";
  return currentEpoch(state, scope)?.epoch === epoch ? null : "proof/stale-epoch";
}

/** Owners and admins alone read who waits, and decide (I4). */
export function judgeDecider(state: LedgerState, user: UserId): FaultCode | null {
  return isAdminRole(roleAt(state, user)) ? null : "may/forbidden";
}

/** Members of a scope alone learn anything of it. */
export function judgeScope(state: LedgerState, user: UserId, scope: ScopeId): FaultCode | null {
  const found = state.scopes.get(scope);
  return found !== undefined && isScopeMember(state, found, user) ? null : "may/not-found";
}

/** A helper whom a person's circle names reads his own part of it; all others learn not even whether there is one (D6). */
export function judgeHelper(state: LedgerState, helper: UserId, owner: UserId): FaultCode | null {
  const named = state.users.get(owner)?.circle?.helpers.some((one) => one.user === helper) ?? false;
  return named && roleAt(state, owner) !== null ? null : "may/not-found";
}

/** The workspace scope is all that an invite's holder may read keys of. */
export function judgeInviteScope(state: LedgerState, scope: ScopeId): FaultCode | null {
  return scope === workspaceScope(state.ws) ? null : "may/not-found";
}
