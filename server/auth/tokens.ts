// Bearer tokens: known by their hash alone, in memory alone, bound to one login (PROTOCOL A1).
import { createHash } from "node:crypto";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { DeviceId, InviteId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Random } from "@/server/random.ts";

type Common = { readonly ws: WorkspaceId; readonly expires: number };
export type DeviceSession = Common & { readonly as: "device"; readonly user: UserId; readonly device: DeviceId };
export type InviteSession = Common & { readonly as: "invite"; readonly invite: InviteId };
/** `gen`: the generation of the recovery code; a newer code ends the session. */
export type RecoverySession = Common & { readonly as: "recovery"; readonly user: UserId; readonly gen: number };
export type Session = DeviceSession | InviteSession | RecoverySession;

/** Whose tokens these are: one device, invite or recovery key. */
export function loginOf(session: Session): string {
  const who = session.as === "device" ? session.device : session.as === "invite" ? session.invite : session.user;
  return `${session.ws} ${session.as} ${who}`;
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64");

export class Tokens {
  private readonly now: () => number;
  private readonly perLogin: number;
  private readonly random: Random;
  private readonly sessions = new Map<string, Session>();
  private readonly byLogin = new Map<string, string[]>();

  constructor(now: () => number, perLogin: number, random: Random) {
    this.now = now;
    this.perLogin = perLogin;
    this.random = random;
  }

  mint(session: Session): string {
    const token = toBase64url(this.random(32));
    const hash = hashOf(token);
    const login = loginOf(session);
    const mine = [...(this.byLogin.get(login) ?? []), hash].filter((one) => one === hash || this.sessions.has(one));
    while (mine.length > this.perLogin) this.sessions.delete(mine.shift() ?? "");
    this.byLogin.set(login, mine);
    this.sessions.set(hash, session);
    return token;
  }

  /** The session of a token that has not expired. Whether its owner still counts is asked of the ledger. */
  find(token: string): Session | undefined {
    const session = this.sessions.get(hashOf(token));
    return session !== undefined && session.expires > this.now() ? session : undefined;
  }

  sweep(): void {
    const now = this.now();
    for (const [hash, session] of this.sessions) if (session.expires <= now) this.sessions.delete(hash);
    for (const [login, hashes] of this.byLogin)
      if (!hashes.some((hash) => this.sessions.has(hash))) this.byLogin.delete(login);
  }
}
