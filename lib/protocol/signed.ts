// The exact bytes under signatures that stand outside links and events: login and key request (PROTOCOL C2).
import { enc } from "@/lib/base/encoding.ts";
import type { DeviceId, Id, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes } from "@/lib/base/ids.ts";

/** What a login states (A1). `ws` is null for a setup; `challenge` 32 bytes, `nonce` 16, `expires` ms since 1970. */
export type LoginClaim = {
  readonly as: "device" | "invite" | "recovery";
  readonly origin: string;
  readonly ws: WorkspaceId | null;
  readonly id: Id<"login">;
  readonly challenge: Uint8Array;
  readonly nonce: Uint8Array;
  readonly expires: number;
};

/** Bytes under a login signature, context `auth` (A1). */
export function loginBytes(claim: LoginClaim): Uint8Array {
  const ws = claim.ws === null ? new Uint8Array() : idBytes(claim.ws);
  return enc(claim.as, claim.origin, ws, idBytes(claim.id), claim.challenge, claim.nonce, claim.expires);
}

/** A plea for an epoch key (E7). `at` is the asker's clock, ms since 1970. */
export type KeyPlea = {
  readonly ws: WorkspaceId;
  readonly scope: ScopeId;
  readonly epoch: number;
  readonly user: UserId;
  readonly device: DeviceId;
  readonly at: number;
};

/** Bytes under a key request's signature, context `request` (E7). */
export function requestBytes(plea: KeyPlea): Uint8Array {
  return enc(idBytes(plea.ws), idBytes(plea.scope), plea.epoch, idBytes(plea.user), idBytes(plea.device), plea.at);
}
